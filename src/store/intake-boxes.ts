import type { IntakeAnswers } from "../domain/answers.ts";
import type { Proposal } from "../domain/triage.ts";
import { type Key, seal, unseal } from "./seal.ts";

/** Seals the answers of one version of a case's intake. */
export function sealAnswers(key: Key, caseId: string, version: number, answers: IntakeAnswers): Buffer {
  return seal(key, `intake:${caseId}:${version}:answers`, JSON.stringify(answers));
}

/** Opens what `sealAnswers` made. */
export function unsealAnswers(key: Key, caseId: string, version: number, box: Uint8Array): IntakeAnswers {
  return JSON.parse(unseal(key, `intake:${caseId}:${version}:answers`, box)) as IntakeAnswers;
}

/** Seals what was proposed for one version of a case's intake. */
export function sealProposals(key: Key, caseId: string, version: number, proposals: Proposal[]): Buffer {
  return seal(key, `intake:${caseId}:${version}:proposals`, JSON.stringify(proposals));
}

/** Opens what `sealProposals` made. */
export function unsealProposals(key: Key, caseId: string, version: number, box: Uint8Array): Proposal[] {
  return JSON.parse(unseal(key, `intake:${caseId}:${version}:proposals`, box)) as Proposal[];
}
