import { readChanges } from '../../src/books/changes.job.ts';
import { createApiKey } from '../../src/companies/api-key.store.ts';
import { addDays, type Day } from '../../src/domain/day.ts';
import { touchDone } from '../../src/dunning/done.store.ts';
import { plan } from '../../src/dunning/plan.job.ts';
import { inSystem } from '../../src/platform/db.ts';
import { getDocument, saveDocument } from '../../src/policies/document.store.ts';
import type { PresetKey } from '../../src/policies/document.ts';
import { presets } from '../../src/policies/presets/presets.ts';
import type { LedgerProvider } from '../../src/ports/ledger.ts';
import { setHold } from '../../src/receivables/hold.store.ts';
import { reconcileCompany } from '../../src/receivables/reconcile.job.ts';
import { buildServer } from '../../src/web/server.ts';
import type { TestDatabase } from '../support/database.ts';
import { Workshop } from '../support/workshop.ts';
import { RealLedger } from './real-ledger.ts';

/** What is said to whom: the same for the dry run and for what was made. */
export interface Said {
  readonly customerId: string;
  readonly currency: string;
  readonly stepKey: string;
  readonly channel: string;
  readonly ask: { readonly minor: number };
  readonly invoices: readonly {
    readonly invoiceId: string;
    readonly stepKey: string;
    readonly open: { readonly minor: number };
  }[];
}

/** To whom, which step, over which channel, for how much and about which invoices. */
export function inOneLine({ customerId, currency: code, stepKey, channel, ask, invoices }: Said): string {
  const about = invoices.map((each) => `${each.invoiceId}:${each.stepKey}:${each.open.minor}`).sort();
  return `${customerId} ${stepKey} ${channel} ${ask.minor} ${code}: ${about.join(' ')}`;
}

/** How many rows each table has, and which transaction wrote last in it. */
export async function tracesOf(database: Pick<TestDatabase, 'pool'>): Promise<unknown> {
  const { rows: tables } = await database.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const each = tables.map(
    ({ name }) =>
      `select '${name}' as name, count(*)::int as count, max(xmin::text::bigint)::text as last from ${name}`,
  );
  // several workers of the database may answer in any order
  return (await database.pool.query(`${each.join(' union all ')} order by name`)).rows;
}

/** One preset over the whole real book, day by day: each is first told by the dry run and then lived. */
export class Rehearsal {
  readonly #workshop: Workshop;
  readonly #ledger: RealLedger;
  readonly #database: TestDatabase;
  readonly #get: (address: string) => Promise<unknown>;
  #disputedUntil: Day | null = null;
  /** Touches told and made, by channel. */
  readonly made = new Map<string, number>();
  readonly wrong: string[] = [];

  private constructor(
    workshop: Workshop,
    ledger: RealLedger,
    database: TestDatabase,
    get: (address: string) => Promise<unknown>,
  ) {
    this.#workshop = workshop;
    this.#ledger = ledger;
    this.#database = database;
    this.#get = get;
  }

  static async open(
    database: TestDatabase,
    file: string,
    preset: PresetKey,
    firstDay: Day,
  ): Promise<Rehearsal> {
    const workshop = await Workshop.open(database);
    const { companyId, duly } = workshop;
    const ledger = new RealLedger(file, firstDay);
    (duly.ledgers as Map<string, LedgerProvider>).set('fake', ledger.provider());
    workshop.at(`${firstDay}T18:00:00Z`);
    await workshop.within(async (tx) => {
      const { version } = await getDocument(tx, companyId);
      await saveDocument(
        tx,
        companyId,
        { expectedVersion: version, document: presets[preset] },
        'Maria Lopez',
        workshop.now(),
      );
    });
    const key = await inSystem(duly.db, (tx) => createApiKey(tx, companyId, 'test', workshop.now()));
    const app = await buildServer(duly);
    const get = async (address: string): Promise<unknown> => {
      const answer = await app.inject({
        url: `/api/v1/companies/${companyId}${address}`,
        headers: { authorization: `Bearer ${key}` },
      });
      if (answer.statusCode !== 200) throw new Error(`${address}: ${answer.statusCode} ${answer.body}`);
      return JSON.parse(answer.body);
    };
    return new Rehearsal(workshop, ledger, database, get);
  }

  async day(today: Day): Promise<void> {
    const { companyId, duly } = this.#workshop;
    this.#workshop.at(`${today}T18:00:00Z`);
    this.#ledger.advance(today);
    await readChanges(duly, companyId, this.#ledger);
    if (this.#disputedUntil === null) await this.#database.pool.query('analyze');
    await this.#dispute(today);
    await reconcileCompany(duly, { companyId });
    const told = await this.#tell(today);
    await plan(duly, { companyId });
    await this.#release();
    await this.#workshop.deliver();
    await this.#doTasks();
    const lived = await this.#lived(today);
    if (JSON.stringify(told) !== JSON.stringify(lived))
      this.wrong.push(`${today}: told ${JSON.stringify(told)}, made ${JSON.stringify(lived)}`);
  }

  /** The dry run of the day, through the API; it must leave no trace. */
  async #tell(today: Day): Promise<readonly string[]> {
    const before = JSON.stringify(await tracesOf(this.#database));
    const { from, items } = (await this.#get('/preview?days=1')) as { from: Day; items: readonly Said[] };
    if (from !== today) this.wrong.push(`${today}: told of ${from}`);
    if (JSON.stringify(await tracesOf(this.#database)) !== before)
      this.wrong.push(`${today}: the dry run wrote`);
    return items.map(inOneLine).sort();
  }

  async #dispute(today: Day): Promise<void> {
    const invoiceIds = this.#ledger.disputed(this.#disputedUntil, today);
    this.#disputedUntil = today;
    const { companyId } = this.#workshop;
    const said = {
      kind: 'dispute',
      scope: 'invoice',
      reason: 'disputed',
      setBy: 'Maria Lopez',
      startsOn: today,
    } as const;
    await this.#workshop.within(async (tx) => {
      for (const invoiceId of invoiceIds)
        await setHold(tx, companyId, { ...said, category: 'other', invoiceId }, this.#workshop.now());
    });
  }

  /** A person releases what waits for one. */
  async #release(): Promise<void> {
    await this.#workshop.within((tx) =>
      tx
        .updateTable('touch')
        .set({ state: 'approved', approved_at: this.#workshop.now(), approved_by: 'Maria Lopez' })
        .where('company_id', '=', this.#workshop.companyId)
        .where('state', '=', 'awaiting_approval')
        .execute(),
    );
  }

  /** A person makes the calls and posts the letters. */
  async #doTasks(): Promise<void> {
    const tasks = (await this.#workshop.touches()).filter(
      (touch) => touch.state === 'approved' && ['call', 'letter'].includes(touch.channel),
    );
    for (const task of tasks)
      await this.#workshop.within((tx) =>
        touchDone(
          tx,
          this.#workshop.companyId,
          task.touch_id,
          { result: 'reached' },
          'Maria Lopez',
          this.#workshop.now(),
        ),
      );
  }

  async #lived(today: Day): Promise<readonly string[]> {
    const from = `${today}T00:00:00Z`;
    const until = `${addDays(today, 1)}T00:00:00Z`;
    const { rows } = await this.#database.pool.query<{ said: Said; channel: string }>(
      `select t.channel, json_build_object('customerId', t.customer_id, 'currency', t.currency, 'stepKey', t.step_key,
          'channel', t.channel, 'ask', json_build_object('minor', t.ask_minor), 'invoices', (
            select json_agg(json_build_object('invoiceId', i.invoice_id, 'stepKey', i.step_key,
              'open', json_build_object('minor', i.open_minor)))
            from touch_invoice i where i.company_id = t.company_id and i.touch_id = t.touch_id)) as said
        from touch t where t.company_id = $1 and t.state = 'sent' and t.sent_at >= $2 and t.sent_at < $3`,
      [this.#workshop.companyId, from, until],
    );
    for (const { channel } of rows) this.made.set(channel, (this.made.get(channel) ?? 0) + 1);
    return rows.map(({ said }) => inOneLine(said)).sort();
  }
}

/** The days of a stretch on which anything may leave at all. */
export function weekdays(from: Day, days: number): readonly Day[] {
  return Array.from({ length: days }, (_, index) => addDays(from, index)).filter(
    (each) => ![0, 6].includes(new Date(`${each}T00:00:00Z`).getUTCDay()),
  );
}
