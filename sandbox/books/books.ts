import type { SandboxClock } from '../clock.ts';
import type { SandboxConfig } from '../config.ts';
import type { DocStore } from '../store.ts';
import type { BooksApi } from './model.ts';

/** The books found in the store, or, on the first start, the sample companies or the book of SANDBOX_BOOK. */
export function openBooks(
  _store: DocStore,
  _clock: SandboxClock,
  _config: Pick<SandboxConfig, 'seed' | 'bookFile'>,
): { books: BooksApi; advance: (now: Date) => void } {
  throw new Error('being written');
}
