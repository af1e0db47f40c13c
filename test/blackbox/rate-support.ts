import { openLedger } from '../../src/companies/ledger-access.store.ts';
import type { Duly } from '../../src/platform/context.ts';
import { LedgerError } from '../../src/platform/errors.ts';
import type { CallPurpose } from '../../src/ports/call-gate.ts';
import type { Browser } from '../support/browser.ts';
import type { World } from '../support/world.ts';

export type Vendor = 'intuit' | 'xero';

/** A request as the stand-in saw it. */
export interface Seen {
  readonly companyId: string | null;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly bytesOut: number;
  readonly inFlight: number;
}

export interface Books {
  readonly vendor: Vendor;
  readonly companyId: string;
  readonly booksId: string;
}

/** Connects the n-th company of the vendor, counted from 0. */
export async function connectNth(
  world: World,
  browser: Browser,
  vendor: Vendor,
  place: number,
): Promise<Books> {
  const all = await world.control<{ id: string; vendor: Vendor }[]>('GET', '/companies');
  const books = all.filter((row) => row.vendor === vendor)[place];
  if (books === undefined) throw new Error(`the sandbox has no company ${place} of ${vendor}`);
  const key = vendor === 'intuit' ? 'quickbooks' : 'xero';
  const consent = await browser.get(`/connect/${key}`);
  const answer =
    vendor === 'intuit' ? { decision: 'connect', realm: books.id } : { decision: 'allow', tenant: books.id };
  const arrived = await browser.submit(consent, '', answer);
  const companyId = /\/companies\/([0-9a-f-]{36})/.exec(arrived.url)?.[1];
  if (companyId === undefined) throw new Error(`connecting ended at ${arrived.url}: ${arrived.status}`);
  return { vendor, companyId, booksId: books.id };
}

/** Requests for these books' data, oldest first; asking for tokens is none. */
export async function seenOf(world: World, { vendor, booksId }: Books): Promise<readonly Seen[]> {
  const all = await world.control<Seen[]>(
    'GET',
    `/requests?${new URLSearchParams({ vendor, companyId: booksId })}`,
  );
  return all.filter((request) => !/token|connections/.test(request.path));
}

/** The requests for these books' data that something causes. */
export async function seenDuring(
  world: World,
  books: Books,
  act: () => Promise<unknown>,
): Promise<readonly Seen[]> {
  const before = (await seenOf(world, books)).length;
  await act();
  return (await seenOf(world, books)).slice(before);
}

/** One read of an invoice's notes; null, or the kind of the refusal. */
export async function readNotes(
  duly: Duly,
  books: Books,
  invoiceId: string,
  purpose: CallPurpose = 'send',
): Promise<string | null> {
  try {
    const { ledger } = await openLedger(duly, books.companyId, purpose);
    await ledger.notesOn(invoiceId);
    return null;
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return error.kind;
  }
}
