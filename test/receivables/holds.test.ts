import { expect, test } from '@jest/globals';
import type { Day } from '../../src/domain/day.ts';
import { day } from '../../src/domain/day.ts';
import type { HoldKind } from '../../src/domain/hold-kinds.ts';
import { holdReason, isInForce } from '../../src/receivables/holds.ts';
import { hold } from './support.ts';

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
