import type { LawFile, Rule } from "./rule.ts";

/** Finds what rules name but the law's file does not have, and ids that come twice. One line per fault. */
export function lawReferenceFaults(law: Pick<LawFile, "switches" | "terms">, rules: Rule[]): string[] {
  const terms = new Set(law.terms.map((term) => term.id));
  return rules.flatMap((rule, index) => {
    const faults: string[] = [];
    if (rules.findIndex((other) => other.id === rule.id) !== index) faults.push("id: comes twice");
    for (const { switches } of [rule, ...(rule.any ?? [])]) {
      for (const id of Object.keys(switches ?? {})) {
        if (!Object.hasOwn(law.switches, id)) faults.push(`switches.${id}: no such switch in law.yaml`);
      }
    }
    for (const question of Object.keys(rule.when)) {
      if (rule.any?.some((alternative) => question in alternative)) faults.push(`any: repeats ${question} of when`);
    }
    for (const term of rule.propose.terms ?? []) {
      if (!terms.has(term)) faults.push(`propose.terms: no term "${term}" in law.yaml`);
    }
    if ((rule.valid_from ?? "") > (rule.valid_to ?? "9999")) faults.push("valid_to: is before valid_from");
    return faults.map((fault) => `rules "${rule.id}", ${fault}`);
  });
}
