import { type Permission, permissionsOf } from "../domain/permission.ts";
import type { Role } from "../domain/staff.ts";
import type { StaffTexts } from "./texts.ts";

/** A page in the header. */
export interface MenuLink {
  href: string;
  label: string;
  current: boolean;
}

/** The pages in the order in which they are offered; the first that somebody may use is where they start. */
const pages = ["cases", "figures", "campaigns", "people", "settings", "readings"] as const satisfies Permission[];

/** The pages that somebody with these roles may use. */
export function menuOf(texts: StaffTexts, roles: readonly Role[], path: string): MenuLink[] {
  const granted = permissionsOf(roles);
  return pages
    .filter((page) => granted.includes(page))
    .map((page) => {
      const href = `/staff/${page}`;
      return { href, label: texts(`menu.${page}`), current: path === href || path.startsWith(`${href}/`) };
    });
}

/** The page that somebody with these roles starts with. */
export function startOf(roles: readonly Role[]): string {
  const granted = permissionsOf(roles);
  return `/staff/${pages.find((page) => granted.includes(page)) ?? "me"}`;
}
