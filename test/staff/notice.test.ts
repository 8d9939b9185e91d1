import fc from "fast-check";
import { expect, test } from "vitest";
import type { NoticeCase } from "../../src/domain/case.ts";
import { claimNotice, staffName } from "../../src/staff/claim.ts";
import { erasedCard, makeCard, roomsFor } from "../../src/staff/notice.ts";
import { german, jobcenterProposal, place } from "./stage.ts";

const found: NoticeCase = {
  code: "K7-42M",
  municipality: "delbrueck",
  language: "uk",
  interpreter: "uk",
  needs: ["benefits", "language"],
  priority: "high",
  submittedAt: new Date(5000),
  callAskedAt: null,
  withdrawnAt: null,
  claimedBy: null,
  proposals: [
    jobcenterProposal,
    { ...jobcenterProposal, rule: "other" },
    { ...jobcenterProposal, authority: "kim", office: "kim" },
  ],
};

const minimal = {
  code: "K7-42M",
  municipality: "Delbrück",
  language: "uk",
  interpreter: "uk",
  priority: "high",
  submittedAt: 5000,
};

test("shows a room with little detail nothing that says what the person needs", () => {
  expect(makeCard(place, found, "minimal")).toEqual({ type: "card", language: "de", card: minimal });
});

test("adds needs and the offices by name, each once, for triage; never reasons or legal areas", () => {
  const { card } = makeCard(place, found, "triage");
  expect(card).toEqual({
    ...minimal,
    needs: ["benefits", "language"],
    offices: ["Jobcenter Kreis Paderborn", "KIM Kreis Paderborn"],
  });
  expect(JSON.stringify(card)).not.toMatch(/sgb2|ua_before|§/);
});

test("leaves out what is not known, and an office that the place does not name", () => {
  const bare = {
    ...found,
    municipality: null,
    interpreter: null,
    proposals: [{ ...jobcenterProposal, office: "gone" }],
  };
  expect(makeCard(place, bare, "triage").card).toEqual({
    code: "K7-42M",
    language: "uk",
    priority: "high",
    submittedAt: 5000,
    needs: ["benefits", "language"],
    offices: [],
  });
});

test("marks who asked to be called before what is new, and shows who has it", () => {
  expect(makeCard(place, found, "minimal", true).card.flag).toBe("changed");
  const called = { ...found, callAskedAt: new Date(), claimedBy: "Anna" };
  expect(makeCard(place, called, "minimal", true).card).toMatchObject({ flag: "call", claimedBy: "Anna" });
});

test("tells the rooms of the team and those of all teams", () => {
  const rooms = [{ team: "nord" }, { team: null }, { team: "sued" }];
  expect(roomsFor(rooms, "nord")).toEqual([{ team: "nord" }, { team: null }]);
});

test("keeps the answer to a press within Telegram's 200 characters, whatever the colleague's name", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (given) => {
      const name = staffName(given);
      expect(name).not.toBe("");
      expect(name).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      const notice = claimNotice(german, "K7-42M", { type: "taken", by: name, at: new Date() });
      expect(notice.length).toBeLessThanOrEqual(200);
    }),
  );
});

test("of an erased case a card has the code, and whether the person asked or the period was over", () => {
  const left = { code: "K7-42M", language: "de", priority: "normal", submittedAt: 5000, erased: true };
  expect(erasedCard(found).card).toEqual(left);
  expect(erasedCard(found, true).card).toEqual({ ...left, expired: true });
});
