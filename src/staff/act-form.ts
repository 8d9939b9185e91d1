import { z } from "zod";
import { berlinDay } from "../domain/berlin.ts";
import type { CaseAct } from "../domain/case-act.ts";
import { outcomes } from "../domain/outcome.ts";
import { stages } from "../domain/stage.ts";
import type { StaffPlace } from "./place.ts";

/** What a form of a case's page was sent with, and what is wrong with it. */
export interface Draft {
  /** Id of the form on the page. */
  form: string;
  fields: { [name: string]: string };
  fault?: { field: string; text: FaultKey };
}

const faultKeys = ["fault.choose", "fault.reason", "fault.long", "fault.day", "fault.other"] as const;
export type FaultKey = (typeof faultKeys)[number];

/** A form as it was sent; without an act, the draft says which field is wrong. */
export interface ReadForm {
  version: number;
  draft: Draft;
  act?: CaseAct;
}

/** Reads a form's fields as an act. */
export function readActForm(
  place: Pick<StaffPlace, "teams" | "offices">,
  body: { [name: string]: unknown },
  now: Date,
): ReadForm {
  const entries = Object.entries(body).flatMap(([name, value]) =>
    typeof value === "string" && name !== "csrf" ? [[name, value.replaceAll("\r\n", "\n").trim()] as const] : [],
  );
  const fields = Object.fromEntries(entries);
  const version = Number(fields.version) || 0;
  const draft: Draft = { form: formId(fields), fields };
  const shapes = formShapes(place, berlinDay(now.getTime()));
  const type = (Object.keys(shapes) as CaseAct["type"][]).find((name) => name === fields.act);
  if (!type) return { version, draft: { ...draft, fault: { field: "act", text: "fault.other" } } };
  const read = shapes[type].safeParse(fields);
  if (read.success) return { version, draft, act: { type, ...read.data } as CaseAct };
  const [issue] = read.error.issues;
  const text = faultKeys.find((key) => key === issue?.message) ?? "fault.other";
  return { version, draft: { ...draft, fault: { field: String(issue?.path[0] ?? ""), text } } };
}

/** The id of a form, by what it does and to what. */
export function formId({ act = "", rule = "", verdict = "" }: { [name: string]: string }): string {
  return ["act", act, rule, verdict].filter((part) => part !== "").join("-");
}

type Shapes = { [T in CaseAct["type"]]: z.ZodType<Omit<Extract<CaseAct, { type: T }>, "type">> };

const longest = 2000;
const words = z.string().max(longest, "fault.long").default("");
const reason = z.string("fault.reason").min(1, "fault.reason").max(longest, "fault.long");

/** The fields of each act's form. A new act does not compile until it is listed here. */
function formShapes({ teams, offices }: Pick<StaffPlace, "teams" | "offices">, today: string): Shapes {
  const staff = z.uuid("fault.choose");
  // "staff:<id>" or "team:<id>", as the options of one list.
  const to = z.string("fault.choose").transform((given, context) => {
    const [kind, id = ""] = given.split(/:(.*)/);
    if (kind === "staff" && staff.safeParse(id).success) return { staff: id };
    if (kind === "team" && Object.hasOwn(teams, id)) return { team: id };
    context.addIssue({ code: "custom", message: "fault.choose" });
    return z.NEVER;
  });
  const office = z
    .string("fault.choose")
    .refine((id) => id === "none" || Object.hasOwn(offices, id), "fault.choose")
    .transform((id) => (id === "none" ? null : id));
  const day = z.iso.date("fault.day").refine((on) => on <= today, "fault.day");
  const proposal = { intake: z.coerce.number("fault.other").int("fault.other"), rule: z.string("fault.other") };
  const confirm = z.object({ ...proposal, verdict: z.literal("confirm") });
  const change = z.object({ ...proposal, verdict: z.literal("change"), office, reason });
  return {
    handBack: z.object({ reason: words }),
    handOver: z.object({ to, words }),
    contactPerson: z.object({ staff: staff.or(z.literal("").transform(() => null)) }),
    stage: z.object({ stage: z.enum(stages, "fault.choose") }),
    close: z.object({ outcome: z.enum(outcomes, "fault.choose"), words }),
    reopen: z.object({ reason }),
    interpreter: z.object({ done: z.enum(["yes", "no"]).transform((done) => done === "yes") }),
    signed: z.object({ on: z.union([z.literal("no").transform(() => null), day]) }),
    decide: z.discriminatedUnion("verdict", [confirm, change]).transform((given) => ({
      intake: given.intake,
      rule: given.rule,
      verdict:
        given.verdict === "confirm"
          ? ({ type: "confirm" } as const)
          : ({ type: "change", office: given.office, reason: given.reason } as const),
    })),
    tell: z.object({ decision: z.uuid("fault.other"), language: z.string("fault.other") }),
  };
}
