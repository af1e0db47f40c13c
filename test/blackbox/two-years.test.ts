import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readChanges } from '../../src/books/changes.job.ts';
import { getCompany } from '../../src/companies/company.store.ts';
import { addDays, type Day, day } from '../../src/domain/day.ts';
import type { Duly } from '../../src/platform/context.ts';
import { inCompany, inSystem } from '../../src/platform/db.ts';
import type { Ledger } from '../../src/ports/ledger.ts';
import { computeStale } from '../../src/receivables/compute-stale.job.ts';
import { tickOnce } from '../../src/tick-once.ts';
import { Api } from '../support/api.ts';
import { connect, type Provider } from '../support/connect.ts';
import { emailOnly } from '../support/email-only.ts';
import { composeIn } from '../support/in-process.ts';
import { openGate } from '../support/open-gate.ts';
import { World } from '../support/world.ts';

/*
 * The real book of ../shared/books, customer by customer in one of the two ledgers, on each of its days. The sandbox lets
 * happen what happened as the clock moves; the connectors read it over HTTP; only what follows on the positions (plan,
 * mails, notes) is left out here: real-book.test.ts lives through four of these months with all of it.
 */
const book = path.resolve('../shared/books/late-payments.csv');
const FIRST_DAY = day('2012-01-02');
/** The last payment comes on 2014-01-09. */
const LAST_DAY = day('2014-01-10');
const HOUR = '15:00:00Z';

/** A row of the ledger's own aged receivables. */
interface Aged {
  readonly customerId: string;
  readonly currency: string;
  readonly current: number;
  readonly credits: number;
  readonly total: number;
}

/** Per customer: what it owes less credits, and what of it is past due; minor units. */
type Sums = ReadonlyMap<string, readonly [total: number, pastDue: number]>;

interface Firm {
  readonly provider: Provider;
  readonly companyId: string;
  readonly booksId: string;
  readonly openBooks: () => Promise<Ledger>;
}

const run = existsSync(book) ? describe : describe.skip;
if (!existsSync(book)) process.stderr.write(`skipped: the real book is not at ${book}\n`);

run('the two years of the real book, half in each ledger', () => {
  let world: World;
  let duly: Duly;
  const firms: Firm[] = [];
  const differences: string[] = [];
  const daysThatOwed = new Map<Provider, number>();
  const mostPastDue = new Map<Provider, number>();

  /** A firm as it is connected, with what its vendor gave. How often vendors may be asked is shown elsewhere. */
  async function open(provider: Provider, ids: Omit<Firm, 'provider' | 'openBooks'>): Promise<Firm> {
    const vendor = duly.ledgers.get(provider);
    const row = await inSystem(duly.db, (tx) =>
      tx
        .selectFrom('connection')
        .innerJoin('token_set', 'token_set.token_set_id', 'connection.token_set_id')
        .select(['ledger_ref_enc', 'refresh_token_enc'])
        .where('connection.company_id', '=', ids.companyId)
        .executeTakeFirstOrThrow(),
    );
    if (vendor === undefined) throw new Error(`${provider} is no ledger`);
    const ledgerRef = duly.crypto.open(row.ledger_ref_enc);
    let refreshToken = duly.crypto.open(row.refresh_token_enc);
    // the access of yesterday is over
    const openBooks = async (): Promise<Ledger> => {
      const grant = await vendor.refresh(refreshToken);
      refreshToken = grant.refreshToken;
      return vendor.open(ledgerRef, async () => grant.accessToken, openGate);
    };
    return { provider, ...ids, openBooks };
  }

  async function read({ companyId, openBooks }: Firm): Promise<void> {
    await readChanges(duly, companyId, await openBooks(), [], false);
    await inCompany(duly.db, companyId, async (tx) =>
      computeStale(tx, await getCompany(tx, companyId), duly.clock.now(), duly),
    );
  }

  /** As stored: nothing is computed by the reading, so what changes by itself must have been computed in time. */
  async function ours({ companyId }: Firm): Promise<Sums> {
    const { rows } = await duly.pool.query<{ key: string; total: number; past_due: number; open: number }>(
      `select customer_id || ' ' || currency as key, open_minor - credits_minor as total, past_due_minor as past_due,
        open_minor as open from position where company_id = $1`,
      [companyId],
    );
    return new Map(
      rows
        .filter((row) => row.total !== 0 || row.open !== 0)
        .map((row) => [row.key, [row.total, row.past_due]]),
    );
  }

  async function theirs({ booksId }: Firm): Promise<Sums> {
    const rows = await world.control<Aged[]>('GET', `/companies/${booksId}/aged-receivables`);
    return new Map(
      rows.map((row) => [
        `${row.customerId} ${row.currency}`,
        [row.total, row.total + row.credits - row.current],
      ]),
    );
  }

  async function live(firm: Firm, today: Day): Promise<void> {
    const [stated] = await Promise.all([theirs(firm), read(firm)]);
    const own = await ours(firm);
    for (const key of new Set([...own.keys(), ...stated.keys()])) {
      const [mine, ledgers] = [own.get(key)?.join(), stated.get(key)?.join()];
      if (mine !== ledgers) differences.push(`${firm.provider} ${today} ${key}: ${mine}, not ${ledgers}`);
    }
    const late = [...stated.values()].filter(([, pastDue]) => pastDue > 0).length;
    if (stated.size > 0) daysThatOwed.set(firm.provider, (daysThatOwed.get(firm.provider) ?? 0) + 1);
    mostPastDue.set(firm.provider, Math.max(late, mostPastDue.get(firm.provider) ?? 0));
  }

  beforeAll(async () => {
    world = await World.start({ now: `${FIRST_DAY}T${HOUR}`, book, judged: false });
    duly = composeIn(world);
    const browser = world.browser();
    for (const provider of ['quickbooks', 'xero'] as const)
      firms.push(await open(provider, await connect(world, browser, provider)));
    for (const { companyId } of firms) await emailOnly(await Api.of(world, companyId));
    const { failedJobs } = await tickOnce(duly);
    if (failedJobs > 0) throw new Error('the first reading failed');
    for (let today = FIRST_DAY; today <= LAST_DAY; today = addDays(today, 1)) {
      await world.setNow(`${today}T${HOUR}`);
      await Promise.all(firms.map((firm) => live(firm, today)));
    }
  }, 600_000);

  afterAll(() => world.stop());

  it('total and past due of every customer are the ledger’s own, to the cent, on every day', () => {
    expect(differences).toEqual([]);
  });

  it('these were two years of a business: nearly every day somebody owed, and at times many were late', () => {
    for (const { provider } of firms) {
      expect(daysThatOwed.get(provider)).toBeGreaterThan(700);
      expect(mostPastDue.get(provider)).toBeGreaterThanOrEqual(10);
    }
  });
});
