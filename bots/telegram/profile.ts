import type { Api } from "grammy";
import type { LanguageCode } from "grammy/types";
import type { Profile } from "./settings.ts";

/**
 * Sets commands and descriptions in every language, and the first ones for everybody else. Every call sets, so it may
 * be repeated from the start.
 */
export async function setProfiles(api: Api, profiles: Profile[]): Promise<void> {
  for (const [index, profile] of profiles.entries()) {
    if (index === 0) await setProfile(api, profile, {});
    // Telegram knows two-letter codes only: there is no list for German in simple words.
    if (isLanguageCode(profile.language)) await setProfile(api, profile, { language_code: profile.language });
  }
}

async function setProfile(api: Api, profile: Profile, language: { language_code?: LanguageCode }): Promise<void> {
  await api.setMyCommands(profile.commands, language);
  await api.setMyDescription(profile.description, language);
  await api.setMyShortDescription(profile.shortDescription, language);
}

function isLanguageCode(language: string): language is LanguageCode {
  return /^[a-z]{2}$/.test(language);
}
