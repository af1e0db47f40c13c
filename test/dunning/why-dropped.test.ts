import { describe, expect, test } from '@jest/globals';
import { day } from '../../src/domain/day.ts';
import { whatChanged, whyRedated } from '../../src/dunning/why-dropped.ts';
import type { Position, PositionLine } from '../../src/receivables/position.ts';

const line = (more: Partial<PositionLine> = {}): PositionLine =>
  ({
    invoiceId: 'I1',
    number: '1042',
    issuedOn: day('2026-10-01'),
    dueOn: day('2026-11-02'),
    openMinor: 10_000,
    totalMinor: 10_000,
    daysLate: 8,
    state: 'ask',
    reasons: [],
    ...more,
  }) as PositionLine;
const position = (...lines: readonly PositionLine[]): Position => ({ lines }) as unknown as Position;
const invoice = {
  invoiceId: 'I1',
  stepKey: 'first',
  stage: 'first' as const,
  openMinor: 10_000,
  daysLate: 8,
};
const touch = { created_at: new Date('2026-11-10T18:00:00Z'), invoices: [invoice] };
const zone = 'America/Los_Angeles';

describe('why a touch is taken back', () => {
  const what = (
    of: Position,
    gone: Parameters<typeof whatChanged>[3] = new Map(),
    fresh: Parameters<typeof whatChanged>[1] = null,
  ) => whatChanged(touch, fresh, of, gone, (minor) => `$${minor / 100}`);

  test('a due date that was moved, however late the invoice still is; days that pass by themselves are none', () => {
    expect(whyRedated(touch, position(line({ daysLate: 20 })), zone)).toBeNull();
    expect(whyRedated(touch, position(line({ dueOn: day('2026-11-05') })), zone)).toBe(
      'invoice 1042 is due 2026-11-05 now; it was due 2026-11-02.',
    );
  });

  test('what was not past due when it was planned, a courtesy or a statement, stays while it was not due before', () => {
    const early = { ...touch, invoices: [{ ...invoice, daysLate: 0 }] };
    const due = (on: string) => position(line({ daysLate: 0, state: 'not_due', dueOn: day(on) }));
    expect(whyRedated(early, due('2026-11-17'), zone)).toBeNull();
    expect(whyRedated(early, due('2026-11-10'), zone)).toBeNull();
    expect(whyRedated(early, position(line()), zone)).toBe('invoice 1042 was due 2026-11-02 already.');
    expect(whatChanged(early, null, due('2026-11-17'), new Map(), String)).toBe('');
  });

  test('what became of each invoice, in words', () => {
    expect(what(position(line()))).toBe('');
    expect(what(position(line({ openMinor: 4_000 })))).toBe('$40 of invoice 1042 is open, $100 was');
    expect(what(position(line({ daysLate: 0, dueOn: day('2026-12-01') })))).toBe(
      'invoice 1042 is due 2026-12-01',
    );
    expect(what(position(line({ state: 'held' })))).toBe('invoice 1042 is on hold');
    const gone = (status: string, elsewhere = false, openMinor = 0) =>
      what(position(), new Map([['I1', { number: '1042', status, openMinor, elsewhere }]]));
    expect(gone('void')).toBe('invoice 1042 was voided in the ledger');
    expect(gone('deleted')).toBe('invoice 1042 was deleted in the ledger');
    expect(gone('open', true, 100)).toBe('invoice 1042 belongs to another customer now');
    expect(gone('closed')).toBe('invoice 1042 is settled');
    const more = { invoices: [invoice, { ...invoice, invoiceId: 'I2' }] };
    expect(what(position(line(), line({ invoiceId: 'I2', number: '1043' })), new Map(), more)).toBe(
      'invoice 1043 is past due as well',
    );
  });
});
