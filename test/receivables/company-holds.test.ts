import { expect, test } from '@jest/globals';
import { day } from '../../src/domain/day.ts';
import { type CompanyState, companyHolds } from '../../src/receivables/company-holds.ts';
import { hold } from './support.ts';

const state = (more: Partial<CompanyState> = {}): CompanyState => ({
  now: new Date('2026-11-10T18:00:00Z'),
  timeZone: 'America/New_York',
  stated: [],
  booksReadAt: new Date('2026-11-10T12:00:00Z'),
  failingSince: null,
  ownRemindersSince: null,
  ...more,
});
const kinds = (more: Partial<CompanyState>): string[] =>
  companyHolds(state(more)).map(
    ({ kind, by, since, scope }) => `${kind} of the ${scope} by ${by} since ${since}`,
  );

test('a company that is read daily and that nobody paused is not held', () => {
  expect(kinds({})).toEqual([]);
});

test('a pause of the company holds from its first to its last day in the company’s zone', () => {
  const pause = hold({
    scope: 'company',
    customerId: null,
    startsOn: day('2026-11-10'),
    endsOn: day('2026-11-10'),
  });
  const at = (now: string): string[] =>
    kinds({ stated: [pause], now: new Date(now), booksReadAt: new Date(now) });
  expect(at('2026-11-10T04:59:00Z')).toEqual([]);
  expect(at('2026-11-10T05:00:00Z')).toEqual(['pause of the company by Maria Lopez since 2026-11-10']);
  expect(at('2026-11-11T04:59:00Z')).toHaveLength(1);
  expect(at('2026-11-11T05:00:00Z')).toEqual([]);
});

test('R9: books that are not read hold everybody, whether reading fails, stopped, or never was', () => {
  const failingSince = new Date('2026-11-09T12:00:00Z');
  expect(kinds({ failingSince })).toEqual(['stale_books of the company by Duly since 2026-11-09']);
  expect(kinds({ booksReadAt: new Date('2026-11-08T12:00:00Z') })).toEqual([
    'stale_books of the company by Duly since 2026-11-08',
  ]);
  expect(kinds({ booksReadAt: null })).toEqual(['stale_books of the company by Duly since 2026-11-10']);
});

test('R14: the ledger’s own reminders hold autopilot, and say since when', () => {
  expect(kinds({ ownRemindersSince: new Date('2026-11-02T12:00:00Z') })).toEqual([
    'ledger_reminders of the company by Duly since 2026-11-02',
  ]);
});
