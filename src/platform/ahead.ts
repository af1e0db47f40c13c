/** A source whose next element can be prepared while the present one is still being used. */
export interface Ahead<T> extends AsyncIterable<T, undefined> {
  /** Asks for the element after the present one; harmless when asked twice, or never. */
  readonly prepare: () => void;
}

/**
 * Reads `source` at most one element ahead of its user, and only when told to. What fails while it is being prepared is
 * thrown where the element would have come. When the user stops early, what is being prepared is waited for, so that
 * nothing goes on unseen.
 */
export function ahead<T>(source: AsyncIterable<T>): Ahead<T> {
  const iterator = source[Symbol.asyncIterator]();
  let coming: Promise<IteratorResult<T>> | null = null;
  const ask = (): Promise<IteratorResult<T>> => {
    if (coming === null) {
      coming = iterator.next();
      // heard of in its turn, below
      coming.catch(() => undefined);
    }
    return coming;
  };
  async function* inTurn(): AsyncGenerator<T, undefined> {
    try {
      while (true) {
        const next = await ask();
        if (next.done === true) return;
        coming = null;
        yield next.value;
      }
    } finally {
      await coming?.catch(() => undefined);
      await iterator.return?.();
    }
  }
  return { prepare: () => void ask(), [Symbol.asyncIterator]: inTurn };
}
