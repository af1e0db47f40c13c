import type { CompanyRow } from '../companies/company.store.ts';
import { type BusinessCalendar, businessCalendar } from '../domain/calendar.ts';
import { type Day, dayAt } from '../domain/day.ts';
import { localeOf } from '../domain/locale.ts';
import type { Reason } from '../domain/reason.ts';
import { plausibleZones } from '../domain/zones.ts';
import type { Announcing } from '../policies/consequences/consequence.ts';
import { debtorZone } from '../policies/debtor-zone.ts';
import type { Law } from '../policies/law/law.ts';
import type { Policy } from '../policies/policy.ts';
import type { Position } from '../receivables/position.ts';
import { anyHour } from './any-hour.ts';
import type { Debtor } from './debtors.store.ts';
import { type Draft, draftOf, type Missing } from './draft.ts';
import type { Informed, ToldOf } from './heads-up.ts';
import type { History } from './history.ts';
import { type NextStep, nextStep } from './next-step.ts';
import type { PlansOf } from './payment-plans.store.ts';
import { byItself } from './plan.ts';
import type { Standing } from './standing.ts';
import { type CallableOf, callableOf, type WrongNumbers } from './wrong-number.ts';

/** All that decisions about a company's customers rest on, besides their positions. */
export interface Known {
  readonly company: CompanyRow;
  /** In force for each customer (P27). */
  readonly policyOf: (customerId: string) => Policy;
  /** What the law leaves open for each debtor on a day of the company's zone. */
  readonly lawOf: (customerId: string, on: Day) => Law;
  readonly debtors: ReadonlyMap<string, Debtor>;
  /** Who is chased at a debtor besides itself (R12). */
  readonly membersOf: ReadonlyMap<string, readonly string[]>;
  readonly historyOf: (customerId: string, currency: string, members: readonly string[]) => History;
  /** R11: payment plans, by currency and everybody whose bills go to the debtor. */
  readonly plansOf: PlansOf;
  /** SEQ-23: when a person last ended a pause of theirs; null: not within the last hours. */
  readonly resumedOf: (customerId: string, members: readonly string[], policy: Policy) => Date | null;
  /** The touch of a case that is planned and has not left (SEQ-17). */
  readonly standingOf: (customerId: string, currency: string) => Standing | null;
  /** P9: what whoever owns the relationship was told of a step; null: nobody is waited for. */
  readonly toldOf: ToldOf | null;
  /** `customer address` of messages that were refused lately, with the day on which they are tried again (S9). */
  readonly refused: ReadonlyMap<string, Day>;
  /** `customer currency` of cases of which nobody knows whether their last message left (S8). */
  readonly undecided: ReadonlySet<string>;
  /** S9: numbers that were wrong when somebody called them. */
  readonly wrongNumbers: WrongNumbers;
  /** P8: what consequences can be announced now. */
  readonly announcing: Announcing;
  readonly now: Date;
}

/** What a decision rests on besides its figures; kept with it (S11). */
export interface Basis {
  /** Of the policy document that the step is from: a touch that stands keeps the version it was planned under (SEQ-17). */
  readonly policyVersion: number;
  /** Of the customer's own policy; null: it has none. */
  readonly customerVersion: number | null;
  readonly segment: string | null;
  readonly sequence: string | null;
  /** Keys of the law packs. */
  readonly packs: readonly string[];
}

export interface Decided {
  readonly next: NextStep;
  /** The touch to write down; null: there is none, or nobody whom it could reach. */
  readonly draft: Draft | null;
  readonly basis: Basis;
  /** S9: there is no address for what is next. */
  readonly missing: Missing | null;
}

const undecided: Reason = {
  rule: 'S8',
  words:
    'It is not known whether the last message left; nothing follows until the mail provider has said so.',
};

/** The step that is next and its touch; a step that nobody can be reached with is held, with the reason (S9). */
export function decide(known: Known, position: Position): Decided {
  const { company, debtors, refused } = known;
  const { customerId, currency } = position;
  const own = known.policyOf(customerId);
  const standing = known.standingOf(customerId, currency);
  const policy = standing?.atOnce === true ? anyHour(own) : own;
  const today = dayAt(known.now, company.time_zone);
  const law = known.lawOf(customerId, today);
  const callable = callableOf(debtors.get(customerId), known.wrongNumbers, companyCalendar(company));
  const next = nextStepOf(known, position, { policy, law, standing, callable });
  const inside =
    next.kind === 'step' && next.advances.some(({ line }) => standing?.invoices.has(line.invoiceId) === true);
  const basis: Basis = {
    policyVersion: (inside ? standing?.policyVersion : null) ?? policy.version,
    customerVersion: policy.customerVersion,
    segment: policy.segment,
    sequence: policy.sequence,
    packs: law.packs,
  };
  const nobody = { draft: null, basis, missing: null };
  const held = (reason: Reason, lookAgainOn: Day | null = null): Decided => ({
    ...nobody,
    next: { kind: 'held', reasons: [reason], lookAgainOn },
  });
  if (next.kind !== 'step') return { ...nobody, next };
  if (known.undecided.has(`${customerId} ${currency}`)) return held(undecided);
  const draft = draftOf({
    position,
    next,
    policy,
    law,
    policyVersion: basis.policyVersion,
    debtor: debtors.get(customerId),
    refused,
    callable,
    today,
  });
  if (!('reason' in draft)) return { ...nobody, next, draft };
  const { reason, lookAgainOn, missing } = draft;
  return { ...held(reason, lookAgainOn), missing };
}

/** The debtor's business days and zone: from their address, else the company's own (S1). */
export function calendarOf(
  company: Pick<CompanyRow, 'country' | 'region' | 'time_zone'>,
  debtor: Pick<Debtor, 'country' | 'region'> | undefined,
): BusinessCalendar {
  const { country, region } = placeOf(company, debtor);
  return businessCalendar(country, region, debtorZone(country, region, company.time_zone));
}

function companyCalendar({ country, region, time_zone: zone }: CompanyRow): BusinessCalendar {
  return businessCalendar(country, region, zone);
}

/** Where the debtor's business days are kept. */
export function placeOf(
  company: Pick<CompanyRow, 'country' | 'region'>,
  debtor: Pick<Debtor, 'country' | 'region'> | undefined,
): { readonly country: string; readonly region: string | null } {
  return debtor?.country == null
    ? { country: company.country, region: company.region }
    : { country: debtor.country, region: debtor.region };
}

/**
 * Where a debtor may be (IANA names): of a business its zone is good enough; a person is reached when it is no bad hour in
 * any zone of their state, and, where the address names none, in any of their country, the company's own included (us-hours,
 * decision 0020). Of whom not even the country is known is where the company is.
 */
export function zonesOf(
  company: Pick<CompanyRow, 'country' | 'region' | 'time_zone'>,
  debtor: Pick<Debtor, 'country' | 'region'> | undefined,
  law: Pick<Law, 'treatedAs'>,
): readonly string[] {
  const zones =
    law.treatedAs === 'business' || debtor?.country == null
      ? []
      : plausibleZones(debtor.country, debtor.region);
  return zones.length === 0 ? [calendarOf(company, debtor).timeZone] : zones;
}

interface Ruling {
  readonly policy: Policy;
  readonly law: Law;
  readonly standing: Standing | null;
  readonly callable: CallableOf;
}

function nextStepOf(known: Known, position: Position, { policy, law, standing, callable }: Ruling): NextStep {
  const { company, debtors, now } = known;
  const { customerId, currency } = position;
  const members = known.membersOf.get(customerId) ?? [customerId];
  const debtor = debtors.get(customerId);
  const history = known.historyOf(customerId, currency, members);
  const atOnce = standing?.atOnce === true;
  return nextStep({
    position,
    policy,
    law,
    debtorType: debtor?.debtorType ?? 'unknown',
    announcing: known.announcing,
    history: {
      ...history,
      contacts: withoutItself(history.contacts, standing),
      resumedAt: atOnce ? null : (history.resumedAt ?? known.resumedOf(customerId, members, policy)),
      notBefore: atOnce ? null : history.notBefore,
    },
    plans: known.plansOf(currency, members),
    callable,
    standing,
    informed: atOnce ? null : informedOf(known, position, debtor, standing),
    calendar: calendarOf(company, debtor),
    debtorZones: zonesOf(company, debtor, law),
    companyZone: company.time_zone,
    locale: localeOf(company.country),
    now,
  });
}

/** A letter that is printed counts for all else (S3), and is not in its own way. */
function withoutItself(contacts: History['contacts'], standing: Standing | null): History['contacts'] {
  if (standing === null || !contacts.some(({ touchId }) => touchId === standing.touchId)) return contacts;
  return contacts.filter(({ touchId }) => touchId !== standing.touchId);
}

/** P9. What a person lets go at once waits for nobody, nor what a person releases or does. */
function informedOf(
  { company, toldOf }: Known,
  { customerId, currency }: Position,
  debtor: Debtor | undefined,
  standing: Standing | null,
): Informed | null {
  if (toldOf === null || debtor?.salesOwner == null) return null;
  const stands = standing === null ? null : { touchId: standing.touchId, stepKey: standing.step.key };
  return {
    who: debtor.salesOwner,
    toldOf: (stepKey) => toldOf(customerId, currency, stepKey),
    byItself: (step) =>
      byItself(step, company) && (stands?.stepKey !== step.key || standing?.byItself === true),
    standing: stands,
  };
}
