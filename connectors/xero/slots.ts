/** Lets at most `limit` pieces of work run at once; the others wait in the order they came. */
export class Slots {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.limit) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
    try {
      return await work();
    } finally {
      // the place is handed on, not given back, so nobody can slip in between
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
