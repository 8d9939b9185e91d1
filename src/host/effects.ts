import type { PoolClient } from "pg";
import type { ChannelName, IncomingMessage } from "../domain/channel.ts";
import type { HostEffect } from "../domain/effect.ts";
import type { LegalTextPath } from "../domain/legal.ts";
import type { Place } from "../domain/place.ts";
import {
  type AgreementEvent,
  recordAgreement,
  type ShownText,
  takeCallBack,
  toShownText,
} from "../store/agreements.ts";
import type { Surroundings } from "./surroundings.ts";

/** Of whose turn an effect is. */
export interface EffectOf {
  contactId: string;
  language: string;
  message: IncomingMessage;
}

type Apply<T extends HostEffect["type"]> = (
  client: PoolClient,
  params: Extract<HostEffect, { type: T }>["params"],
  of: EffectOf,
  around: Surroundings,
) => Promise<void>;

/** How each effect becomes rows, within the turn's transaction. A new effect does not compile until it is listed here. */
const effects: { [T in HostEffect["type"]]: Apply<T> } = {
  async recordAgreement(client, params, of, around) {
    await recordAgreement(client, toAgreement(params, of, around));
    if (takesCallBack(params)) await takeCallBack(client, of.contactId);
  },
};

/** Whether a wish to be called goes from the person's cases. */
export function takesCallBack({ purpose, state }: HostEffect["params"]): boolean {
  return purpose === "call" && state === "withdrawn";
}

/** An agreement with the text as it was shown. */
export function toAgreement(
  { purpose, state, text }: HostEffect["params"],
  { contactId, language, message }: EffectOf,
  { place }: Surroundings,
): AgreementEvent {
  return {
    contactId,
    purpose,
    state,
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
  of: EffectOf,
  around: Surroundings,
): Promise<void> {
  for (const effect of asked) await effects[effect.type](client, effect.params, of, around);
}
