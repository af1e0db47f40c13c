import type { CompanyRow } from '../companies/company.store.ts';
import { type Day, dayAt } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import type { Position } from '../receivables/position.ts';
import { readPositions } from '../receivables/read-positions.store.ts';
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
  readonly cases: ReadonlyMap<string, OpenCase>;
  readonly standing: ReadonlyMap<string, readonly StandingTouch[]>;
  /** The case closed last first. */
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
  const positions = await readPositions(tx, company, now, { customerIds });
  const concerned = [...new Set([...customerIds, ...positions.map((position) => position.customerId)])];
  const touches = (await openTouches(tx, companyId, concerned)).filter((touch) => !isWithdrawal(touch));
  return {
    asked: concerned,
    company,
    known: await loadKnown(tx, company, concerned, now),
    now,
    today: dayAt(now, company.time_zone),
    positions,
    cases: new Map((await openCasesOf(tx, companyId, concerned)).map((row) => [keyOf(row), row])),
    standing: Map.groupBy(touches, (row) => `${row.customer_id} ${row.currency}`),
    closed: await closedCases(tx, companyId, concerned),
  };
}
