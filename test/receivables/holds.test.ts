import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Day } from '../../src/domain/day.ts';
import { addDays, day, daysBetween } from '../../src/domain/day.ts';
import { categoriesOf, type HoldKind, holdKinds } from '../../src/domain/hold-kinds.ts';
import { holdReason, isInForce } from '../../src/receivables/holds.ts';
import { hold, owed, position, states } from './support.ts';

test('EXC-07: a dated hold covers its first and last day and ends by itself; an open-ended one never does', () => {
  const dated = hold({ startsOn: day('2026-11-05'), endsOn: day('2026-11-12') });
  const on = (text: string): boolean => isInForce(dated, day(text));
  expect([on('2026-11-04'), on('2026-11-05'), on('2026-11-12'), on('2026-11-13')]).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(isInForce(hold(), day('2036-01-01'))).toBe(true);
});

test('EXC-06: a hold that cannot be read counts as a hold (R10)', () => {
  const unreadable = [
    hold({ startsOn: 'someday' as Day }),
    hold({ startsOn: 'infinity' as Day }),
    hold({ endsOn: '-infinity' as Day }),
    hold({ startsOn: day('2026-11-12'), endsOn: day('2026-11-05') }),
  ];
  for (const fact of unreadable) expect(isInForce(fact, day('2026-11-10'))).toBe(true);
});

test('a hold of a kind that nobody knows still says something', () => {
  expect(holdReason(hold({ kind: 'embargo' as HoldKind })).words).toBe(
    'On hold until it is lifted: they asked for a week (Maria Lopez).',
  );
});

test('every kind and category says what it is, until when, why and by whom', () => {
  const dispute = hold({
    kind: 'dispute',
    category: 'wrong_amount',
    scope: 'invoice',
    endsOn: day('2026-11-12'),
  });
  expect(holdReason(dispute)).toMatchObject({
    rule: 'R11',
    by: 'Maria Lopez',
    since: '2026-11-01',
    until: '2026-11-12',
    scope: 'invoice',
    category: 'wrong_amount',
    words: 'Disputed (the amount) until 2026-11-12: they asked for a week (Maria Lopez).',
  });
  for (const kind of holdKinds) {
    const [category = null] = categoriesOf(kind);
    const { words, rule } = holdReason(hold({ kind, category }));
    expect(words).toMatch(/^[A-Z].* until it is lifted: they asked for a week \(Maria Lopez\)\.$/);
    expect(['R10', 'R11']).toContain(rule);
  }
});

const anyDay = fc.integer({ min: -400, max: 400 }).map((days) => addDays(day('2026-11-10'), days));

test('a hold is in force on exactly the days from its first to its last, whatever they are', () => {
  fc.assert(
    fc.property(anyDay, fc.option(anyDay), anyDay, (startsOn, endsOn, today) => {
      const found = isInForce({ startsOn, endsOn }, today);
      // days that contradict one another count as in force (R10)
      if (endsOn !== null && endsOn < startsOn) return found;
      const days = daysBetween(startsOn, today);
      return found === (days >= 0 && (endsOn === null || daysBetween(today, endsOn) >= 0));
    }),
  );
});

test('any hold in force wins: nothing of a held customer, and no held invoice, is asked for on any day (R10)', () => {
  const facts = fc.record({
    kind: fc.constantFrom(...holdKinds),
    scope: fc.constantFrom('company' as const, 'customer' as const, 'invoice' as const),
    startsOn: anyDay,
    endsOn: fc.option(anyDay),
  });
  fc.assert(
    fc.property(fc.array(facts, { maxLength: 5 }), anyDay, (wishes, on) => {
      const holds = wishes.map((wish, index) =>
        hold({
          ...wish,
          holdId: `h${index}`,
          customerId: wish.scope === 'company' ? null : 'C1',
          invoiceId: wish.scope === 'invoice' ? 'I1' : null,
        }),
      );
      const found = position({ holds, today: on, invoices: [owed('I1', { dueOn: day('2020-01-01') })] });
      const standing = holds.filter((one) => isInForce(one, on));
      const ofInvoice = standing.some((one) => one.scope === 'invoice');
      const ofAll = standing.filter((one) => one.scope !== 'invoice');
      expect(found.holds.map((reason) => reason.holdId)).toEqual(ofAll.map((one) => one.holdId));
      expect(states(found)).toEqual({ I1: ofInvoice ? 'held' : 'ask' });
      expect(found.askMinor).toBe(ofInvoice ? 0 : 10_000);
      // the day on which something changes by itself is never missed
      const next = found.nextEventOn;
      const changes = holds
        .flatMap((one) => [one.startsOn, ...(one.endsOn === null ? [] : [addDays(one.endsOn, 1)])])
        .filter((day) => day > on && (next === null || day < next))
        .filter((day) => holds.some((one) => isInForce(one, on) !== isInForce(one, day)));
      expect(changes).toEqual([]);
    }),
  );
});
