import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { renderToString } from 'preact-render-to-string';
import { type Problem, raiseProblems } from '../../src/activity/problem.store.ts';
import { inCompany } from '../../src/platform/db.ts';
import { readProblems } from '../../src/web/pages/problems/problems.store.ts';
import { ProblemsPage } from '../../src/web/pages/problems/problems.view.tsx';
import { PROBLEMS_PER_PAGE, type ProblemWish } from '../../src/web/pages/problems/wish.ts';
import { addCompany } from '../support/company.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { frame, now } from './frame.ts';
import { addCustomer } from './rows.ts';

let database: TestDatabase;
let companyId: string;

const fault = (kind: Problem['kind'], customerId: string | null): Problem => ({
  kind,
  subject: customerId ?? 'all',
  customerId,
  what: `${kind} of ${customerId}.`,
  meaning: `What ${kind} means.`,
  action: `Mend ${kind}.`,
});

beforeAll(async () => {
  database = await testDatabase();
  companyId = await addCompany(database.db);
  await inCompany(database.db, companyId, async (tx) => {
    await addCustomer(tx, companyId, 'c1', 'Ridgeway');
    const many = Array.from({ length: 120 }, (_, index) => fault('never_sent', `c${index}`));
    await raiseProblems(tx, companyId, now, [
      ...many,
      fault('sent_late', 'c1'),
      fault('no_recipient', 'c1'),
      fault('connection', null),
    ]);
  });
});
afterAll(() => database.drop());

const everything: ProblemWish = { kind: null, customerId: null, page: 1 };
async function page(more: Partial<ProblemWish> = {}) {
  const wish = { ...everything, ...more };
  const problems = await inCompany(database.db, companyId, (tx) => readProblems(tx, companyId, wish));
  return { problems, html: renderToString(ProblemsPage({ frame: frame(), problems, wish })) };
}

describe('a hundred problems and more', () => {
  test('stand by kind, what stops most first, with how many there are of each', async () => {
    const { problems, html } = await page();
    expect(problems.kinds).toEqual([
      { kind: 'connection', count: 1 },
      { kind: 'no_recipient', count: 1 },
      { kind: 'never_sent', count: 120 },
      { kind: 'sent_late', count: 1 },
    ]);
    expect(problems.count).toBe(123);
    expect(problems.rows).toHaveLength(PROBLEMS_PER_PAGE);
    expect(html).toContain('1 to 50 of 123');
    expect(html).toContain('>Invoice never sent <span class="count">120</span>');
  });

  test('what they mean and what to do is said once for all that mean the same', async () => {
    const { html } = await page({ kind: 'never_sent', page: 2 });
    expect(html.split('Mend never_sent.')).toHaveLength(2);
    expect(html).toContain('51 to 100 of 120');
    expect(html).toContain('href="?kind=never_sent&amp;page=3"');
  });

  test('those of one customer are a link away, and so is the way back', async () => {
    const { problems, html } = await page({ customerId: 'c1' });
    expect(problems.rows.map((row) => row.kind)).toEqual(['no_recipient', 'never_sent', 'sent_late']);
    expect(html).toContain('3 problems of Ridgeway.');
    expect(html).toContain('Show those of everybody');
    expect((await page()).html).toContain('href="?customer=c1"');
  });

  test('a kind of which nothing is left says so', async () => {
    const { html } = await page({ kind: 'note_missing' });
    expect(html).toContain('Nothing of this is left.');
  });
});
