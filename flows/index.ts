import type { AnyStateMachine } from "xstate";
import type { Position } from "../src/domain/session.ts";
import { agreement } from "./agreement.ts";
import { agreements } from "./agreements.ts";
import { comeBack } from "./come-back.ts";
import { data } from "./data.ts";
import { home } from "./home.ts";
import { change, contact, intake } from "./intake.ts";
import { language } from "./language.ts";
import { menu } from "./menu.ts";
import { naturalisation } from "./naturalisation.ts";
import { orientation } from "./orientation.ts";
import { person } from "./person.ts";
import { referral } from "./referral.ts";
import { resume } from "./resume.ts";
import { urgent } from "./urgent.ts";

export interface Flow {
  machine: AnyStateMachine;
  /**
   * Carries a position of an older version over to this one: answers are kept, at worst the first question that is
   * new is asked. Needed as soon as the machine's version is above 1.
   */
  upgrade?: (position: Position) => Position;
}

export const flows: { [id: string]: Flow } = {
  home: { machine: home },
  language: { machine: language },
  menu: { machine: menu },
  orientation: { machine: orientation },
  agreement: { machine: agreement },
  intake: { machine: intake },
  contact: { machine: contact },
  change: { machine: change },
  person: { machine: person },
  urgent: { machine: urgent },
  data: { machine: data },
  agreements: { machine: agreements },
  referral: { machine: referral },
  resume: { machine: resume },
  comeBack: { machine: comeBack },
  naturalisation: { machine: naturalisation },
};
