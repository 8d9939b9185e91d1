/** What somebody may do. One person may have several. */
export const roles = ["case_manager", "coordinator", "abh", "ebh", "administrator"] as const;
export type Role = (typeof roles)[number];

/** Who did something to a case: a stable id (`staff:<uuid>`, `<channel>:<user id>`) and the name shown to colleagues. */
export interface Actor {
  id: string;
  name: string;
}
