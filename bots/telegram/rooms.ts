import type { Log } from "../../src/domain/log.ts";
import type { Troubles } from "./trouble.ts";

/**
 * The staff's group: its address in our settings, and its id on Telegram. The two differ once the group has become a
 * supergroup, until the setting is changed.
 */
export class Rooms {
  readonly #staff: { address: string; id: number } | undefined;
  readonly #troubles: Troubles;
  readonly #log: Log;

  constructor(staffChat: number | undefined, troubles: Troubles, log: Log) {
    this.#staff = staffChat === undefined ? undefined : { address: String(staffChat), id: staffChat };
    this.#troubles = troubles;
    this.#log = log;
  }

  /** The chat to write to: of a group its newest id, of a person the address itself. */
  idOf(address: string): number {
    return this.#staff?.address === address ? this.#staff.id : Number(address);
  }

  /** The address of the staff's group; undefined for any other chat. */
  addressOf(id: number): string | undefined {
    return this.#staff?.id === id ? this.#staff.address : undefined;
  }

  /** Goes on with the group's new id. False for a group that is not the staff's. */
  move(address: string, to: number): boolean {
    if (this.#staff?.address !== address) return false;
    if (this.#staff.id === to) return true;
    this.#staff.id = to;
    this.#log.warn(`Telegram, staff group: it has become a supergroup; set TELEGRAM_STAFF_CHAT=${to}`);
    this.#troubles.set("staff group's id", "the staff group has a new id, which the log tells");
    return true;
  }
}

/** Tells a group's address from a person's: Telegram's ids of groups are negative. */
export function isRoom(address: string): boolean {
  return address.startsWith("-");
}
