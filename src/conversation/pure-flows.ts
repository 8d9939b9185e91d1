import { flows } from "../../flows/index.ts";

/** Throws when a flow needs a live actor: between two messages there is none. Called once, at load. */
export function checkFlows(): void {
  for (const [id, { machine, upgrade }] of Object.entries(flows)) {
    const fault = (text: string) => new Error(`flow ${id}: ${text}`);
    if (machine.id !== id) throw fault(`its machine is called ${machine.id}`);
    const version = Number(machine.version);
    if (!(Number.isInteger(version) && version >= 1)) throw fault("has no whole number as its version");
    if (version > 1 && !upgrade) throw fault("says not how older positions are carried over");
    for (const [name, state] of Object.entries(machine.states)) {
      if (state.type === "compound" || state.type === "parallel") throw fault(`${name}: states inside of states`);
      if (state.config.invoke || state.config.after) throw fault(`${name}: invoke and after need a live actor`);
    }
  }
}
