import type { Given } from "../../flows/conversation.ts";
import { noon, place } from "../conversation/talk.ts";

/** What a host would give to a flow. */
export function givenOf(): Given {
  return {
    at: noon,
    place,
    language: "en",
    languages: ["en", "de"],
    languageKnown: true,
    channel: "telegram",
    agreed: true,
    alsoAgreed: [],
    naturalisationAsked: false,
    quiet: false,
  };
}
