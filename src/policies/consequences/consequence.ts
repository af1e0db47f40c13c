import { addDays, type Day } from '../../domain/day.ts';
import type { Reason } from '../../domain/reason.ts';
import { whyNoInterest } from '../law/interest.ts';
import type { Law } from '../law/law.ts';
import type { LateFee } from '../policy.ts';
import { lawReason } from '../style.ts';

/** P8: all that a business may say it will do. Free text is not among it: a threat is a matter of words. */
export const consequenceKinds = [
  'interest',
  'stop_supply',
  'withdraw_terms',
  'credit_bureau',
  'agency',
  'court',
] as const;
export type ConsequenceKind = (typeof consequenceKinds)[number];

/** An entry of a company's catalogue: approved by a person with name and day, or it can't be announced. */
export interface Consequence {
  readonly kind: ConsequenceKind;
  /** Who answers for it being done. */
  readonly ownerName: string;
  readonly ownerEmail: string | null;
  /** Calendar days after the day by which the reader is asked to pay, 1 to 180. */
  readonly leadDays: number;
  /** What doing it means here, for whoever does it. */
  readonly doing: string;
  readonly approvedBy: string;
  readonly approvedOn: Day;
  readonly active: boolean;
}

/** A consequence as a message carries it: the clause after "then from 3 December" and the day. */
export interface Announced {
  readonly kind: ConsequenceKind;
  readonly words: string;
  readonly on: Day;
  /** Of `interest`: what it comes to by the day of the message; null or absent: no sum is named. */
  readonly accrued?: Accrued | null;
}

/** Interest and fixed sums on the invoices that the announcement is about, in minor units of the message's currency. */
export interface Accrued {
  readonly interestMinor: number;
  readonly fixedMinor: number;
  /** The last day that counts: that of the message. */
  readonly on: Day;
}

interface KindWords {
  /** For people of the business. */
  readonly name: string;
  /** What the customer reads after "then from 3 December"; no full stop. */
  readonly clause: string;
  /** What stands in the form until the business says it in its own words. */
  readonly doing: string;
}

const words: Readonly<Record<ConsequenceKind, KindWords>> = {
  interest: {
    name: 'Charge interest',
    clause: 'we charge the interest that our terms and the law allow',
    doing: 'Work out the interest, approve it, and enter it in the ledger as an invoice of its own.',
  },
  stop_supply: {
    name: 'Stop supply',
    clause: 'we make no further deliveries until the account is settled',
    doing: 'Put the account on stop in the order system and tell the people who ship.',
  },
  withdraw_terms: {
    name: 'Withdraw terms',
    clause: 'we supply against payment in advance only',
    doing: 'Set the customer’s terms in the ledger to payment in advance.',
  },
  credit_bureau: {
    name: 'Report to a credit bureau',
    clause: 'we report the unpaid invoices to a credit bureau',
    doing: 'Report the debt to the bureau that the business is a member of, and keep its confirmation.',
  },
  agency: {
    name: 'Pass to an agency',
    clause: 'we pass the account to a collection agency',
    doing: 'Send the agency the invoices and the correspondence, and stop writing yourself.',
  },
  court: {
    name: 'Go to court',
    clause: 'we bring a claim before the court',
    doing: 'File the claim with the court, with the invoices and the correspondence.',
  },
};

export function consequenceName(kind: ConsequenceKind): string {
  return words[kind].name;
}

/** What the form begins with. */
export function usualDoing(kind: ConsequenceKind): string {
  return words[kind].doing;
}

export function asConsequenceKind(text: string): ConsequenceKind | null {
  return consequenceKinds.find((kind) => kind === text) ?? null;
}

/**
 * What a message says of a consequence: it follows the last day given, `payBy`, by the lead time of the catalogue.
 * `interest`: under which terms it is charged, and what it comes to.
 */
export function announced(
  { kind, leadDays }: Consequence,
  payBy: Day,
  interest?: { readonly clause: string; readonly accrued: Accrued | null },
): Announced {
  const on = addDays(payBy, leadDays);
  if (interest === undefined) return { kind, words: words[kind].clause, on };
  return { kind, words: interest.clause, on, accrued: interest.accrued };
}

/** The clause as a sentence of its own, for those who look back on it. */
export function clauseOf(kind: ConsequenceKind): string {
  return words[kind].clause;
}

/** What can be announced now: the catalogue, and how many announced consequences were neither done nor withdrawn. */
export interface Announcing {
  readonly catalogue: ReadonlyMap<string, Consequence>;
  readonly broken: number;
}

/** P8: why a consequence may not be announced now, or null. `key` as the step names it. */
export function whyNotAnnounced(key: string, { catalogue, broken }: Announcing): Reason | null {
  const entry = catalogue.get(key);
  if (entry === undefined || !entry.active)
    return {
      rule: 'P8',
      words: `No consequence is announced: “${key.replaceAll('_', ' ')}” is not an approved entry of the catalogue.`,
    };
  if (broken > 0)
    return {
      rule: 'P8',
      words: `No consequence is announced: ${broken === 1 ? 'one that was announced is' : `${broken} that were announced are`} neither done nor withdrawn.`,
    };
  return null;
}

/**
 * P8: why a consequence may not be announced to this debtor now, whatever the catalogue says: the law forbids all of
 * them or this one, each rule by itself, or it is interest and none may be charged to them (`lateFee` as in force for
 * them). Empty: it may. A rule that forbids to announce says so itself, what is wrong with interest does not.
 */
export function whyNotToDebtor(
  key: string,
  law: Pick<Law, 'blocked' | 'parties'>,
  lateFee: LateFee | null,
): readonly Reason[] {
  const blocks = law.blocked.filter(
    ({ what }) => what === 'consequence' || (what === 'court' && key === what),
  );
  if (blocks.length > 0) return blocks.map(({ rule }) => lawReason(rule));
  const interest = key === 'interest' ? whyNoInterest(law, lateFee).slice(0, 1) : [];
  return interest.map((reason) => ({ ...reason, words: `No consequence is announced. ${reason.words}` }));
}
