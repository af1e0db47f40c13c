import { getCompany } from '../../../companies/company.store.ts';
import type { Currency } from '../../../domain/currency.ts';
import { type Day, day, dayAt, daysBetween } from '../../../domain/day.ts';
import { isByName, stepOf } from '../../../dunning/touch-step.ts';
import { warningsOf } from '../../../dunning/warned.store.ts';
import type { Tx } from '../../../platform/db.ts';
import { loadAnnouncing } from '../../../policies/consequences/catalogue.store.ts';
import {
  type Announcing,
  asConsequenceKind,
  consequenceName,
  whyNotAnnounced,
} from '../../../policies/consequences/consequence.ts';
import type { LawRule } from '../../../policies/law/law.ts';
import type { Step } from '../../../policies/step.ts';
import { type NextAhead, readNextAhead } from './next-ahead.store.ts';

/** An invoice as a waiting touch names it. */
interface TouchLine {
  readonly number: string | null;
  readonly openMinor: number;
  readonly daysLate: number;
}

/** A touch that has not left. Amounts in minor units of `currency`. */
export interface WaitingTouch {
  readonly touchId: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly country: string | null;
  readonly region: string | null;
  readonly currency: Currency;
  readonly stepName: string;
  readonly channel: string;
  /** It repeats one that was sent. */
  readonly repeats: boolean;
  readonly stepNumber: number;
  readonly state: string;
  readonly style: string;
  readonly recipientName: string;
  readonly recipientEmail: string;
  readonly recipientAddress: string | null;
  readonly recipientPhone: string | null;
  readonly askMinor: number;
  /** What it asks for less than what is past due, as the customer has that much credit (R4); 0: nothing. */
  readonly creditMinor: number;
  /** S4: nobody releases it along with others; a person ticks it. */
  readonly byName: boolean;
  /** P8: the consequence that it announces, or why it does not now, as a sentence; null: it was planned without. */
  readonly announces: string | null;
  /** What the law warns of; whoever releases it says why it goes out all the same. */
  readonly warnings: readonly LawRule[];
  readonly plannedFor: Date;
  readonly approvedBy: string | null;
  /** Why it waits for a person. */
  readonly reason: string | null;
  readonly lines: readonly TouchLine[];
}

export interface Batch {
  /** Waits for a person; in preview: what would wait or leave. */
  readonly waiting: readonly WaitingTouch[];
  /** Released, and not gone yet. */
  readonly released: readonly WaitingTouch[];
  /** What falls due next, when nothing waits; null: nothing is planned. */
  readonly next: NextAhead | null;
}

const LIMIT = 500;

/** The batch to approve: a handful of statements, whatever its size. */
export async function readBatch(tx: Tx, companyId: string, now: Date): Promise<Batch> {
  const touches = await tx
    .selectFrom('touch')
    .innerJoin('customer', (join) =>
      join
        .onRef('customer.company_id', '=', 'touch.company_id')
        .onRef('customer.customer_id', '=', 'touch.customer_id'),
    )
    .leftJoin('position', (join) =>
      join
        .onRef('position.company_id', '=', 'touch.company_id')
        .onRef('position.customer_id', '=', 'touch.customer_id')
        .onRef('position.currency', '=', 'touch.currency'),
    )
    .selectAll('touch')
    .select(['customer.name', 'customer.country', 'customer.region', 'position.credits_minor'])
    .where('touch.company_id', '=', companyId)
    // what is released and a person's to do stands on the list of what is to do
    .where((eb) =>
      eb.or([eb('touch.channel', 'in', ['email', 'statement']), eb('touch.state', '<>', 'approved')]),
    )
    .where('touch.state', 'in', ['planned', 'awaiting_approval', 'approved', 'reserved', 'uncertain'])
    .orderBy('touch.step_number', 'desc')
    .orderBy('touch.currency')
    .orderBy('touch.ask_minor', 'desc')
    .limit(LIMIT)
    .execute();
  const company = await getCompany(tx, companyId);
  const linesOf = await readLines(
    tx,
    companyId,
    touches.map((touch) => touch.touch_id),
    dayAt(now, company.time_zone),
  );
  const waiting = touches.filter((touch) => isWaiting(touch.state));
  const warned = await warningsOf(tx, company, waiting, now);
  const announcing = await loadAnnouncing(tx, companyId);
  const rows = touches.map(
    (touch): WaitingTouch => ({
      touchId: touch.touch_id,
      customerId: touch.customer_id,
      customerName: touch.name,
      country: touch.country,
      region: touch.region,
      currency: touch.currency as Currency,
      stepName: stepOf(touch).name,
      channel: touch.channel,
      repeats: touch.resend_of !== null,
      stepNumber: touch.step_number,
      state: touch.state,
      style: touch.style,
      recipientName: touch.recipient_name,
      recipientEmail: touch.recipient_email,
      recipientAddress: touch.recipient_address,
      recipientPhone: touch.recipient_phone,
      askMinor: touch.ask_minor,
      creditMinor: creditOf(touch, linesOf.get(touch.touch_id) ?? []),
      byName: isByName(stepOf(touch)),
      announces: announcedWords(stepOf(touch), announcing),
      warnings: touch.channel === 'call' ? [] : warned(touch.touch_id),
      plannedFor: touch.planned_for,
      approvedBy: touch.approved_by,
      reason: touch.state_reason,
      lines: linesOf.get(touch.touch_id) ?? [],
    }),
  );
  return {
    waiting: rows.filter((touch) => isWaiting(touch.state)),
    released: rows.filter((touch) => !isWaiting(touch.state)),
    next: rows.length > 0 ? null : await readNextAhead(tx, companyId, now),
  };
}

function isWaiting(state: string): boolean {
  return state === 'planned' || state === 'awaiting_approval';
}

function announcedWords({ consequence }: Step, announcing: Announcing): string | null {
  const kind = consequence === null ? null : asConsequenceKind(consequence);
  if (kind === null) return null;
  return whyNotAnnounced(kind, announcing)?.words ?? `Announces “${consequenceName(kind)}”.`;
}

/** Only what is surely the credit: a statement or an instalment asks for less for other reasons. */
function creditOf(
  touch: { readonly ask_minor: number; readonly credits_minor: number | null },
  lines: readonly TouchLine[],
): number {
  const late = lines.filter((line) => line.daysLate > 0);
  const less = late.reduce((sum, line) => sum + line.openMinor, 0) - touch.ask_minor;
  return less > 0 && less === touch.credits_minor ? less : 0;
}

/** Late as of `today`, as the message will say it: what waits for days was planned with fewer. */
async function readLines(
  tx: Tx,
  companyId: string,
  touchIds: readonly string[],
  today: Day,
): Promise<ReadonlyMap<string, readonly TouchLine[]>> {
  if (touchIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('touch_invoice as t')
    .leftJoin('invoice as i', (join) =>
      join.onRef('i.company_id', '=', 't.company_id').onRef('i.invoice_id', '=', 't.invoice_id'),
    )
    .select(['t.touch_id', 't.open_minor', 't.days_late', 'i.number', 'i.due_on'])
    .where('t.company_id', '=', companyId)
    .where('t.touch_id', 'in', touchIds)
    .orderBy('t.days_late', 'desc')
    .execute();
  return Map.groupBy(
    rows.map((row) => ({
      touchId: row.touch_id,
      number: row.number,
      openMinor: row.open_minor,
      daysLate: row.due_on === null ? row.days_late : daysBetween(day(row.due_on), today),
    })),
    (row) => row.touchId,
  );
}
