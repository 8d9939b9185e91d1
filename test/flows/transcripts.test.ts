import { describe, expect, test } from "vitest";
import type { KeptData } from "../../src/domain/kept-data.ts";
import type { AskedReferral } from "../../src/domain/referral.ts";
import { Talk, toAgreement, toIntake } from "../conversation/talk.ts";

const toPaper = [...toIntake, "#self", "#+benefits", "#done", "#no", "#delbrueck", "#no", "#27to66", "#nobody", "#yes"];
const toSummary = [...toPaper, "#temp_protection_24", "#before", "#here"];

const toAgreements = [...toIntake, "#self", "/data", "#agreements"];
const figures = ["#evaluation", "#give", "#naturalisation", "#give", "#evaluation", "#withdraw", "#end", "#end"];
const noCall = ["#data", "#agreements", "#call", "#withdraw"];
const takeBack = ["/data", "#agreements", "#intake", "#withdraw"];
const toOffice = ["/data", "#agreements", "#office:jobcenter"];
const asked: AskedReferral = {
  id: "asked",
  office: "jobcenter",
  reason: { type: "text", key: "referral.reason" },
  items: { needs: ["benefits", "housing"], paper: "temp_protection_24" },
  confidentiality: true,
};

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
    [
      "says where to go on to whoever writes after stop",
      ...toHome(),
      "#orientation",
      "please stop",
      "hello",
      "#continue",
    ],
    ["hears stop and delete after stop, too", ...toIntake, "Bitte stopp!", "не пишіть мені", "/delete", "#no"],
    ["leads to deleting everything", ...toHome(), "!menu", "#delete", "#no"],
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
  talk: [
    [
      "hands words on without a question, with one receipt",
      ...toCode(),
      "!staff",
      "Yes, Tuesday",
      "or Friday",
      "menü?",
    ],
    [
      "hands on what would be an answer or a word for the program",
      ...toHome(),
      "!staff",
      "1",
      "help",
      "yes",
      "Deutsch",
    ],
    [
      "says again after a pause that words arrive, and when nobody is there",
      ...toHome(),
      "!staff",
      "a",
      "!hour",
      "b",
      "!night",
      "c",
      "d",
    ],
    ["tells what can not be seen", ...toHome(), "!staff", "!photo", "!edited", "   "],
    [
      "comes after urgent words and the urgent button",
      ...toHome(),
      "!staff",
      "he hits me",
      "he is here",
      "#continue",
      "thanks",
    ],
    [
      "stays open while a flow is asked for",
      ...toHome(),
      "!staff",
      "!menu",
      "#orientation",
      "I meant Tuesday",
      "#numbers",
      "#end",
      "good",
    ],
    [
      "goes on with a question when its button is pressed",
      ...toIntake,
      "!staff",
      "#self",
      "1",
      "what do you mean?",
      "!staff",
      "1",
    ],
    [
      "keeps a phone number that a flow asked for out of it",
      ...toHome(),
      "!staff",
      "!urgent",
      "#call",
      "#yes",
      "not so",
      "0170 1234567",
      "#any",
      "#continue",
    ],
    ["ends by a button, and asks what waited", ...toIntake, "!staff", "good morning", "!end", "#self"],
    ["ends by words, once", ...toHome(), "!staff", "End the conversation", "end the conversation"],
    ["ends with stop, and leaves the flow for who comes back", ...toIntake, "!staff", "stop", "hello"],
    ["ends with the data", ...toHome(), "!staff", "/delete", "#yes", "hello"],
    ["ends when the agreement is taken back", ...toIntake, "!staff", ...takeBack, "is anybody there?"],
    ["is shown to who starts again", ...toIntake, "!staff", "!menu", "/start", "good morning"],
    ["is not disturbed by a reminder", ...toIntake, "#self", "!staff", "!reminder", "a"],
  ],
  data: [
    ["tells what is kept, and deletes it", ...toHome(), "#data", "#read", "#delete", "#yes", "/start"],
    ["keeps it all the same", ...toIntake, "/data", "#delete", "#no"],
    ["deletes by one word", ...toIntake, "/delete", "yes"],
    ["tells before anything was sent, and gives it as files", ...toHome(), "#data", "#see", "#file", "#end"],
    ["says that there is nothing to change yet", ...toIntake, "/data", "#change", "#end"],
  ],
  agreements: [
    [
      "takes the agreement to the intake back, and the open intake with it",
      ...toAgreements,
      "#intake",
      "#withdraw",
      "#end",
      "#end",
    ],
    ["gives it anew", ...toAgreements, "#intake", "#withdraw", "#intake", "#give", "#contact", "#list"],
    [
      "takes back that we write and remind, each alone, and gives it again",
      ...toAgreements,
      "#contact",
      "#withdraw",
      "#reminders",
      "#withdraw",
      "#contact",
      "#give",
    ],
    ["gives and takes back what has nothing to do with the request", ...toHome(), "#data", "#agreements", ...figures],
    ["shows the receipt as often as wished", ...toAgreements, "#intake", "#receipt", "#receipt", "/back"],
    [
      "offers no agreement to be written to before the one to the intake",
      ...toHome(),
      "#data",
      "#agreements",
      "#contact",
    ],
    ["takes back the call", ...toHome(), "!urgent", "#call", "#yes", "0170 1234567", "#any", "#continue", ...noCall],
  ],
  referral: [
    ["takes a yes, with a release from confidentiality", ...toIntake, "!referral", "#yes", "#yes"],
    ["sends nothing without the release", ...toIntake, "!referral", "#yes", "#no"],
    [
      "takes no for an answer, until the person changes it",
      ...toIntake,
      "!referral",
      "#no",
      ...toOffice,
      "#ask",
      "#yes",
      "#yes",
    ],
    ["is taken back with one press", ...toIntake, "!referral", "#yes", "#yes", ...toOffice, "#withdraw"],
    [
      "ends with the agreement to the intake",
      ...toIntake,
      "!referral",
      "#yes",
      "#yes",
      "/data",
      "#agreements",
      "#intake",
      "#withdraw",
    ],
    ["tells that the person wants to hear more first", ...toIntake, "!referral", "#ask", "#self"],
    ["waits in the list for whoever goes back", ...toIntake, "!referral", "/back", ...toOffice, "#list", "#end"],
    ["is not asked of whoever said stop", ...toIntake, "/stop", "!referral"],
    ["agrees to nothing where it was over before the answer", ...toIntake, "!referral", "#yes", "!over", "#yes"],
    ["says when it is over", ...toIntake, "!another referral"],
  ],
};

const sent = (code: string, forWhom: "self" | "family", status: KeptData["cases"][number]["status"] = "open") => ({
  code,
  status,
  forWhom,
  sentOn: "2026-11-20",
  dueOn: "2026-11-25",
  answers: { forWhom, needs: ["benefits" as const], letter: "no" as const, where: "delbrueck", reach: "here" as const },
});
const agreements = [{ purpose: "intake", state: "given", day: "2026-11-20" }];
const [own, family] = [sent("K7-42M", "self"), sent("X3-9TF", "family", "claimed")];
const many = ["22-222", "33-333", "44-444"].map((code) => sent(code, "family"));
const toSent = [...toSummary, "#send", "#later", "#no", "#data"];

/** Of somebody who has sent something. */
const sentTalks: [name: string, cases: KeptData["cases"], ...said: string[]][] = [
  ["tells what was sent", [own, family], ...toSent, "#see", "#end"],
  ["tells of many cases page by page", [own, family, ...many], ...toSent, "#see", "#more", "#see", "#end"],
  ["changes an answer of the only case", [own], ...toSent, "#change", "#change", "#where", "#bueren", "#send"],
  [
    "changes the chosen case",
    [own, family],
    ...toSent,
    "#change",
    "x39tf",
    "#change",
    "#needs",
    "#+housing",
    "#done",
    "#send",
  ],
  ["leaves a case as it was sent", [own, family], ...toSent, "#change", "#none", "#change", "#K7-42M", "#leave"],
  [
    "keeps an intake that is open beside a change",
    [own],
    ...toSent,
    "#end",
    "#help",
    "#family",
    "/data",
    "#change",
    "#leave",
  ],
  ["offers a new intake where the case is closed", [sent("K7-42M", "self", "closed")], ...toSent, "#change", "#new"],
  ["deletes everything that was sent, too", [own], ...toSent, "#delete", "#yes"],
  [
    "deletes one of several cases",
    [own, family],
    ...toSent,
    "#delete",
    "#one",
    "#X3-9TF",
    "#yes",
    "#delete",
    "#one",
    "#none",
    "#no",
  ],
];

describe.each(Object.entries(talks))("%s", (flow, table) => {
  test.each(table)("%s", async (name, ...said) => {
    const talk = new Talk();
    for (const one of said) {
      if (one === "!again")
        talk.send({ type: "press", data: talk.session.conversation.pressed ?? "" }, "the same button");
      else if (one === "!staff") talk.staffWrites();
      else if (one === "!hour") talk.at += 3_600_000;
      else if (one === "!night") talk.at += 12 * 3_600_000;
      else if (one === "!photo") talk.send({ type: "unreadable", kind: "photo" });
      else if (one === "!edited" || one === "!reminder") talk.send({ type: one === "!edited" ? "edited" : "reminder" });
      else if (one === "!over") talk.referral = undefined;
      else if (one.endsWith("referral")) {
        talk.referral = asked;
        talk.send({ type: "referral", id: one === "!referral" ? "asked" : "another" }, "(a case manager asks)");
      } else talk.say(one);
    }
    await expect(talk.transcript).toMatchFileSnapshot(`${flow}/${name.replaceAll(/[^\p{L}\p{N}]+/gu, "-")}.txt`);
  });
});

describe("data", () => {
  test.each(sentTalks)("%s", async (name, cases, ...said) => {
    const talk = new Talk({ kept: { cases, agreements } }).say(...said);
    const asked = talk.lines.indexOf("> #data");
    const transcript = talk.transcript.split("\n").slice(asked).join("\n");
    await expect(transcript).toMatchFileSnapshot(`data/${name.replaceAll(/[^\p{L}\p{N}]+/gu, "-")}.txt`);
  });

  test("offers a new intake when the case was closed while it was changed, and sends the answers as one of its own", () => {
    const talk = new Talk({ kept: { cases: [own], agreements } });
    talk.say(...toSent, "#change", "#change", "#where", "#bueren");
    talk.kept.cases = [{ ...own, status: "closed" }];
    talk.say("#send", "#new", "#send");
    expect(talk.lines.slice(-9)).toMatchInlineSnapshot(`
      [
        "  ? submitIntake {"answers":{"forWhom":"self","needs":["benefits"],"letter":"no","where":"bueren","reach":"here"},"case":"K7-42M"}",
        "  intake.over [new leave] #24",
        "> #new",
        "  intake.summary [send change person delete] private #25",
        "> #send",
        "  ? submitIntake {"answers":{"forWhom":"self","needs":["benefits"],"letter":"no","where":"bueren","reach":"here"}}",
        "  intake.code",
        "  intake.next",
        "  intake.sent [hours later] #26",
      ]
    `);
    expect(JSON.stringify(talk.session.conversation.stack)).not.toMatch(/benefits/);
  });

  test("asks for a new agreement before a change by whoever took it back", () => {
    const talk = new Talk({ kept: { cases: [own], agreements } });
    talk.say(...toSent, "#agreements", "#intake", "#withdraw", "#end", "#change", "#yes");
    expect(talk.lines.slice(-3)).toMatchInlineSnapshot(`
      [
        "> #yes",
        "  ! recordAgreement intake given agreement.intake",
        "  intake.summary [change person leave] private #25",
      ]
    `);
  });

  test("keeps nothing for staff of what was told", () => {
    const talk = new Talk({ kept: { cases: [own], agreements } }).say(...toSent);
    const before = talk.log.length;
    talk.say("#see");
    expect(talk.log.slice(before)).toMatchObject([
      { type: "said", key: "data" },
      { type: "answered", question: "data" },
    ]);
  });
});

function toCode(): string[] {
  return [...toSummary, "#send"];
}

function toHome(): string[] {
  return ["/start", "#en"];
}
