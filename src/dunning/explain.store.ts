import { noCustomer } from '../books/customer-name.store.ts';
import { getCompany } from '../companies/company.store.ts';
import { addDays, type Day, dayAt, daysBetween, instantAt } from '../domain/day.ts';
import type { Reason } from '../domain/reason.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { type CloseReason, closeWords } from './case.store.ts';
import { type Basis, decide } from './decide.ts';
import { type Branch, explainDecision } from './explain.ts';
import { basisNames } from './explain-names.store.ts';
import { decisionOf, type Verdict } from './plan.ts';
import { factsAhead } from './preview.store.ts';
import { decideAhead } from './simulate.ts';

/** Why something was, is or would be done for a customer and currency on a day. */
export interface Explanation {
  readonly customerId: string;
  readonly currency: string;
  readonly day: Day;
  /**
   * `decided`: the decision that stood on the day; `now`: decided as the facts stand, as nothing is kept for today yet;
   * `ahead`: as it would be if nobody paid; `not_yet`: nothing had been decided by then.
   */
  readonly source: 'decided' | 'now' | 'ahead' | 'not_yet';
  /** In words, where the decision comes from and whether it still stood. */
  readonly about: string;
  readonly decidedAt: Date | null;
  readonly verdict: Verdict | null;
  readonly stepKey: string | null;
  /** What people call the step in the version that decided; null: it has none of that key any more. */
  readonly stepName: string | null;
  readonly nextAt: Date | null;
  readonly branches: readonly Branch[];
}

/** Further ahead nothing is told: too much will have changed. */
export const MOST_DAYS_AHEAD = 90;

/**
 * Promise 5: for a customer and a day of the company's zone, the decision with all that it rests on, per currency.
 * Throws UserError `bad_input` for a day more than 90 days ahead, `not_found` for a customer that is not in the books.
 */
export async function explain(
  tx: Tx,
  companyId: string,
  wish: { readonly customerId: string; readonly day: Day; readonly currency?: string },
  now: Date,
): Promise<readonly Explanation[]> {
  const company = await getCompany(tx, companyId);
  const today = dayAt(now, company.time_zone);
  await mustExist(tx, companyId, wish.customerId);
  if (daysBetween(today, wish.day) > MOST_DAYS_AHEAD)
    throw new UserError(
      'bad_input',
      `${wish.day} is more than ${MOST_DAYS_AHEAD} days ahead.`,
      'Ask for an earlier day.',
    );
  const kept = wish.day > today ? [] : await decidedBy(tx, company, wish.customerId, wish.day);
  const found = wish.day < today ? [] : await decidedLive(tx, company, wish.customerId, wish.day, now);
  const keptHere = new Set(kept.filter((each) => each.current).map((each) => each.explanation.currency));
  const all = [
    ...kept.filter((each) => wish.day < today || each.current).map((each) => each.explanation),
    ...found.filter((each) => !keptHere.has(each.currency)),
  ].filter((each) => wish.currency === undefined || each.currency === wish.currency);
  if (all.length > 0 || wish.day >= today) return all;
  return [await notYet(tx, companyId, wish)];
}

async function mustExist(tx: Tx, companyId: string, customerId: string): Promise<void> {
  const row = await tx
    .selectFrom('customer')
    .select('customer_id')
    .where('company_id', '=', companyId)
    .where('customer_id', '=', customerId)
    .executeTakeFirst();
  if (row === undefined) throw noCustomer();
}

type Company = Awaited<ReturnType<typeof getCompany>>;

/** The last decision on or before the day, per currency; `current`: it is of that very day. */
async function decidedBy(tx: Tx, company: Company, customerId: string, day: Day) {
  const { company_id: companyId } = company;
  const rows = await tx
    .selectFrom('decision')
    .distinctOn('currency')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('customer_id', '=', customerId)
    .where('decided_on', '<=', day)
    .orderBy('currency')
    .orderBy('decided_on', 'desc')
    .execute();
  const explained = [];
  for (const row of rows) {
    const closed = await closedSince(tx, company, row, day);
    const of = row.decided_on as Day;
    const reasons = row.reasons as unknown as readonly Reason[];
    const verdict = row.verdict as Verdict;
    const basis: Partial<Basis> = { policyVersion: row.policy_version, ...(row.basis as Partial<Basis>) };
    const names = await basisNames(tx, companyId, row.policy_version);
    explained.push({
      current: of === day,
      explanation: {
        customerId,
        currency: row.currency,
        day,
        source: 'decided' as const,
        about: aboutKept(of, day, closed),
        decidedAt: row.decided_at,
        verdict,
        stepKey: row.step_key,
        stepName: names.steps.get(row.step_key ?? '') ?? null,
        nextAt: row.next_at,
        branches: explainDecision({ verdict, reasons, basis, names }),
      },
    });
  }
  return explained;
}

function aboutKept(of: Day, day: Day, closed: string | null): string {
  if (closed !== null) return `Decided on ${of}. After that ${closed}, so nothing was decided any more.`;
  return of === day
    ? `Decided on ${of}, and kept as it was.`
    : `Decided on ${of}; it still stood on ${day}, as nothing that it rests on had changed.`;
}

/** Why the customer's case was over by the day although the decision before says otherwise; null: it was not. */
async function closedSince(
  tx: Tx,
  company: Company,
  decision: { readonly customer_id: string; readonly currency: string; readonly decided_at: Date },
  day: Day,
): Promise<string | null> {
  const row = await tx
    .selectFrom('dunning_case')
    .select(['closed_at', 'close_reason'])
    .where('company_id', '=', company.company_id)
    .where('customer_id', '=', decision.customer_id)
    .where('currency', '=', decision.currency)
    .where('state', '=', 'closed')
    .where('closed_at', '>', decision.decided_at)
    .where('closed_at', '<', instantAt(addDays(day, 1), '00:00', company.time_zone))
    .orderBy('closed_at', 'desc')
    .executeTakeFirst();
  return row === undefined ? null : closeWords[row.close_reason as CloseReason];
}

/** As it is decided now, or would be on a later day, by the function that plans (S7). */
async function decidedLive(
  tx: Tx,
  company: Company,
  customerId: string,
  day: Day,
  now: Date,
): Promise<readonly Explanation[]> {
  const today = dayAt(now, company.time_zone);
  const { known, book } = await factsAhead(tx, company, [customerId], now);
  const days = daysBetween(today, day);
  const at = days === 0 ? now : instantAt(day, '00:00', company.time_zone);
  const found =
    days === 0
      ? book.positionsOn(customerId, day).map((position) => ({ position, ...decide(known, position) }))
      : decideAhead({ known, book, from: now, days }, customerId, day);
  const names = await basisNames(tx, company.company_id);
  return found.map(({ position, next, basis }) => {
    const { verdict, reasons, stepKey, nextAt } = decisionOf(next, position, at, company);
    return {
      customerId,
      currency: position.currency,
      day,
      source: days === 0 ? ('now' as const) : ('ahead' as const),
      about:
        days === 0
          ? 'As the facts stand now.'
          : 'As it would be decided if nobody paid and nothing else changed until then.',
      decidedAt: null,
      verdict,
      stepKey,
      stepName: names.steps.get(stepKey ?? '') ?? null,
      nextAt,
      branches: explainDecision({ verdict, reasons, basis, names }),
    };
  });
}

async function notYet(
  tx: Tx,
  companyId: string,
  {
    customerId,
    day,
    currency,
  }: { readonly customerId: string; readonly day: Day; readonly currency?: string },
): Promise<Explanation> {
  const first = await tx
    .selectFrom('decision')
    .select(['decided_on', 'currency'])
    .where('company_id', '=', companyId)
    .where('customer_id', '=', customerId)
    .orderBy('decided_on')
    .executeTakeFirst();
  const since =
    first === undefined
      ? 'Nothing was ever decided about them.'
      : `The first decision is of ${first.decided_on}.`;
  return {
    customerId,
    currency: currency ?? first?.currency ?? '',
    day,
    source: 'not_yet',
    about: `Duly had decided nothing about this customer by ${day}: nothing was past due, or the books were not connected yet. ${since}`,
    decidedAt: null,
    verdict: null,
    stepKey: null,
    stepName: null,
    nextAt: null,
    branches: [],
  };
}
