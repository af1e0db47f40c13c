import { addDays, dayAt } from '../domain/day.ts';
import type { Position } from '../receivables/position.ts';
import { instalmentStep } from './instalment.ts';
import type { NewTouch } from './touch.store.ts';

/** An invoice that a touch named and that is not part of its customer's position any more. */
export interface Gone {
  readonly number: string | null;
  readonly status: string;
  readonly openMinor: number;
  /** It belongs to a customer whose invoices are not asked for with this touch. */
  readonly elsewhere: boolean;
}

interface Standing {
  readonly created_at: Date;
  readonly invoices: NewTouch['invoices'];
}

/**
 * A due date that was moved since the touch was planned, in words, or null: what it says of the days late would not be
 * true any more, although the sums may be. What was not past due then is written of with its own date when it leaves: it
 * only matters whether it was due before that. `zone` is the company's.
 */
export function whyRedated(touch: Standing, position: Position, zone: string): string | null {
  const plannedOn = dayAt(touch.created_at, zone);
  for (const { invoiceId, daysLate } of touch.invoices) {
    const line = position.lines.find((each) => each.invoiceId === invoiceId);
    if (line?.dueOn == null) continue;
    if (daysLate === 0 && line.dueOn >= plannedOn) continue;
    const was = addDays(plannedOn, -daysLate);
    if (daysLate === 0) return `invoice ${line.number ?? invoiceId} was due ${line.dueOn} already.`;
    if (line.dueOn !== was)
      return `invoice ${line.number ?? invoiceId} is due ${line.dueOn} now; it was due ${was}.`;
  }
  return null;
}

/** Named one by one up to here. */
const MOST_CHANGES = 3;

/**
 * What differs between a touch that stands and the figures of now, in words without a full stop: invoices that are not
 * asked for any more and why, other balances, more invoices. Empty when nothing differs.
 */
export function whatChanged(
  touch: Pick<Standing, 'invoices'> & { readonly step_key?: string },
  fresh: Pick<NewTouch, 'invoices'> | null,
  position: Position,
  gone: ReadonlyMap<string, Gone>,
  money: (minor: number) => string,
): string {
  const inPlan = touch.step_key === instalmentStep.key;
  const changes = touch.invoices.flatMap(({ invoiceId, openMinor, daysLate }) => {
    const line = position.lines.find((each) => each.invoiceId === invoiceId);
    if (line === undefined)
      return `invoice ${gone.get(invoiceId)?.number ?? invoiceId} ${fateOf(gone.get(invoiceId))}`;
    const name = `invoice ${line.number ?? invoiceId}`;
    if (line.daysLate === 0 && (daysLate > 0 || line.dueOn === null))
      return line.dueOn === null ? `${name} has no due date` : `${name} is due ${line.dueOn}`;
    // of a payment plan they all are
    if (!inPlan && (line.state === 'held' || line.state === 'left_out')) return `${name} is on hold`;
    if (line.openMinor !== openMinor)
      return `${money(line.openMinor)} of ${name} is open, ${money(openMinor)} was`;
    return [];
  });
  const named = new Set(touch.invoices.map((invoice) => invoice.invoiceId));
  const more = (fresh?.invoices ?? []).filter((invoice) => !named.has(invoice.invoiceId));
  const added = more.map(({ invoiceId }) => {
    const number = position.lines.find((each) => each.invoiceId === invoiceId)?.number;
    return `invoice ${number ?? invoiceId} is past due as well`;
  });
  return [...changes, ...added].slice(0, MOST_CHANGES).join('; ');
}

function fateOf(gone: Gone | undefined): string {
  if (gone === undefined) return 'is gone from the books';
  if (gone.status === 'void') return 'was voided in the ledger';
  if (gone.status === 'deleted') return 'was deleted in the ledger';
  if (gone.status === 'draft') return 'is a draft again';
  if (gone.elsewhere) return 'belongs to another customer now';
  return gone.openMinor > 0 ? 'is not asked for here any more' : 'is settled';
}
