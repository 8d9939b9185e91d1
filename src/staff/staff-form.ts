import { type StaffDetails, staffDetails, wrongFields } from "../domain/staff.ts";

/** A form's fields as the browser sends them. */
export type FormBody = { [name: string]: unknown };

/** What stands in the form about a colleague, as it was entered. */
export interface StaffEntries {
  name: string;
  showName: boolean;
  email: string;
  employer: string;
  team: string;
  languages: string[];
  roles: string[];
  share: string;
}

/** The entries checked, or which of them are wrong. */
export type StaffEntry =
  | { type: "right"; details: StaffDetails }
  | { type: "wrong"; fields: (keyof StaffDetails)[]; entries: StaffEntries };

/** Reads the form about a colleague. */
export function readStaffForm(body: FormBody, teams: string[]): StaffEntry {
  const entries: StaffEntries = {
    name: text(body.name),
    showName: body.showName !== undefined,
    email: text(body.email),
    employer: text(body.employer),
    team: text(body.team),
    languages: texts(body.languages),
    roles: texts(body.roles),
    share: text(body.share) || "100",
  };
  const parsed = staffDetails(teams).safeParse(entries);
  if (parsed.success) return { type: "right", details: parsed.data };
  return { type: "wrong", fields: wrongFields(parsed.error), entries };
}

/** What the form shows of a colleague's record. */
export function entriesOf(details: StaffDetails): StaffEntries {
  const { email, employer, team, share, ...same } = details;
  return { ...same, email: email ?? "", employer: employer ?? "", team: team ?? "", share: String(share) };
}

function text(given: unknown): string {
  return typeof given === "string" ? given.trim() : "";
}

function texts(given: unknown): string[] {
  return [given].flat().filter((one) => typeof one === "string");
}
