import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { inCompany } from '../../src/platform/db.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type AgeRules, ordinaryAges } from '../support/model/figures.ts';
import { runHistories } from '../support/model/run.ts';
import { type Firm, Stage } from '../support/model/stage.ts';

/* `npm run bench -- reconcile --histories N [--seed S]` plays any number of them. */
const HISTORIES = 300;
const SEED = 20_261_122;

describe('random histories of a ledger, in both ledgers', () => {
  let database: TestDatabase;
  let stage: Stage;

  beforeAll(async () => {
    database = await testDatabase();
    stage = await Stage.open(database.pool, database.url, '2026-01-05T10:00:00Z');
  });

  afterAll(async () => {
    await stage.close();
    await database.drop();
  });

  it(`${HISTORIES} of seed ${SEED}: every position is the model's and the ledger's own, to the smallest unit`, async () => {
    const { report, ...outcome } = await runHistories(stage, { histories: HISTORIES, seed: SEED });
    process.stdout.write(`${JSON.stringify(outcome)}\n`);
    expect(report).toBe('');
    expect(outcome.histories).toBe(HISTORIES);
    expect(outcome.operations).toBeGreaterThan(20 * HISTORIES);
  }, 600_000);

  it('finds a rule that is wrong by one day, and says it with a history of a few lines', async () => {
    const lateOnTheDay: AgeRules = (due, today) => (due === today ? 'late1to30' : ordinaryAges(due, today));
    const { report } = await runHistories(stage, {
      histories: 10,
      seed: SEED,
      vendors: ['xero'],
      ages: lateOnTheDay,
      shrinkingMs: 6_000,
    });
    expect(report).toMatch(/WRONG: C\d+ [A-Z]{3}: late1to30 is \d+ in our position, should be \d+/);
    expect(report).toMatch(/WRONG: .* in the ledger’s aged receivables/);
    // one customer, one invoice, one reading, or little more
    expect(report.split('\n').filter((line) => !line.startsWith('WRONG')).length).toBeLessThan(25);
  });

  it('finds one unit too many in a row of the mirror, though the ledger itself is right', async () => {
    const { report } = await runHistories(stage, {
      histories: 10,
      seed: SEED,
      vendors: ['intuit'],
      meddle: oneUnitMore,
      shrinkingMs: 6_000,
    });
    expect(report).toMatch(/WRONG: C\d+ [A-Z]{3}: open is \d+ in our position, should be \d+/);
    expect(report).not.toMatch(/in the ledger’s aged receivables/);
  });

  async function oneUnitMore({ companyId }: Firm): Promise<void> {
    await inCompany(stage.duly.db, companyId, (tx) =>
      sql`with changed as (
          update invoice set open_minor = open_minor + 1
          where company_id = ${companyId} and invoice_id = (
            select invoice_id from invoice
            where company_id = ${companyId} and status = 'open' and open_minor > 0 order by invoice_id limit 1)
          returning customer_id)
        insert into stale_position (company_id, customer_id)
          select ${companyId}::uuid, customer_id from changed on conflict do nothing`.execute(tx),
    );
  }
});
