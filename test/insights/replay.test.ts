import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { getCompany } from '../../src/companies/company.store.ts';
import { day } from '../../src/domain/day.ts';
import { type ReplayResult, replayCompany } from '../../src/insights/replay.store.ts';
import { policiesToPlay } from '../../src/insights/replay-policies.store.ts';
import { replayInWords } from '../../src/insights/replay-words.ts';
import { tracesOf } from '../dunning/rehearsal.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { creditRow, customerRow, invoiceRow, paymentRow } from '../support/values.ts';
import { Workshop } from '../support/workshop.ts';

let database: TestDatabase;
let workshop: Workshop;

beforeAll(async () => {
  database = await testDatabase();
  workshop = await Workshop.open(database);
  const paid = { openMinor: 0, totalMinor: 10_000, status: 'closed' } as const;
  const payment = (id: string, customerId: string, on: string, amountMinor = 10_000) =>
    paymentRow(id, {
      customerId,
      paidOn: day(on),
      totalMinor: amountMinor,
      allocations: [{ invoiceId: `I-${customerId}`, amountMinor }],
    });
  const issuedOn = day('2026-06-01');
  workshop.ledger.put({
    customers: ['paid', 'late', 'part', 'credited', 'journal', 'undated', 'void'].map((id) =>
      customerRow(id),
    ),
    invoices: [
      // due Monday, 1 June 2026: the first reminder falls on Thursday, the 4th, the day of the payment
      invoiceRow('I-paid', { customerId: 'paid', issuedOn, dueOn: day('2026-06-01'), ...paid }),
      invoiceRow('I-late', { customerId: 'late', issuedOn, dueOn: day('2026-06-01'), openMinor: 10_000 }),
      invoiceRow('I-part', {
        customerId: 'part',
        issuedOn,
        dueOn: day('2026-06-01'),
        openMinor: 6_000,
        totalMinor: 10_000,
      }),
      invoiceRow('I-credited', { customerId: 'credited', issuedOn, dueOn: day('2026-06-01'), ...paid }),
      invoiceRow('I-journal', { customerId: 'journal', issuedOn, dueOn: day('2026-06-01'), ...paid }),
      invoiceRow('I-undated', { customerId: 'undated', issuedOn, dueOn: null }),
      invoiceRow('I-void', {
        customerId: 'void',
        issuedOn,
        openMinor: 0,
        totalMinor: 10_000,
        status: 'void',
      }),
    ],
    payments: [payment('P1', 'paid', '2026-06-04'), payment('P2', 'part', '2026-06-04', 4_000)],
    credits: [
      creditRow('K1', {
        customerId: 'credited',
        issuedOn: day('2026-06-04'),
        totalMinor: 10_000,
        remainingMinor: 0,
        status: 'closed',
        allocations: [{ invoiceId: 'I-credited', amountMinor: 10_000 }],
      }),
    ],
  });
  await workshop.morning();
});
afterAll(() => database.drop());

function replayed(...keys: string[]): Promise<ReplayResult> {
  return workshop.within(async (tx) => {
    const company = await getCompany(tx, workshop.companyId);
    const policies = await policiesToPlay(tx, workshop.companyId, keys);
    const stretch = { from: day('2026-05-25'), to: day('2026-07-31') };
    return replayCompany(tx, company, stretch, policies, workshop.now());
  });
}

test('what was paid or credited on the day of a reminder is wrong when the books are read once a night, and never when they are read right before', async () => {
  const { policies } = await replayed('in_force');
  const wrong = policies[0]?.wrongReadNightly.map(({ customerId, day: on, tooMuchMinor }) => [
    customerId,
    on,
    tooMuchMinor,
  ]);
  expect(wrong).toEqual(
    [
      ['paid', '2026-06-04', 10_000],
      ['part', '2026-06-04', 4_000],
      ['credited', '2026-06-04', 10_000],
    ].sort(),
  );
  expect(policies[0]?.wrongReadBeforeSending).toEqual([]);
});

test('what stays open goes through its steps at their times; what paid at once is reached by nobody', async () => {
  const { policies } = await replayed('in_force');
  const [played] = policies;
  // late: four e-mails; part: a payment on the day of the first, then the same four
  expect(played?.customersReached).toBe(2);
  expect(played?.byChannel.email).toBe(played?.touches);
  expect(played?.weeks[1]).toMatchObject({ from: '2026-06-01', touches: { email: 1 } });
  expect(played?.weeks.reduce((sum, week) => sum + week.touches.email, 0)).toBe(played?.touches);
  expect(played?.needPerson).toBeGreaterThan(0);
});

test('what the mirror cannot date is left out, and counted', async () => {
  const { leftOut, invoices } = await replayed('in_force');
  expect(leftOut).toEqual({ voided: 1, settledOtherwise: 1, withoutDueDate: 1 });
  expect(invoices).toBe(4);
});

test('policies stand side by side, calls and letters a week among them; nothing is written', async () => {
  const before = await tracesOf(database);
  const result = await replayed('gentle', 'letter_first');
  expect(await tracesOf(database)).toEqual(before);
  expect(result.policies.map((policy) => policy.key)).toEqual(['gentle', 'letter_first']);
  expect(result.policies[1]?.name).toBe('Letter first');
  expect(replayInWords(result)).toMatch(/Letter first: \d+ touches/);
  await expect(replayed('harsh')).rejects.toThrow(/no policy "harsh"/);
});
