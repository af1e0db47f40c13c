import type { CompanyRow } from '../companies/company.store.ts';
import { type BusinessCalendar, businessCalendar } from '../domain/calendar.ts';
import { localeOf } from '../domain/locale.ts';
import type { Reason } from '../domain/reason.ts';
import { debtorZone } from '../policies/debtor-zone.ts';
import type { Policy } from '../policies/policy.ts';
import type { Position } from '../receivables/position.ts';
import type { Debtor } from './debtors.store.ts';
import { type Draft, draftOf } from './draft.ts';
import type { History } from './history.ts';
import { type NextStep, nextStep } from './next-step.ts';

/** All that decisions about a company's customers rest on, besides their positions. */
export interface Known {
  readonly company: CompanyRow;
  readonly policy: Policy;
  readonly debtors: ReadonlyMap<string, Debtor>;
  /** Who is chased at a debtor besides itself (R12). */
  readonly membersOf: ReadonlyMap<string, readonly string[]>;
  readonly historyOf: (customerId: string, currency: string, members: readonly string[]) => History;
  /** `customer address` of messages that were refused lately (S9). */
  readonly refused: ReadonlySet<string>;
  /** `customer currency` of cases of which nobody knows whether their last message left (S8). */
  readonly undecided: ReadonlySet<string>;
  readonly now: Date;
}

const undecided: Reason = {
  rule: 'S8',
  words:
    'It is not known whether the last message left; nothing follows until the mail provider has said so.',
};

/** The step that is next and its touch; a step that nobody can be written to about is held, with the reason (S9). */
export function decide(known: Known, position: Position): { next: NextStep; draft: Draft | null } {
  const { company, policy, debtors, refused } = known;
  const next = nextStepOf(known, position);
  if (next.kind !== 'step') return { next, draft: null };
  if (known.undecided.has(`${position.customerId} ${position.currency}`))
    return { next: { kind: 'held', reasons: [undecided] }, draft: null };
  const draft = draftOf({
    position,
    next,
    policy,
    debtor: debtors.get(position.customerId),
    refused,
    allBusinesses: company.all_businesses_at !== null,
  });
  return 'rule' in draft ? { next: { kind: 'held', reasons: [draft] }, draft: null } : { next, draft };
}

/** The debtor's business days and zone: from their address, else the company's own (S1). */
export function calendarOf(
  company: Pick<CompanyRow, 'country' | 'region' | 'time_zone'>,
  debtor: Pick<Debtor, 'country' | 'region'> | undefined,
): BusinessCalendar {
  const hasAddress = debtor?.country != null;
  const country = hasAddress ? (debtor.country ?? company.country) : company.country;
  const region = hasAddress ? debtor.region : company.region;
  return businessCalendar(country, region, debtorZone(country, region, company.time_zone));
}

function nextStepOf(known: Known, position: Position): NextStep {
  const { company, policy, debtors, now } = known;
  const members = known.membersOf.get(position.customerId) ?? [position.customerId];
  return nextStep({
    position,
    policy,
    history: known.historyOf(position.customerId, position.currency, members),
    calendar: calendarOf(company, debtors.get(position.customerId)),
    companyZone: company.time_zone,
    locale: localeOf(company.country),
    now,
  });
}
