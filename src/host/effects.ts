import type { PoolClient } from "pg";
import type { IncomingMessage } from "../domain/channel.ts";
import type { HostEffect } from "../domain/effect.ts";
import type { LegalTextPath } from "../domain/legal.ts";
import { type AgreementEvent, recordAgreement, takeCallBack } from "../store/agreements.ts";
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
  const shown = place.legal[text as LegalTextPath]?.[language];
  if (!shown) throw new Error(`there is no text ${text} in ${language}`);
  // The short notice, with its line on the channel, stands above the agreement to the intake, and is part of what the person agreed to.
  const above = text === "agreement.intake" ? (["notice.short", `notice.${message.channel}`] as const) : [];
  const notice = above.map((path) => place.legal[path][language]?.text ?? "");
  return {
    contactId,
    purpose,
    state,
    text: { path: text, version: shown.version, body: [...notice, shown.text].join("\n\n") },
    language,
    channel: message.channel,
    way: message.content.type === "press" ? "press" : "words",
    place: place.id,
    at: message.at,
  };
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
