/**
 * Tells whoever waits for an address, by its hash in hexadecimal, that there is something to fetch. Losing one costs a
 * moment: pages look by themselves.
 */
export class Hints {
  readonly #listeners = new Map<string, Set<() => void>>();

  /** Calls the listener at each hint, until the returned function is called. */
  on(addressHash: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(addressHash) ?? new Set();
    this.#listeners.set(addressHash, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(addressHash);
    };
  }

  tell(addressHash: string): void {
    for (const listener of this.#listeners.get(addressHash) ?? []) listener();
  }
}
