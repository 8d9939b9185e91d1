/** Tells whoever waits for an address that there is something to fetch. Losing one costs a moment: pages look by themselves. */
export class Hints {
  readonly #listeners = new Map<string, Set<() => void>>();

  /** Calls the listener at each hint, until the returned function is called. */
  on(address: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(address) ?? new Set();
    this.#listeners.set(address, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(address);
    };
  }

  tell(address: string): void {
    for (const listener of this.#listeners.get(address) ?? []) listener();
  }
}
