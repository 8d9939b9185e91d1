import type { AnyMachineSnapshot, AnyStateMachine, EventObject } from "xstate";

type Action = { type: string; params?: unknown };
type Scope = Parameters<AnyStateMachine["transition"]>[2];

let actions: Action[] = [];
const nothing = () => {};
/** What XState's own `transition` hands to a machine, where no actor lives: the actions come to it and are not done. */
const inert = {
  self: {},
  system: { _sendInspectionEvent: nothing, _relay: nothing },
  id: "",
  sessionId: "",
  logger: nothing,
  defer: nothing,
  emit: nothing,
  stopChild: nothing,
  actionExecutor: (action: Action) => void actions.push(action),
} as unknown as Scope; // A flow that needed more of an actor than this is refused at load.

/**
 * The next snapshot, and the actions to be done: as XState's `transition`, which makes an actor for each call, at a third
 * of the cost of the whole.
 */
export function pureTransition(
  machine: AnyStateMachine,
  snapshot: AnyMachineSnapshot,
  event: EventObject,
): [next: AnyMachineSnapshot, actions: Action[]] {
  actions = [];
  const next: AnyMachineSnapshot = machine.transition(snapshot, event, inert);
  return [next, actions];
}
