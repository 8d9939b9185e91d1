import type { AnyMachineSnapshot, AnyStateMachine } from "xstate";
import type { Context, FlowEvent, Given } from "../../flows/conversation.ts";
import { flows } from "../../flows/index.ts";
import type { Question } from "../../flows/question.ts";
import type { Answers, Effect, Request } from "../domain/effect.ts";
import type { Choice, Prompt } from "../domain/prompt.ts";
import type { Position } from "../domain/session.ts";
import { pureTransition } from "./pure-transition.ts";

/** A position that another release wrote and this one can't read: a newer version, or a state that is gone. */
export class NewerPositionError extends Error {
  override name = "NewerPositionError";
}

export type Act = Effect | { type: "request"; params: Request };

export interface Move {
  position: Position;
  /** What the flow asks for, in order. */
  acts: Act[];
  done: boolean;
}

/** The position of a flow that has not begun: it waits for `open`. */
export function startOf(flow: string, answers: Answers = {}): Position {
  return { flow, version: versionOf(flow), value: "start", context: { answers } };
}

/** Reads a stored position, carried over to this release where an older one wrote it. */
export function readPosition(stored: Position): Position {
  const version = versionOf(stored.flow);
  const position = stored.version < version ? flows[stored.flow]?.upgrade?.(stored) : stored;
  if (position?.version !== version || !stateOf(position)) {
    throw new NewerPositionError(`flow ${stored.flow}, version ${stored.version}: not known to this release`);
  }
  return position;
}

/** Moves a flow by one event. Pure: what it asks for is returned, not carried out. */
export function move(position: Position, event: FlowEvent): Move {
  const machine = machineOf(position.flow);
  const snapshot: AnyMachineSnapshot = machine.resolveState({
    value: position.value as string,
    context: position.context as Context,
  });
  const [next, actions] = pureTransition(machine, snapshot, event);
  if (next.status === "error") throw next.error;
  return {
    position: { ...position, value: next.value, context: next.context },
    acts: actions.map(toAct),
    done: next.status === "done",
  };
}

/** The question that a position waits with. */
export function questionOf(position: Position): Question | undefined {
  return stateOf(position)?.meta?.question;
}

/** The choices of a question at a position, all pages. */
export function choicesOf(question: Question, position: Position, given: Given): Choice[] {
  const { choices = [] } = question;
  return typeof choices === "function"
    ? choices(position.context as Context, given)
    : choices.map((value) => ({ value }));
}

/** What is said to ask a position's question, also again: made anew each time, in any language. */
export function promptOf(question: Question, position: Position, given: Given): Prompt {
  const context = position.context as Context;
  const values = question.values?.(context, given);
  return {
    key: question.key,
    ...(values && Object.keys(values).length > 0 && { values }),
    ...(question.choices && { choices: choicesOf(question, position, given) }),
    ...(question.several !== undefined && { chosen: [context.answers[question.several] ?? []].flat() }),
    ...(question.open && { open: true }),
    ...(context.page && { page: context.page }),
    ...(question.progress && { progress: question.progress }),
    ...(question.private && { private: true }),
  };
}

function toAct({ type, params }: { type: string; params?: unknown }): Act {
  // XState's own: raise, send and spawn need a live actor.
  if (type.startsWith("xstate.")) throw new Error(`a flow asks for ${type}`);
  return { type, params } as Act;
}

function machineOf(flow: string): AnyStateMachine {
  const machine = flows[flow]?.machine;
  if (!machine) throw new NewerPositionError(`flow ${flow}: not known to this release`);
  return machine;
}

function versionOf(flow: string): number {
  return Number(machineOf(flow).version);
}

function stateOf({ flow, value }: Position) {
  const { states } = machineOf(flow);
  return typeof value === "string" && Object.hasOwn(states, value) ? states[value] : undefined;
}
