import { describe, expect, test } from "vitest";
import { Talk, toAgreement, toIntake } from "../conversation/talk.ts";

const toPaper = [...toIntake, "#self", "#+benefits", "#done", "#no", "#delbrueck", "#no", "#27to66", "#nobody", "#yes"];
const toSummary = [...toPaper, "#temp_protection_24", "#before", "#here"];

/** Per flow: what a conversation shows, and what is said in it. `vitest -u` writes the files anew. */
const talks: { [flow: string]: [name: string, ...said: string[]][] } = {
  home: [
    ["asks for the language first, then says what this is", "/start", "#en"],
    ["takes the language by its name in another language", "/start", "Німецька"],
    ["sets the language when its name is the first that is written", "Deutsch"],
    ["asks again when the reply is no answer", "/start", "what?", "#en", "I need a lawyer"],
    ["says what this is when started again", "/start", "#en", "/start"],
    [
      "answers a label in any language, a number, and part of a label",
      ...toHome(),
      "Wohin kann ich gehen?",
      "4",
      "1",
      "#end",
    ],
  ],
  language: [
    ["asks the same question again in another language", ...toIntake, "/language", "#de"],
    ["changes by the name of a language", ...toIntake, "deutsch", "Englisch"],
  ],
  menu: [
    ["goes on with the question below", ...toIntake, "!menu", "#continue"],
    ["goes back one question", ...toIntake, "#self", "!menu", "#back"],
    [
      "leads to everything else and back again",
      ...toIntake,
      "!menu",
      "#orientation",
      "#end",
      "menu",
      "#language",
      "#en",
      "меню",
    ],
    ["stops", ...toIntake, "!menu", "#stop", "hello", "#continue"],
  ],
  orientation: [
    ["shows hours of one place and of all", ...toHome(), "#date", "33129", "#hours", "#everywhere", "#end"],
    ["shows advice and numbers", ...toHome(), "#orientation", "#advice", "#numbers", "#end"],
    ["does not know another town", ...toHome(), "#date", "Hamburg", "10115"],
  ],
  agreement: [
    ["lets everything be read first", ...toAgreement, "#read", "#exceptions", "#yes"],
    ["keeps nothing without agreement", ...toAgreement, "#no", "#orientation"],
    ["is not asked twice", ...toSummary, "#send", "#later", "#no", "#help"],
  ],
  person: [
    [
      "asks four questions at most",
      ...toHome(),
      "#person",
      "#write",
      "#yes",
      "#self",
      "#paderborn",
      "#yes",
      "#here",
      "#send",
    ],
    [
      "asks for a number when a call is wished",
      ...toHome(),
      "#person",
      "#call",
      "#yes",
      "#other",
      "#not_here",
      "#no",
      "0170 1234567",
      "#any",
    ],
    ["can be left", ...toHome(), "#person", "#end"],
  ],
  intake: [
    ["leads from the first question to the code", ...toSummary, "#send", "#later", "#no"],
    [
      "shows hours after sending, then asks about naturalisation once",
      ...toSummary,
      "#send",
      "#hours",
      "#end",
      "#yes",
      "#help",
    ],
    ["makes one case of two presses on send", ...toSummary, "#send", "!again"],
    ["keeps nothing of the papers when they are skipped", ...toPaper, "#skip", "#here", "#send"],
    [
      "speaks of the person when help is for somebody else",
      ...toIntake,
      "#other",
      "#+language",
      "#done",
      "#yes",
      "#shelter",
      "#delbrueck",
      "#other",
      "Kurdisch",
      "34",
    ],
    [
      "understands what is written",
      ...toIntake,
      "I do",
      "1, housing",
      "Fertig",
      "ні",
      "ich wohne in Büren",
      "nein",
      "٣٤",
      "Family",
      "not sure",
    ],
    [
      "switches choices on and off in the same message",
      ...toIntake,
      "#self",
      "#done",
      "#+housing",
      "#+housing",
      "#page:1",
      "#+naturalisation",
      "#page:0",
      "#-housing",
      "#done",
    ],
    [
      "goes back question by question",
      ...toIntake,
      "#self",
      "#+housing",
      "#done",
      "/back",
      "/back",
      "/back",
      "#family",
    ],
    ["goes back and does not ask again what is known", ...toPaper, "/back", "/back", "#jobcenter"],
    ["changes an answer from the summary", ...toSummary, "#change", "#where", "#buren", "Büren"],
    ["asks what a change made necessary", ...toSummary, "#change", "#paper", "#eu_citizen", "#working"],
    [
      "does not ask again what was skipped before a change",
      ...toPaper,
      "#skip",
      "#here",
      "#change",
      "#needs",
      "#+housing",
      "#done",
    ],
    ["leaves the list of answers without a change", ...toSummary, "#change", "#none", "#change", "/back", "/back"],
    ["takes the wish to talk to a person soon", ...toSummary, "#person", "#woman", "#person", "#no"],
    [
      "hands a minor alone to a person at once",
      ...toIntake,
      "#self",
      "#+housing",
      "#+family",
      "#done",
      "#no",
      "#paderborn",
      "#no",
      "#12to17",
      "#yes",
    ],
    [
      "tells people of another district who is responsible, and goes on if they wish",
      ...toIntake,
      "#self",
      "#+language",
      "#done",
      "#no",
      "10115",
      "#continue",
    ],
    [
      "ends for people of another district in the orientation",
      ...toIntake,
      "#self",
      "#+language",
      "#done",
      "#no",
      "#elsewhere",
      "#end",
      "#end",
    ],
    [
      "asks for the date of the first paper behind a Fiktionsbescheinigung",
      ...toPaper,
      "#page:1",
      "#page:0",
      "#fictional_certificate",
      "#temp_protection_24",
      "#since",
      "#phone",
      "no number",
      "0170 1234567",
      "#morning",
    ],
    ["deletes everything from the summary", ...toSummary, "#delete", "#no", "#delete", "#yes", "hello"],
  ],
  urgent: [
    ["comes before everything, and one tap goes on", ...toIntake, "#self", "he hits me", "#continue"],
    ["comes even before the language, in the language of the words", "Notfall!", "#continue"],
    [
      "hands a number to a person",
      ...toIntake,
      "!urgent",
      "#call",
      "#yes",
      "no number",
      "0170 1234567",
      "#evening",
      "#continue",
    ],
    ["takes no for an answer", ...toHome(), "!urgent", "#call", "#no", "#continue"],
    ["sends no reminders to a phone that is not safe", ...toHome(), "!urgent", "#unsafe", "#continue"],
    ["shows the numbers again", ...toHome(), "!urgent", "emergency", "!menu", "#continue"],
  ],
  data: [
    ["tells what is kept, and deletes it", ...toHome(), "#data", "#read", "#delete", "#yes", "/start"],
    ["keeps it all the same", ...toIntake, "/data", "#delete", "#no"],
    ["takes an agreement back, and the open intake with it", ...toIntake, "#self", "/data", "#withdraw", "#end"],
    ["deletes by one word", ...toIntake, "/delete", "yes"],
  ],
};

describe.each(Object.entries(talks))("%s", (flow, table) => {
  test.each(table)("%s", async (name, ...said) => {
    const talk = new Talk();
    for (const one of said) {
      if (one === "!again")
        talk.send({ type: "press", data: talk.session.conversation.pressed ?? "" }, "the same button");
      else talk.say(one);
    }
    await expect(talk.transcript).toMatchFileSnapshot(`${flow}/${name.replaceAll(/[^\p{L}\p{N}]+/gu, "-")}.txt`);
  });
});

function toHome(): string[] {
  return ["/start", "#en"];
}
