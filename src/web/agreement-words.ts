import { formatDay } from '../domain/day.ts';
import { formatMoney } from '../domain/money.ts';
import type { How } from '../receivables/agreements/agreement.ts';
import type { InstalmentState } from '../receivables/agreements/plan-progress.ts';
import type { AgreementSeen } from './agreement-seen.store.ts';

export const kindWords = { promise: 'Promise', plan: 'Plan', offer: 'Offer' } as const;

/** How it was said, to stand behind a name: `Jo Park, on the telephone`. */
export const howWords: Readonly<Record<How, string>> = {
  phone: 'on the telephone',
  email: 'by e-mail',
  letter: 'by letter',
  in_person: 'in person',
  portal: 'on their page',
  other: 'in another way',
};

export const instalmentWords: Readonly<Record<InstalmentState, string>> = {
  paid: 'paid',
  part_paid: 'part paid',
  due: 'due',
  upcoming: 'to come',
  late: 'late',
};

/** The tone of a state on a page: settled well, needs a look, went wrong, nothing of these. */
export function toneOf({ state }: Pick<AgreementSeen, 'state'>): 'paid' | 'soon' | 'late' | 'plain' {
  if (state === 'kept' || state === 'completed' || state === 'accepted') return 'paid';
  if (state === 'part_kept') return 'soon';
  return state === 'broken' || state === 'breached' ? 'late' : 'plain';
}

/** What it says, in half a sentence: `$500.00 promised for 3 Dec 2026`. `locale` is the company's. */
export function termsWords(one: AgreementSeen, locale: string): string {
  const amount = formatMoney(one.amountMinor, one.currency, locale);
  const dueOn = formatDay(one.dueOn, locale);
  if (one.kind === 'promise') return `${amount} promised for ${dueOn}`;
  if (one.kind === 'plan') return `${amount} in ${one.instalments.length} instalments until ${dueOn}`;
  return `${amount} instead of ${formatMoney(one.debtMinor, one.currency, locale)}, until ${dueOn}`;
}

/** Where it stands, in one sentence with its figures. `locale` is the company's. */
export function stateWords(one: AgreementSeen, locale: string): string {
  const money = (minor: number): string => formatMoney(minor, one.currency, locale);
  const got =
    one.receivedMinor === 0 ? 'Nothing received so far' : `${money(one.receivedMinor)} received so far`;
  const grace = formatDay(one.graceUntil, locale);
  switch (one.state) {
    case 'pending':
      return `${got}, ${money(one.missingMinor)} missing. The books decide after ${grace}.`;
    case 'kept':
      return `Kept: ${money(one.receivedMinor)} received.`;
    case 'part_kept':
      return `Part kept: ${money(one.receivedMinor)} received in time, ${money(one.missingMinor)} missing.`;
    case 'broken':
      return `Broken: nothing was received by ${grace}.`;
    case 'active':
      return `${got}, ${money(one.missingMinor)} to come. ${nextInstalmentWords(one, locale)}`.trim();
    case 'completed':
      return `Completed: ${money(one.receivedMinor)} received.`;
    case 'breached':
      return `Breached: ${money(one.receivedMinor)} received, ${money(one.missingMinor)} missing.`;
    case 'open':
      return `${got}. It stands until ${formatDay(one.dueOn, locale)}.`;
    case 'accepted':
      return acceptedWords(one, locale);
    case 'lapsed':
      return `Lapsed: ${money(one.receivedMinor)} of ${money(one.amountMinor)} received in time. All that is open is owed.`;
    case 'withdrawn':
      return one.settledOn === null ? 'Withdrawn.' : `Withdrawn on ${formatDay(one.settledOn, locale)}.`;
  }
}

/** An accepted offer leaves a rest that only a person can credit in the ledger. */
function acceptedWords(one: AgreementSeen, locale: string): string {
  const open = one.invoices.reduce((sum, invoice) => sum + invoice.openMinor, 0);
  const received = formatMoney(one.receivedMinor, one.currency, locale);
  if (open === 0) return `Accepted: ${received} received, and nothing is open any more.`;
  return `Accepted: ${received} received. Credit the rest of ${formatMoney(open, one.currency, locale)} in the ledger.`;
}

function nextInstalmentWords(one: AgreementSeen, locale: string): string {
  const next = one.instalments.find((each) => each.state !== 'paid');
  if (next === undefined) return '';
  const left = formatMoney(next.amountMinor - next.paidMinor, one.currency, locale);
  return `Next: ${left} on ${formatDay(next.dueOn, locale)}.`;
}
