import fc from "fast-check";
import { expect, test } from "vitest";
import { type AgreementOf, agreementKey, isAllowed, type Purpose, purposes } from "../../src/domain/agreement.ts";

const withRecipient: Purpose[] = ["office", "confidentiality"];
const ofArbitrary: fc.Arbitrary<AgreementOf> = fc
  .tuple(fc.constantFrom(...purposes), fc.constantFrom("jobcenter", "kim"))
  .map(([purpose, recipient]) => (withRecipient.includes(purpose) ? { purpose, recipient } : { purpose }));
const eventArbitrary = fc
  .tuple(ofArbitrary, fc.constantFrom("given" as const, "refused" as const, "withdrawn" as const))
  .map(([of, state]) => ({ ...of, state }));

test("what is allowed follows the last event of each purpose and recipient, and of the intake that carries it", () => {
  fc.assert(
    fc.property(fc.array(eventArbitrary, { maxLength: 40 }), ofArbitrary, (events, of) => {
      // Told step by step: what each event switches on and off.
      const allowed = new Set<string>();
      for (const event of events) {
        if (event.state === "given") allowed.add(agreementKey(event));
        else allowed.delete(agreementKey(event));
        if (event.purpose !== "intake") continue;
        if (event.state === "given") for (const key of ["contact", "reminders"]) allowed.add(key);
        else
          for (const key of allowed) if (/^(contact|reminders|office:|confidentiality:)/.test(key)) allowed.delete(key);
      }
      expect(isAllowed(events, of)).toBe(allowed.has(agreementKey(of)));
    }),
  );
});

test("an event of one office says nothing of another", () => {
  const events = [{ purpose: "office" as const, recipient: "jobcenter", state: "given" as const }];
  expect(isAllowed(events, { purpose: "office", recipient: "jobcenter" })).toBe(true);
  expect(isAllowed(events, { purpose: "office", recipient: "kim" })).toBe(false);
  expect(isAllowed(events, { purpose: "confidentiality", recipient: "jobcenter" })).toBe(false);
});
