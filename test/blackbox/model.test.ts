import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { runHistories } from '../support/model/run.ts';
import { Stage } from '../support/model/stage.ts';

const HISTORIES = Number(process.env.MODEL_HISTORIES ?? 300);
const SEED = Number(process.env.MODEL_SEED ?? 20_261_122);

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
  }, 120_000);
});
