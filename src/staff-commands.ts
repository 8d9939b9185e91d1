import { parseArgs } from "node:util";
import type { Pool } from "pg";
import { CommandError } from "./command.ts";

import { berlinDay } from "./domain/berlin.ts";
import { isAbsent } from "./domain/cover.ts";
import type { Place } from "./domain/place.ts";
import { roles, type StaffDetails, staffDetails, wrongFields } from "./domain/staff.ts";
import { readAbsenceForm } from "./staff/absence-form.ts";
import { setAbsence } from "./store/absence.ts";
import type { Keyring } from "./store/keyring.ts";
import { addStaff, changeStaff, endStaff, listStaff, type StaffChange, type StaffRecord } from "./store/staff.ts";
import { endSessionsOf, listStaffSessions, makeStaffLink } from "./store/staff-sessions.ts";

/** What a command works on. */
export interface CommandGround {
  pool: Pool;
  keyring: Keyring;
  place: Pick<Place, "teams">;
  publicUrl: string;
  now: Date;
}

const linkSeconds = 15 * 60;

export const usage = `npm run staff -- add "First Last" --roles R[,R] [--team T] [--email E] [--employer E] [--languages de,uk] [--share 50] [--show-name]
npm run staff -- change WHO [--name "First Last"] [the same options; --no-show-name]
npm run staff -- end WHO                    links and sessions die at once; the name stays in the history
npm run staff -- absent WHO --from 2026-12-01 [--until 2026-12-05] [--cover WHO], or absent WHO --back
npm run staff -- link WHO                   a link that signs somebody in, once, within 15 minutes
npm run staff -- list                       everybody, with their ids
npm run staff -- sessions WHO [--end]       where somebody is signed in; --end ends all of it

WHO is a name, an e-mail address or an id. Roles: ${roles.join(", ")}.`;

/** Each command answers with the lines to be printed. */
export const commands: { [name: string]: (ground: CommandGround, words: string[]) => Promise<string[]> } = {
  add,
  change,
  end,
  absent,
  link,
  list,
  sessions,
};

const options = {
  name: { type: "string" },
  roles: { type: "string" },
  team: { type: "string" },
  email: { type: "string" },
  employer: { type: "string" },
  languages: { type: "string" },
  share: { type: "string" },
  "show-name": { type: "boolean" },
} as const;

type Given = { [O in keyof typeof options]?: string | boolean };

async function add({ pool, keyring, place }: CommandGround, words: string[]): Promise<string[]> {
  const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true });
  const name = positionals.join(" ");
  const id = await addStaff(pool, keyring, check(place, { name, ...entries(values) }));
  return [`${name}: ${id}`, `Next: npm run staff -- link ${id}`];
}

async function change({ pool, keyring, place }: CommandGround, words: string[]): Promise<string[]> {
  const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true, allowNegative: true });
  const person = find(await listStaff(pool, keyring), positionals);
  const { name, showName, email, employer, team, languages, roles, share } = person;
  const before = { name, showName, email, employer, team, languages, roles, share };
  const details = check(place, { ...before, ...entries(values) });
  return [told(await changeStaff(pool, keyring, person.id, details), `${details.name}: changed`)];
}

async function end({ pool, keyring }: CommandGround, words: string[]): Promise<string[]> {
  const person = find(await listStaff(pool, keyring), words);
  return [told(await endStaff(pool, person.id), `${person.name}: ended, with all links and sessions`)];
}

async function absent({ pool, keyring }: CommandGround, words: string[]): Promise<string[]> {
  const { values, positionals } = parseArgs({
    args: words,
    options: {
      from: { type: "string" },
      until: { type: "string" },
      cover: { type: "string" },
      back: { type: "boolean" },
    },
    allowPositionals: true,
  });
  const people = await listStaff(pool, keyring);
  const person = find(people, positionals);
  const cover = values.cover === undefined ? undefined : find(people, [values.cover]).id;
  const form = readAbsenceForm({ ...values, cover });
  if (form.type === "wrong")
    throw new CommandError("--from (and --until, not before it) must be days such as 2026-12-01; or say --back.");
  const result = await setAbsence(pool, person.id, form.absence);
  if (result.type === "wrong_cover") throw new CommandError("The cover must be another case manager.");
  return [`${person.name}: ${form.absence.from ? `absent from ${form.absence.from}` : "back"}`];
}

async function link({ pool, keyring, publicUrl }: CommandGround, words: string[]): Promise<string[]> {
  const people = await listStaff(pool, keyring);
  if (people.every(({ endedAt }) => endedAt))
    throw new CommandError("There is nobody yet. The start of the service prints a link for the first administrator.");
  return [`${publicUrl}${await makeStaffLink(pool, find(people, words).id, linkSeconds)}`];
}

async function list({ pool, keyring, now }: CommandGround, words: string[]): Promise<string[]> {
  if (words.length > 0) throw new CommandError(usage);
  const day = berlinDay(now.getTime());
  const people = (await listStaff(pool, keyring)).map((person) => {
    const away = isAbsent(person, day) ? ["absent"] : [];
    const state = person.endedAt ? ["ended"] : away;
    return [person.id, person.name, person.roles.join(","), person.team ?? "-", person.email ?? "-", ...state].join(
      "  ",
    );
  });
  return people.length > 0 ? people : ["There is nobody yet."];
}

async function sessions({ pool, keyring }: CommandGround, words: string[]): Promise<string[]> {
  const { values, positionals } = parseArgs({
    args: words,
    options: { end: { type: "boolean" } },
    allowPositionals: true,
  });
  const person = find(await listStaff(pool, keyring), positionals);
  if (values.end) return [`${person.name}: ${await endSessionsOf(pool, person.id)} sessions ended`];
  const found = await listStaffSessions(pool, person.id);
  const lines = found.map(({ device, createdAt }) => `${createdAt.toISOString()}  ${device ?? "unknown browser"}`);
  return lines.length > 0 ? lines : [`${person.name} is not signed in.`];
}

/** What was said of a colleague on the command line, as the form has it. */
function entries(values: Given): { [field: string]: unknown } {
  const { roles, languages, "show-name": showName, ...same } = values;
  const listed = (text: string | boolean) =>
    String(text)
      .split(/[\s,]+/)
      .filter(Boolean);
  return {
    ...same,
    ...(roles !== undefined && { roles: listed(roles) }),
    ...(languages !== undefined && { languages: listed(languages) }),
    ...(showName !== undefined && { showName }),
  };
}

function check(place: CommandGround["place"], given: object): StaffDetails {
  const teams = Object.keys(place.teams);
  const parsed = staffDetails(teams).safeParse(given);
  if (parsed.success) return parsed.data;
  const rules: { [F in keyof StaffDetails]: string } = {
    name: "a name of at most 60 characters",
    showName: "--show-name or nothing",
    email: "--email with a whole address",
    employer: "--employer of at most 100 characters",
    team: `--team, for a case manager, one of ${teams.join(", ")}`,
    languages: "--languages as codes such as de,uk",
    roles: `--roles, at least one of ${roles.join(", ")}; abh or ebh not together with case_manager`,
    share: "--share from 1 to 100",
  };
  throw new CommandError(
    `Needed: ${wrongFields(parsed.error)
      .map((field) => rules[field])
      .join("; ")}.`,
  );
}

/** Finds the one that is meant, among those who are there. */
function find(people: StaffRecord[], words: string[]): StaffRecord {
  const who = words.join(" ").trim().toLowerCase();
  if (who === "") throw new CommandError(usage);
  const there = people.filter(({ endedAt }) => !endedAt);
  const matching = there.filter(({ id, name, email }) => [id, name.toLowerCase(), email?.toLowerCase()].includes(who));
  const [found, other] = matching;
  if (!found) throw new CommandError(`Nobody is called "${words.join(" ")}". See: npm run staff -- list`);
  if (other) throw new CommandError(`Several are called "${words.join(" ")}": say the id. See: npm run staff -- list`);
  return found;
}

function told(result: StaffChange, done: string): string {
  if (result.type === "done") return done;
  throw new CommandError(
    result.type === "unknown"
      ? "They are not there any more."
      : "This is the last administrator. Make another one first.",
  );
}
