import type { PoolClient } from "pg";
import type { ChannelName, IncomingMessage } from "../domain/channel.ts";
import type { HostEffect } from "../domain/effect.ts";
import type { LegalTextPath } from "../domain/legal.ts";
import type { Place } from "../domain/place.ts";
import type { Conversation } from "../domain/session.ts";
import { applyAgreement } from "../store/agreement-ends.ts";
import { type AgreementEvent, recordAgreement, type ShownText, toShownText } from "../store/agreements.ts";
import type { CaseNews } from "./requests.ts";
import type { Surroundings } from "./surroundings.ts";

/** Of whose turn an effect is. */
export interface EffectOf {
  contactId: string;
  language: string;
  message: IncomingMessage;
}

/** An effect in a transaction of its own, and how staff hear of it. */
interface Alone extends EffectOf {
  /** Writes cards into the rooms' lanes, within the transaction. */
  notify(client: PoolClient, news: CaseNews): Promise<void>;
}

type Apply<T extends HostEffect["type"]> = (
  client: PoolClient,
  params: Extract<HostEffect, { type: T }>["params"],
  of: Alone,
  around: Surroundings,
) => Promise<void>;

/** How each effect becomes rows, within the turn's transaction. A new effect does not compile until it is listed here. */
const effects: { [T in HostEffect["type"]]: Apply<T> } = {
  async recordAgreement(client, params, of, around) {
    await recordAgreement(client, toAgreement(params, of, around));
    for (const caseId of await applyAgreement(client, of.contactId, params))
      await of.notify(client, { type: "updated", caseId });
  },
};

/** Whether more follows from an agreement than its record: `before` is the conversation without it. */
export function hasConsequences({ purpose, state }: HostEffect["params"], before: Conversation): boolean {
  if (state === "withdrawn" || (state === "refused" && purpose === "office")) return true;
  // Cases that were hidden when it was taken back are shown again.
  return purpose === "intake" && before.agreed === false;
}

/** An agreement with the text as it was shown. */
export function toAgreement(
  { purpose, recipient, state, text, data }: HostEffect["params"],
  { contactId, language, message }: EffectOf,
  { place }: Surroundings,
): AgreementEvent {
  return {
    contactId,
    purpose,
    recipient,
    state,
    data,
    text: shownText(place, text as LegalTextPath, language, message.channel),
    language,
    channel: message.channel,
    way: message.content.type === "press" ? "press" : "words",
    place: place.id,
    at: message.at,
  };
}

const shownTexts = new WeakMap<Place, Map<string, ShownText>>();

function shownText(place: Place, path: LegalTextPath, language: string, channel: ChannelName): ShownText {
  const known = shownTexts.get(place) ?? new Map<string, ShownText>();
  shownTexts.set(place, known);
  const key = `${path} ${language} ${channel}`;
  const before = known.get(key);
  if (before) return before;
  const shown = place.legal[path]?.[language];
  if (!shown) throw new Error(`there is no text ${path} in ${language}`);
  // The short notice, with its line on the channel, stands above the agreement to the intake, and is part of what the
  // person agreed to.
  const above = path === "agreement.intake" ? (["notice.short", `notice.${channel}`] as const) : [];
  const notice = above.map((one) => place.legal[one][language]?.text ?? "");
  const text = toShownText(path, shown.version, language, [...notice, shown.text].join("\n\n"));
  known.set(key, text);
  return text;
}

/** Carries out what a turn asks for. */
export async function applyEffects(
  client: PoolClient,
  asked: HostEffect[],
  of: Alone,
  around: Surroundings,
): Promise<void> {
  for (const effect of asked) await effects[effect.type](client, effect.params, of, around);
}
