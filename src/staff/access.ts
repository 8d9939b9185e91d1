import type { Permission } from "../domain/permission.ts";
import type { CasePart } from "../store/readings.ts";

/** What a route needs: a permission; or to see the case in its path, of which it shows `reads`. */
export type Access = Permission | { reads: CasePart[] };

/** Who may use which route behind the sign-in. What is not listed here is refused to everybody. */
export const access: { [route: string]: Access } = {
  "GET /": "self",
  "POST /sign-out": "self",
  "GET /me": "self",
  "POST /me/absence": "self",
  "POST /me/sessions/end": "self",

  "GET /cases": "cases",
  "GET /events": "cases",
  "POST /notices/seen": "cases",
  "GET /cases/:code": { reads: ["proposals", "answers", "talk"] },
  "POST /cases/:code": { reads: [] },
  "GET /cases/:code/tell/:decision": { reads: ["proposals"] },
  "GET /cases/:code/print/agreement": { reads: ["print"] },
  "POST /cases/:code/claim": { reads: [] },
  "GET /cases/:code/talk": { reads: ["talk"] },
  "POST /cases/:code/talk": { reads: ["talk"] },
  "POST /cases/:code/talk/end": { reads: ["talk"] },

  "GET /cases/:code/referrals/new": { reads: ["referral"] },
  "POST /cases/:code/referrals": { reads: ["referral"] },
  "GET /cases/:code/referrals/:id/sheet": { reads: ["referral"] },
  "POST /cases/:code/referrals/:id/handed-over": { reads: [] },

  "GET /figures": "figures",
  "GET /campaigns": "campaigns",

  "GET /people": "people",
  "GET /people/new": "people",
  "POST /people/new": "people",
  "GET /people/:id": "people",
  "POST /people/:id": "people",
  "POST /people/:id/absence": "people",
  "POST /people/:id/link": "people",
  "POST /people/:id/end": "people",
  "POST /people/:id/sessions/end": "people",
  "GET /settings": "settings",
  "GET /readings": "readings",
};
