import { z } from "zod";
import { authorityCodes } from "./authority.ts";
import type { Crisis } from "./crisis.ts";
import type { Holiday } from "./holiday.ts";
import type { LegalText, LegalTextPath } from "./legal.ts";
import { office, site, weekly } from "./office.ts";
import { retention } from "./retention.ts";
import { type LawFile, note, type Rule } from "./rule.ts";
import { languageCode, localName, origin } from "./validity.ts";

const id = z.string().regex(/^[a-z0-9-]+$/, "has only small letters, digits and hyphens");
const detail = z.enum(["minimal", "triage"]);

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "is no time such as 08:30");
const span = z
  .strictObject({ from: time, to: time, ...origin })
  .refine(({ from, to }) => from < to, { path: ["to"], message: "is not after from" });

const minutes = z.int().min(1);
/** One row of minutes for each priority. */
const byPriority = <Row extends z.ZodType>(row: Row) => z.strictObject({ urgent: row, high: row, normal: row });
const toColleague = byPriority(z.strictObject({ claimer: minutes, cover: minutes, team: minutes }));

const municipality = z.strictObject({
  name: localName,
  postcodes: z.array(z.string().regex(/^\d{5}$/)).min(1),
  region: id,
  /** A team of its own; default: the region's. */
  team: id.optional(),
  ...origin,
});

const team = z.strictObject({
  name: localName,
  /** When somebody works; default: the place's. */
  office_hours: weekly.optional(),
  ...origin,
});

/** Whom the law names as responsible: shown in the notice. */
const body = z.strictObject({
  name: z.string().min(1),
  address: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  url: z.string().optional(),
  ...origin,
});

/** `prisma/places/<place>.yaml` */
export const placeFile = z.strictObject({
  id,
  name: localName,
  kind: z.enum(["kreis", "kreisfreie_stadt"]),
  /** Offered languages, in the order in which they are shown. */
  languages: z.array(languageCode).refine((all) => all.includes("de"), "needs de: the German texts are binding"),
  municipalities: z.record(id, municipality),
  regions: z.record(id, z.strictObject({ name: localName, team: id, ...origin })),
  teams: z.record(id, team),
  /** The team that answers when no other does. */
  coordination: id,
  /** How much of a case a room shows, by how safe the room is. */
  rooms: z.strictObject({ page: detail, encrypted: detail, open: detail }),
  offices: z.record(id, office),
  /** Municipality to office, per authority; `*` is the row of all municipalities without their own. */
  responsible: z.partialRecord(z.enum(authorityCodes), z.record(z.union([id, z.literal("*")]), id)),
  /** Open hours where people can come without an appointment. */
  sites: z.record(id, site),
  office_hours: weekly,
  /** Days without work besides the holidays. */
  closures: z.array(z.strictObject({ from: z.iso.date(), to: z.iso.date(), ...origin })),
  /** Somebody answers within so many working days. */
  answer_within: z.strictObject({ urgent: z.int().min(0), high: z.int().min(0), normal: z.int().min(0), ...origin }),
  /** Who is told of a case that nobody attends to: each after so many minutes of office hours since the one before. */
  escalation: z.strictObject({
    /** Nobody has taken the case on. */
    unclaimed: byPriority(z.strictObject({ team: minutes, region: minutes, coordination: minutes })),
    /** The person wrote to whoever has the case, and waits. */
    unanswered: toColleague,
    /** Nothing happened, by neither side. */
    silent: toColleague,
    ...origin,
  }),
  /** When teams get their overview of the day, and until when it is made up for. */
  digest: span,
  /** When people may be written to of ourselves. */
  writing_hours: span,
  /** A talk between staff and a person in which nobody wrote for so long ends by itself. */
  talk: z.strictObject({ ends_after_days: z.int().positive(), ...origin }),
  retention,
  /** Whom to call when nothing was heard by the promised day. */
  phone: z.strictObject({ number: z.string().min(1), ...origin }),
  /** Offices of independent, non-public advice, shown to everyone before the question about papers. */
  independent_advice: z.array(id).min(1),
  /** The youth office for a minor alone whose municipality is not known. */
  youth_on_call: id,
  /** For somebody of another district: where the right place's contact is found. */
  elsewhere: z.strictObject({ name: localName, url: z.string().min(1), ...origin }),
  /** Where the data is kept, as the record of an agreement names it. */
  storage: z.strictObject({ location: z.string().min(1), ...origin }),
  controller: body,
  data_protection_officer: body,
  supervisory_authority: body,
  /** Who may hand out links to the assistant, by the code in the link (`t.me/bot?start=<code>`): counted, by nobody else. */
  partners: z.record(id, z.strictObject({ name: localName, ...origin })).default({}),
  /** Notes of this place alone; those for all places come on top. */
  notes: z.array(note).default([]),
});
export type PlaceFile = z.infer<typeof placeFile>;

/** The place as everything else sees it: its own file with what all places share. Loaded by `src/places.ts`. */
export interface Place extends PlaceFile, Omit<LawFile, "sets"> {
  rules: Rule[];
  crisis: Crisis[];
  holidays: Holiday[];
  /** Texts that people are told or agree to, ready to be shown: by path such as `notice.full`, then by language. */
  legal: { [P in LegalTextPath]: { [language: string]: LegalText } };
  /** Who is responsible, or a legal text, is still an example: no real data may be entered. */
  trial: boolean;
}
