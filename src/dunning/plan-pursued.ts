import { addDays, type Day, instantAt } from '../domain/day.ts';
import type { Position } from '../receivables/position.ts';
import type { OpenCase } from './case.store.ts';
import type { Draft } from './draft.ts';
import type { History } from './history.ts';
import type { Plans } from './payment-plan.ts';
import type { Planning } from './plan-read.store.ts';

/**
 * Whether a customer is pursued in a currency: something is past due, or something is said before it is. A case that said
 * only that waits for the due date; one that is held waits for the hold's end.
 */
export function isPursued(
  planning: Planning,
  position: Position,
  of: { readonly open: OpenCase | null; readonly draft: Draft | null; readonly held: boolean },
): boolean {
  if (position.pastDueMinor > 0 || of.draft !== null) return true;
  if (of.open === null) return false;
  if (of.held && position.openMinor > 0) return true;
  // R11: who pays in instalments is reminded of the next one in the same conversation
  if (livePlans(planning, position).some(({ invoiceIds }) => isOpen(position, invoiceIds))) return true;
  const { stepsDone } = historyOf(planning, position);
  return position.lines.some((line) => {
    const done = stepsDone.filter((entry) => entry.invoiceId === line.invoiceId);
    return line.state === 'not_due' && done.length > 0 && done.every((entry) => entry.stage === 'courtesy');
  });
}

/** R11: the payment plans of those whose bills go to the debtor, that are not over. */
export function livePlans({ known }: Planning, { customerId, currency }: Position): Plans['live'] {
  return known.plansOf(currency, known.membersOf.get(customerId) ?? [customerId]).live;
}

function isOpen({ lines }: Position, invoiceIds: ReadonlySet<string>): boolean {
  return lines.some(({ invoiceId }) => invoiceIds.has(invoiceId));
}

/** What was said to a debtor and happened with everybody whose bills go to it (R12). */
export function historyOf({ known }: Planning, { customerId, currency }: Position): History {
  return known.historyOf(customerId, currency, known.membersOf.get(customerId) ?? [customerId]);
}

/** A customer is looked at again when a day begins in the company's zone, tomorrow at the earliest. */
export function lookOn(
  { company, today }: Planning,
  { customerId }: { readonly customerId: string },
  on: Day,
): { readonly customerId: string; readonly at: Date } {
  const day = on > today ? on : addDays(today, 1);
  return { customerId, at: instantAt(day, '00:00', company.time_zone) };
}
