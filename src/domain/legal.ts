import { z } from "zod";
import type { PlaceFile } from "./place.ts";
import { type LocalName, languageCode } from "./validity.ts";

/** Texts that people are told or agree to. Never changed without a new version. */
export const legalTextPaths = [
  "notice.short",
  // What is to be said of the channel that the notice is read on.
  "notice.telegram",
  "notice.web",
  "notice.full",
  "notice.exceptions",
  "agreement.intake",
  "agreement.contact",
  "agreement.call",
  "agreement.reminders",
  "agreement.naturalisation",
  "agreement.evaluation",
] as const;
/** Those that name an office have a text for each. */
export type LegalTextPath =
  | (typeof legalTextPaths)[number]
  | `agreement.office:${string}`
  | `agreement.confidentiality:${string}`;

export interface LegalText {
  version: string;
  text: string;
}

const text = z.string().min(1);

/** `prisma/places/shared/legal.<language>.yaml`, or a place's own below its folder. */
export const legalFile = z.strictObject({
  language: languageCode,
  version: z.string().min(1),
  /** Whether the place's lawyers approved it; while not, the place is a trial. */
  example: z.literal(true).optional(),
  reviewed_by: z.string().min(1),
  /** Stands after whatever of the place's file is an example. */
  example_mark: z.string().min(1),
  notice: z.strictObject({ short: text, telegram: text, web: text, full: text, exceptions: text }),
  agreement: z.strictObject({
    intake: text,
    contact: text,
    call: text,
    reminders: text,
    naturalisation: text,
    evaluation: text,
    /** With `{{office}}`: data goes there, and whoever passes it on is released from confidentiality for that. */
    office: text,
    confidentiality: text,
  }),
});
export type LegalFile = z.infer<typeof legalFile>;

/**
 * The legal texts of a language with the place's own names and periods put in for `{{name}}`; placeholders that stand
 * for nothing are faults.
 */
export function legalTexts(
  file: LegalFile,
  place: PlaceFile,
): { texts: { [P in LegalTextPath]: LegalText }; faults: string[] } {
  const values = legalValues(place, file);
  const faults = new Set<string>();
  const fill = (path: LegalTextPath, template: string, more: { [name: string]: string } = {}): LegalText => ({
    version: file.version,
    text: template.trim().replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) => {
      const value = more[name] ?? values[name];
      if (value === undefined) faults.add(`${path.split(":")[0]}: nothing to put in for ${placeholder}`);
      return value ?? placeholder;
    }),
  });
  const { notice, agreement } = file;
  const texts: { [P in LegalTextPath]: LegalText } = {
    "notice.short": fill("notice.short", notice.short),
    "notice.telegram": fill("notice.telegram", notice.telegram),
    "notice.web": fill("notice.web", notice.web),
    "notice.full": fill("notice.full", notice.full),
    "notice.exceptions": fill("notice.exceptions", notice.exceptions),
    "agreement.intake": fill("agreement.intake", agreement.intake),
    "agreement.contact": fill("agreement.contact", agreement.contact),
    "agreement.call": fill("agreement.call", agreement.call),
    "agreement.reminders": fill("agreement.reminders", agreement.reminders),
    "agreement.naturalisation": fill("agreement.naturalisation", agreement.naturalisation),
    "agreement.evaluation": fill("agreement.evaluation", agreement.evaluation),
  };
  for (const [id, { name }] of Object.entries(place.offices)) {
    const office = nameIn(name, file.language);
    texts[`agreement.office:${id}`] = fill(`agreement.office:${id}`, agreement.office, { office });
    texts[`agreement.confidentiality:${id}`] = fill(`agreement.confidentiality:${id}`, agreement.confidentiality, {
      office,
    });
  }
  return { texts, faults: [...faults] };
}

function legalValues(place: PlaceFile, file: LegalFile): { [name: string]: string } {
  const { retention } = place;
  const period = (unit: "day" | "month", count: number) =>
    new Intl.NumberFormat(file.language, { style: "unit", unit, unitDisplay: "long" }).format(count);
  const marked = (text: string, example: true | undefined) => (example ? `${text} ${file.example_mark}` : text);
  const contact = ({ name, address, phone, email, url, example }: PlaceFile["controller"]) =>
    marked([name, address, phone, email, url].filter((part) => part !== undefined).join(", "), example);
  const advice = place.independent_advice.map((id) => {
    const office = place.offices[id];
    return marked(nameIn(office?.name ?? id, file.language), office?.example);
  });
  return {
    place: nameIn(place.name, file.language),
    controller: contact(place.controller),
    officer: contact(place.data_protection_officer),
    supervisor: contact(place.supervisory_authority),
    advice: advice.join(", "),
    phone: marked(place.phone.number, place.phone.example),
    openIntake: period("day", retention.open_intake_days),
    notTakenUp: period("day", retention.not_taken_up_days),
    referral: period("month", retention.referral_months),
    closedCase: period("month", retention.closed_case_months),
    agreementProof: period("month", retention.agreement_proof_months),
  };
}

function nameIn(name: LocalName, language: string): string {
  return typeof name === "string" ? name : (name[language] ?? name.de ?? "");
}
