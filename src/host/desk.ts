import type { NoticeCase } from "../domain/case.ts";
import type { FiledCase } from "../store/filed-cases.ts";

/** What turns need to know of staff's rooms. Made by `src/staff`, handed in. */
export interface Desk {
  /** The rooms as they were read last, by `knownRooms`; a commit with cards proves it. */
  readonly rooms: string;
  /** The cards of a new case, for the rooms that are told of its team's. */
  cardsOf(found: NoticeCase, team: string): FiledCase["cards"];
  /** Reads the rooms again. */
  refresh(): Promise<void>;
  /** Tells staff's pages that cases changed. After the commit. */
  announce(): void;
}
