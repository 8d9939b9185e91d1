import { setTimeout as sleep } from "node:timers/promises";
import { addStaff } from "../../../src/store/staff.ts";
import { makeStaffLink } from "../../../src/store/staff-sessions.ts";
import type { Instance } from "../instance.ts";
import type { Records } from "../judge-case.ts";

const patience = 60_000;

/** How the page answered. */
export interface Answer {
  status: number;
  page: string;
}

/** A member of staff at the staff page, who tries the same again when the service is gone. */
export class Clerk {
  readonly id: string;
  readonly name: string;
  readonly #url: string;
  #cookie = "";
  #csrf = "";
  /** Requests that got no answer, and were sent again. */
  repeats = 0;

  constructor(id: string, name: string, url: string) {
    this.id = id;
    this.name = name;
    this.#url = url;
  }

  /** Signs in by a link, and takes what forms carry from a page. */
  async signIn(link: string): Promise<void> {
    const token = new URL(link, this.#url).searchParams.get("token") ?? "";
    const answer = await this.#ask("/staff/sign-in", new URLSearchParams({ token }));
    this.#cookie = answer.cookie;
    this.#csrf = fieldOf((await this.get("/staff/cases")).page, "csrf");
  }

  get(path: string): Promise<Answer> {
    return this.#ask(path);
  }

  post(path: string, fields: { [name: string]: string }): Promise<Answer> {
    return this.#ask(path, new URLSearchParams({ csrf: this.#csrf, ...fields }));
  }

  async #ask(path: string, body?: URLSearchParams): Promise<Answer & { cookie: string }> {
    for (const end = Date.now() + patience; Date.now() < end; this.repeats++) {
      const answer = await this.#try(path, body);
      if (answer && answer.status < 500) return answer;
      await sleep(50);
    }
    throw new Error(`no answer from ${path.replace(/\?.*/, "")}`);
  }

  async #try(path: string, body: URLSearchParams | undefined): Promise<(Answer & { cookie: string }) | undefined> {
    try {
      const response = await fetch(`${this.#url}${path}`, {
        redirect: "manual",
        signal: AbortSignal.timeout(20_000),
        headers: { cookie: this.#cookie, origin: this.#url },
        ...(body && { method: "POST", body }),
      });
      const cookie = response.headers.get("set-cookie")?.split(";")[0] ?? "";
      return { status: response.status, page: await response.text(), cookie };
    } catch {
      // Killed meanwhile, or not there yet.
      return undefined;
    }
  }
}

/** Makes records of case managers of a team, and signs them in. */
export async function openOffice(instance: Instance, records: Records, team: string): Promise<[Clerk, Clerk]> {
  const hire = async (name: string) => {
    const id = await addStaff(records.pool, records.keyring, {
      ...{ name, showName: true, email: null, employer: null, languages: [], share: 100 },
      ...{ team, roles: ["case_manager"] },
    });
    const clerk = new Clerk(id, name, `http://127.0.0.1:${instance.port}`);
    await clerk.signIn((await makeStaffLink(records.pool, id, 600)) ?? "");
    return clerk;
  };
  return [await hire("Vera Vier"), await hire("Fritz Fünf")];
}

/** The value of a page's field; the first one of that name, after `from` where it is given. */
export function fieldOf(page: string, name: string, from = ""): string {
  const rest = page.slice(Math.max(0, page.indexOf(from)));
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(rest)?.[1] ?? "";
}
