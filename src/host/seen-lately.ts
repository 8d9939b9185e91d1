/** Ids of the latest messages that this process committed, so that most repeats need no look at the database. */
export class SeenLately {
  #now = new Set<string>();
  #before = new Set<string>();
  readonly #size: number;

  constructor(size = 20_000) {
    this.#size = size;
  }

  has(id: string): boolean {
    return this.#now.has(id) || this.#before.has(id);
  }

  add(id: string): void {
    this.#now.add(id);
    if (this.#now.size < this.#size) return;
    this.#before = this.#now;
    this.#now = new Set();
  }
}
