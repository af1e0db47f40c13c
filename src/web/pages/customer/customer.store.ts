import type { Selectable } from 'kysely';
import { knownLinks } from '../../../books/papers.store.ts';
import type { Currency } from '../../../domain/currency.ts';
import type { Day } from '../../../domain/day.ts';
import type { Reason } from '../../../domain/reason.ts';
import type { Tx } from '../../../platform/db.ts';
import type { Activity, Customer, Hold, Problem } from '../../../platform/db-types.ts';
import { UserError } from '../../../platform/errors.ts';
import type { HoldReason } from '../../../receivables/holds.ts';
import type { PositionLine } from '../../../receivables/position.ts';
import type { LastDecision, LastSent, OpenTouch } from '../../parts/next-step.ts';
import { readTouches, type TouchSeen } from './touches.store.ts';

/** What the customer owes in one currency, and what happens next with it. Amounts in minor units. */
export interface CustomerPosition {
  readonly currency: Currency;
  readonly openMinor: number;
  readonly pastDueMinor: number;
  readonly heldMinor: number;
  readonly creditsMinor: number;
  readonly askMinor: number;
  readonly lines: readonly PositionLine[];
  readonly holds: readonly HoldReason[];
  readonly ledgerMinor: number | null;
  readonly tiesOut: boolean;
  readonly decision: LastDecision | null;
  readonly reasons: readonly Reason[];
  readonly touch: OpenTouch | null;
  readonly sent: LastSent | null;
}

export interface CustomerView {
  readonly customer: Selectable<Customer>;
  readonly parentName: string | null;
  readonly positions: readonly CustomerPosition[];
  readonly holds: readonly Selectable<Hold>[];
  readonly problems: readonly Selectable<Problem>[];
  readonly activities: readonly Selectable<Activity>[];
  readonly touches: ReadonlyMap<string, TouchSeen>;
  /** Where the ledger shows the invoices online, as far as it was asked; null: nowhere. */
  readonly links: ReadonlyMap<string, string | null>;
}

const TIMELINE = 100;
// said already beside the touch they belong to
const saidElsewhere = ['note_written', 'note_failed', 'note_skipped', 'touch_delivered'];

/** Everything on a customer's page. Throws UserError not_found. */
export async function readCustomer(
  tx: Tx,
  companyId: string,
  customerId: string,
  at: { readonly now: Date; readonly today: Day },
): Promise<CustomerView> {
  const customer = await tx
    .selectFrom('customer')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('customer_id', '=', customerId)
    .executeTakeFirst();
  if (customer === undefined)
    throw new UserError(
      'not_found',
      'There is no such customer in these books.',
      'Choose one from the list.',
    );
  const parent =
    customer.parent_id === null
      ? undefined
      : await tx
          .selectFrom('customer')
          .select('name')
          .where('company_id', '=', companyId)
          .where('customer_id', '=', customer.parent_id)
          .executeTakeFirst();
  const activities = await tx
    .selectFrom('activity')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('customer_id', '=', customerId)
    .where('kind', 'not in', saidElsewhere)
    .orderBy('at', 'desc')
    .orderBy('activity_id', 'desc')
    .limit(TIMELINE)
    .execute();
  const problems = await tx
    .selectFrom('problem')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('customer_id', '=', customerId)
    .where('resolved_at', 'is', null)
    .orderBy('first_seen_at')
    .execute();
  const touches = await readTouches(tx, companyId, customerId);
  const positions = await readPositions(tx, companyId, customerId, [...touches.values()]);
  const holds = await readHolds(tx, companyId, customerId, positions);
  const invoiceIds = positions.flatMap((position) => position.lines.map((line) => line.invoiceId));
  const links = await knownLinks(tx, companyId, invoiceIds, at);
  return {
    customer,
    parentName: parent?.name ?? null,
    positions,
    holds,
    problems,
    activities,
    touches,
    links,
  };
}

async function readPositions(
  tx: Tx,
  companyId: string,
  customerId: string,
  touches: readonly TouchSeen[],
): Promise<readonly CustomerPosition[]> {
  const rows = await tx
    .selectFrom('position')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('customer_id', '=', customerId)
    .orderBy('past_due_minor', 'desc')
    .orderBy('currency')
    .execute();
  const decisions = await tx
    .selectFrom('decision')
    .distinctOn('currency')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('customer_id', '=', customerId)
    .orderBy('currency')
    .orderBy('decided_on', 'desc')
    .execute();
  return rows.map((row): CustomerPosition => {
    const decision = decisions.find((one) => one.currency === row.currency);
    const open = touches.find(
      (touch) => touch.currency === row.currency && !['sent', 'cancelled', 'failed'].includes(touch.state),
    );
    return {
      currency: row.currency as Currency,
      openMinor: row.open_minor,
      pastDueMinor: row.past_due_minor,
      heldMinor: row.held_minor,
      creditsMinor: row.credits_minor,
      askMinor: row.ask_minor,
      lines: row.lines as unknown as readonly PositionLine[],
      holds: row.holds as unknown as readonly HoldReason[],
      ledgerMinor: row.ledger_minor,
      tiesOut: row.ties_out,
      decision: decision
        ? {
            verdict: decision.verdict,
            stepKey: decision.step_key,
            nextAt: decision.next_at,
            decidedAt: decision.decided_at,
          }
        : null,
      reasons: (decision?.reasons ?? []) as unknown as readonly Reason[],
      touch: open ?? null,
      sent: lastSent(touches, row.currency),
    };
  });
}

function lastSent(touches: readonly TouchSeen[], currency: string): LastSent | null {
  const sent = touches.flatMap((touch) =>
    touch.currency === currency && touch.sentAt !== null
      ? [{ stepKey: touch.stepKey, sentAt: touch.sentAt }]
      : [],
  );
  return sent.toSorted((one, other) => other.sentAt.getTime() - one.sentAt.getTime())[0] ?? null;
}

/** Holds that stand: the company's, the customer's, and those of the invoices shown. */
function readHolds(
  tx: Tx,
  companyId: string,
  customerId: string,
  positions: readonly CustomerPosition[],
): Promise<Selectable<Hold>[]> {
  const invoiceIds = positions.flatMap((position) => position.lines.map((line) => line.invoiceId));
  return tx
    .selectFrom('hold')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('lifted_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('scope', '=', 'company'),
        eb('customer_id', '=', customerId),
        ...(invoiceIds.length > 0 ? [eb('invoice_id', 'in', invoiceIds)] : []),
      ]),
    )
    .orderBy('created_at', 'desc')
    .execute();
}
