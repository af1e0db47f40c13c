import { readChanges } from '../../src/books/changes.job.ts';
import { applyPage } from '../../src/books/mirror.store.ts';
import { saveCursor } from '../../src/books/sync-state.store.ts';
import { setMode } from '../../src/companies/company.store.ts';
import { deliver } from '../../src/delivery/deliver.job.ts';
import { plan } from '../../src/dunning/plan.job.ts';
import type { TouchRow } from '../../src/dunning/touch.store.ts';
import { saveBrand } from '../../src/messages/brand.store.ts';
import { writeNotes } from '../../src/notes/write-notes.job.ts';
import { readConfig } from '../../src/platform/config.ts';
import { type Duly, newTally } from '../../src/platform/context.ts';
import { makeCrypto } from '../../src/platform/crypto.ts';
import { inCompany, inSystem, openPreparedDb, type Tx } from '../../src/platform/db.ts';
import { newId } from '../../src/platform/ids.ts';
import { makeLog } from '../../src/platform/log.ts';
import { ensurePolicy } from '../../src/policies/document.store.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import { reconcileCompany } from '../../src/receivables/reconcile.job.ts';
import { larkspur } from '../messages/samples.ts';
import { addCompany } from './company.ts';
import type { TestDatabase } from './database.ts';
import { FakeLedger, FakeMailer } from './fakes.ts';
import { booksPage } from './values.ts';

type Mode = 'preview' | 'approve' | 'autopilot';

/** One connected company in Oregon with everything that the stages need, a fake ledger, a fake mailer and a clock. */
export class Workshop {
  readonly duly: Duly;
  readonly companyId: string;
  readonly ledger: FakeLedger;
  readonly mailer: FakeMailer;
  readonly #time: { now: Date };

  private constructor(
    duly: Duly,
    companyId: string,
    ledger: FakeLedger,
    mailer: FakeMailer,
    time: { now: Date },
  ) {
    this.duly = duly;
    this.companyId = companyId;
    this.ledger = ledger;
    this.mailer = mailer;
    this.#time = time;
  }

  /** Opens on Tuesday, 10 November 2026, ten in the morning, in autopilot with its first batch behind it. */
  static async open(database: TestDatabase, mode: Mode = 'autopilot'): Promise<Workshop> {
    const time = { now: new Date('2026-11-10T18:00:00Z') };
    const [ledger, mailer] = [new FakeLedger(), new FakeMailer()];
    const config = readConfig({ SANDBOX: 'on', DATABASE_URL: database.url, LOG_LEVEL: 'silent' });
    const duly: Duly = {
      config: { ...config, baseUrl: 'http://localhost:1' },
      clock: { now: () => time.now },
      db: database.db,
      preparedDb: openPreparedDb(database.pool),
      pool: database.pool,
      crypto: makeCrypto(['test key test key test key test key']),
      log: makeLog('silent'),
      ledgers: new Map([['fake', ledger.provider()]]),
      mailer,
      mailFrom: 'reminders@duly.example',
      readMailEvent: () => null,
      tally: newTally(),
    };
    const companyId = await addCompany(database.db, { mode });
    await connect(duly, companyId);
    const workshop = new Workshop(duly, companyId, ledger, mailer, time);
    await workshop.within(async (tx) => {
      await ensurePolicy(tx, companyId, 'Duly', time.now, emailBody);
      await saveBrand(tx, companyId, larkspur, 'Maria Lopez', time.now);
      await applyPage(tx, companyId, booksPage(), { now: time.now, first: true });
      await saveCursor(tx, companyId, { cursor: '0', complete: true, fullReadAt: time.now, now: time.now });
      await tx
        .updateTable('company')
        .set({
          first_batch_released_at: time.now,
          all_businesses_at: time.now,
          all_businesses_by: 'Maria Lopez',
        })
        .where('company_id', '=', companyId)
        .execute();
    });
    return workshop;
  }

  within<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return inCompany(this.duly.db, this.companyId, work);
  }

  now(): Date {
    return this.#time.now;
  }

  /** Sets the clock; text is an ISO instant. */
  at(instant: string | Date): void {
    this.#time.now = new Date(instant);
  }

  passMinutes(count: number): void {
    this.at(new Date(this.#time.now.getTime() + count * 60_000));
  }

  /** Reads what changed in the ledger, computes positions and plans: everything but sending. */
  async morning(): Promise<void> {
    await readChanges(this.duly, this.companyId, this.ledger);
    await this.reconcileAndPlan();
  }

  async reconcileAndPlan(): Promise<void> {
    await reconcileCompany(this.duly, { companyId: this.companyId });
    await plan(this.duly, { companyId: this.companyId });
  }

  async deliver(): Promise<void> {
    await deliver(this.duly, { companyId: this.companyId });
  }

  async writeNotes(): Promise<void> {
    await writeNotes(this.duly, { companyId: this.companyId });
  }

  touches(): Promise<TouchRow[]> {
    return this.within((tx) => tx.selectFrom('touch').selectAll().orderBy('touch_id').execute());
  }

  async states(): Promise<string[]> {
    return (await this.touches()).map((touch) => `${touch.step_key} ${touch.state}`);
  }

  problems(): Promise<string[]> {
    return this.within(async (tx) => {
      const rows = await tx
        .selectFrom('problem')
        .select('kind')
        .where('resolved_at', 'is', null)
        .orderBy('kind')
        .execute();
      return rows.map((row) => row.kind);
    });
  }

  async setMode(mode: Mode): Promise<void> {
    await this.within((tx) => setMode(tx, this.companyId, mode, 'Maria Lopez', this.now()));
  }
}

async function connect(duly: Duly, companyId: string): Promise<void> {
  const now = duly.clock.now();
  const tokenSetId = newId(now);
  await inSystem(duly.db, async (tx) => {
    await tx
      .insertInto('token_set')
      .values({
        token_set_id: tokenSetId,
        provider: 'fake',
        subject: 'maria',
        access_token_enc: duly.crypto.seal('access'),
        access_expires_at: '2030-01-01T00:00:00Z',
        refresh_token_enc: duly.crypto.seal('refresh'),
        updated_at: now,
      })
      .execute();
    await tx
      .insertInto('connection')
      .values({
        company_id: companyId,
        provider: 'fake',
        token_set_id: tokenSetId,
        ledger_ref_hash: duly.crypto.lookupHash(companyId),
        ledger_ref_enc: duly.crypto.seal(companyId),
        state: 'healthy',
        state_since: now,
        connected_at: now,
      })
      .execute();
  });
}
