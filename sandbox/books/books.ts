import { readFileSync } from 'node:fs';
import type { SandboxClock } from '../clock.ts';
import type { SandboxConfig } from '../config.ts';
import type { DocStore } from '../store.ts';
import { advanceBooks, loadBook } from './book.ts';
import { BookFileError, readBook } from './csv.ts';
import { customers } from './customers.ts';
import { Desk } from './desk.ts';
import { invoices } from './invoices.ts';
import { type BooksApi, BooksError, type SandboxCompany } from './model.ts';
import { money } from './money.ts';
import { readings } from './readings.ts';
import { generate } from './sample.ts';
import { larkspur, tideline } from './sample-names.ts';

/** The books over a desk. */
export function booksOf(desk: Desk): BooksApi {
  return {
    ...readings(desk),
    ...customers(desk),
    ...invoices(desk),
    ...money(desk),
    addCompany: (company: SandboxCompany) => {
      if (desk.companies().has(company.id))
        throw new BooksError('invalid', `There is a company ${company.id} already`);
      desk.putCompany({ ...company });
    },
    updateCompany: (companyId: string, change: Partial<SandboxCompany>) => {
      const next: Record<string, unknown> = { ...desk.company(companyId), ...change, id: companyId };
      for (const key of Object.keys(next)) if (next[key] === undefined) delete next[key];
      desk.putCompany(next as unknown as SandboxCompany);
    },
    onEvent: (listener) => desk.onEvent(listener),
  };
}

/** The books found in the store, or, on the first start, the sample companies or the book of SANDBOX_BOOK. */
export function openBooks(
  store: DocStore,
  clock: SandboxClock,
  config: Pick<SandboxConfig, 'seed' | 'bookFile'>,
): { books: BooksApi; advance: (now: Date) => void } {
  const desk = new Desk(store, clock, config.seed);
  const books = booksOf(desk);
  if (desk.companies().size === 0) {
    // one transaction for everything: a process that is killed here starts from nothing the next time
    desk.write(() => {
      if (config.bookFile !== undefined) {
        loadBook(desk, books, readBook(readBookFile(config.bookFile)), config.seed);
      } else {
        for (const sample of [larkspur, tideline]) generate(desk, books, sample, config.seed);
      }
    });
  }
  const advance = (now: Date) => advanceBooks(desk, books, now);
  advance(clock.now());
  return { books, advance };
}

function readBookFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new BookFileError([`SANDBOX_BOOK can't be read: ${(error as Error).message}`]);
  }
}
