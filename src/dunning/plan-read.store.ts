import type { CompanyRow } from '../companies/company.store.ts';
import { type Day, dayAt } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import { gatherFacts, positionsOf } from '../receivables/compute.store.ts';
import type { Position } from '../receivables/position.ts';
import type { ReconcileInput } from '../receivables/reconcile.ts';
import { isWithdrawal } from './announcements/withdrawal.ts';
import { type OpenCase, openCasesOf } from './case.store.ts';
import type { Known } from './decide.ts';
import { loadKnown } from './known.store.ts';
import { type ClosedCase, closedCases } from './reopen.store.ts';
import { type NewTouch, openTouches, type TouchRow } from './touch.store.ts';

export type StandingTouch = TouchRow & { readonly invoices: NewTouch['invoices'] };

/** All that the decisions about some customers rest on, and what stands of earlier ones. By `customer currency`. */
export interface Planning {
  /** Whom it was read for. */
  readonly asked: readonly string[];
  readonly company: CompanyRow;
  readonly known: Known;
  readonly now: Date;
  /** In the company's zone. */
  readonly today: Day;
  readonly positions: readonly Position[];
  /** What the positions are made of. */
  readonly input: ReconcileInput;
  readonly cases: ReadonlyMap<string, OpenCase>;
  readonly standing: ReadonlyMap<string, readonly StandingTouch[]>;
  /** A withdrawal of what was announced waits among them (P8), which is none of theirs. */
  readonly withdraws: boolean;
  /** Of whoever has no open case: the case closed last first. */
  readonly closed: ReadonlyMap<string, readonly ClosedCase[]>;
}

export function keyOf(of: { readonly customerId: string; readonly currency: string }): string {
  return `${of.customerId} ${of.currency}`;
}

/** Reads it for these customers and for whoever is chased for them (R12): the same queries whatever their number. */
export async function readPlanning(
  tx: Tx,
  company: CompanyRow,
  customerIds: readonly string[],
  now: Date,
): Promise<Planning> {
  const { company_id: companyId } = company;
  const today = dayAt(now, company.time_zone);
  const gathered = await gatherFacts(tx, company, today, { customerIds, purpose: 'read' });
  const positions = positionsOf(gathered);
  const concerned = [...new Set([...customerIds, ...positions.map((position) => position.customerId)])];
  const open = await openTouches(tx, companyId, concerned);
  const touches = open.filter((touch) => !isWithdrawal(touch));
  const cases = new Map((await openCasesOf(tx, companyId, concerned)).map((row) => [keyOf(row), row]));
  const caseless = positions.filter((position) => !cases.has(keyOf(position)));
  const { families, facts } = gathered.input;
  const invoiceEmails = facts.invoices.some(({ hasEmail }) => hasEmail);
  return {
    asked: concerned,
    company,
    known: await loadKnown(tx, company, concerned, now, { families, touches: open, invoiceEmails }),
    now,
    today,
    positions,
    input: gathered.input,
    cases,
    standing: Map.groupBy(touches, (row) => `${row.customer_id} ${row.currency}`),
    withdraws: touches.length < open.length,
    closed: await closedCases(
      tx,
      companyId,
      caseless.map((position) => position.customerId),
    ),
  };
}
