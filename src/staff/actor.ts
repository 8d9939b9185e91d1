import type { Actor } from "../domain/staff.ts";
import type { StaffMember } from "../store/staff-sessions.ts";

/** Who acts, as the history of a case names them. */
export const actorOf = ({ id, name }: Pick<StaffMember, "id" | "name">): Actor => ({ id: `staff:${id}`, name });
