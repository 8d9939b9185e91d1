import type { StaffRecord } from "../store/staff.ts";
import { makeStaffLink } from "../store/staff-sessions.ts";
import { germanName } from "./german.ts";
import type { StaffSite } from "./site.ts";

/** A day: long enough for an e-mail to be read, short enough for one that is forgotten in a chat. */
export const linkSeconds = 24 * 60 * 60;

/** How a link reached somebody: by e-mail, or to be handed over by whoever made it. */
export type SentLink =
  | { type: "mailed" }
  | { type: "shown"; link: string; why: "noMail" | "noAddress" | "mailFailed" }
  | { type: "unknown" };

/** Makes a link that signs a colleague in, and sends it where that is possible. */
export async function sendLink(
  { pool, publicUrl, mail, texts, place }: Pick<StaffSite, "pool" | "publicUrl" | "mail" | "texts" | "place">,
  { id, name, email }: Pick<StaffRecord, "id" | "name" | "email">,
): Promise<SentLink> {
  const path = await makeStaffLink(pool, id, linkSeconds);
  if (path === undefined) return { type: "unknown" };
  const link = `${publicUrl}${path}`;
  if (!mail || email === null) return { type: "shown", link, why: mail ? "noAddress" : "noMail" };
  const values = { name, link, place: germanName(place.name) };
  try {
    await mail.send({ to: email, subject: texts("mail.link.subject", values), text: texts("mail.link.body", values) });
  } catch {
    // The mailer has logged why; the link works all the same.
    return { type: "shown", link, why: "mailFailed" };
  }
  return { type: "mailed" };
}
