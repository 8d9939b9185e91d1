import { claimNotice } from "../../src/staff/claim.ts";
import { staffTexts } from "../../src/staff/texts.ts";
import { loadTexts } from "../../src/texts.ts";
import type { TelegramDouble } from "../doubles/telegram/index.ts";
import type { SeenMessage } from "../doubles/telegram/verbs/observe.ts";
import { codeIn } from "../walks/code.ts";
import type { Records } from "./judge-case.ts";
import type { Verdict } from "./verdict.ts";

const texts = staffTexts(loadTexts());

/** Compares the group's cards and the answers to "claim" with the cases: each shown, each claimed once, by who was told so. */
export async function judgeCards(
  verdict: Verdict,
  telegram: TelegramDouble,
  records: Records,
  group: number,
  staff: ReadonlyMap<number, string>,
): Promise<void> {
  const { messages, presses } = telegram.transcript({ chat: group });
  const cards = Map.groupBy(
    messages.filter(({ from }) => from === "bot"),
    ({ text }) => codeIn(text) ?? "",
  );
  const { rows } = await records.pool.query<{ code: string; claimed_by: string | null; claims: number }>(
    `SELECT f.code, f.claimed_by, count(e.id)::int AS claims FROM case_file f
      LEFT JOIN case_event e ON e.case_id = f.id AND e.kind = 'claimed' GROUP BY f.id`,
  );
  for (const { code, claimed_by: winner, claims } of rows) {
    const shown = cards.get(code) ?? [];
    verdict.repeatedCards += Math.max(0, shown.length - 1);
    judgeCard(verdict, code, shown, winner);
    if (claims !== (winner === null ? 0 : 1))
      verdict.add(claims > 1 ? "doubled" : "lost", `${code}: claimed ${claims} times`);
    const won = claimNotice(texts, code, { type: "claimed", lanes: [] });
    const told = presses.filter(({ answer }) => answer?.text === won).map(({ user }) => staff.get(user));
    const wrong = told.find((name) => name !== winner);
    if (wrong !== undefined) verdict.add("altered", `${code}: ${wrong} was told to have it, but ${winner} has`);
    if (winner !== null && told.length === 0) verdict.add("lost", `${code}: the winner was not told`);
  }
  const known = new Set(rows.map(({ code }) => code));
  for (const code of cards.keys()) if (!known.has(code)) verdict.add("altered", `a card of no case: ${code}`);
}

/** One of the cards is up to date; those that came again after a crash may stay behind, but show nobody else. */
function judgeCard(verdict: Verdict, code: string, shown: SeenMessage[], winner: string | null): void {
  const isOpen = ({ buttons }: SeenMessage) => buttons.flat().some(({ data }) => data === `claim:${code}`);
  const isRight = (card: SeenMessage) => (winner === null ? isOpen(card) : !isOpen(card) && card.text.includes(winner));
  if (shown.length === 0) verdict.add("lost", `${code}: no card`);
  else if (!shown.some(isRight))
    verdict.add("lost", `${code}: none of ${shown.length} cards shows ${winner ?? "nobody"}`);
  if (shown.some((card) => !isRight(card) && !isOpen(card)))
    verdict.add("altered", `${code}: a card shows somebody else`);
}
