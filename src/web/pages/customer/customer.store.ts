import { type Selectable, sql } from 'kysely';
import { noCustomer } from '../../../books/customer-name.store.ts';
import { knownLinks } from '../../../books/papers.store.ts';
import { getCompany } from '../../../companies/company.store.ts';
import type { Currency } from '../../../domain/currency.ts';
import type { Day } from '../../../domain/day.ts';
import type { Reason } from '../../../domain/reason.ts';
import { stepNamesOf } from '../../../dunning/explain-names.store.ts';
import type { Tx } from '../../../platform/db.ts';
import type { Activity, Customer, Hold, Problem } from '../../../platform/db-types.ts';
import type { Ages } from '../../../receivables/ages.ts';
import { familyOf } from '../../../receivables/behaviour.store.ts';
import type { HoldReason } from '../../../receivables/holds.ts';
import type { PositionCredit, PositionLine } from '../../../receivables/position.ts';
import { readPositions } from '../../../receivables/read-positions.store.ts';
import { lastDecisionOf } from '../../parts/last-decision.ts';
import type { LastDecision, LastSent } from '../../parts/next-step.ts';
import { isReplanned } from './replanned.store.ts';
import { readTouches, type TouchSeen } from './touches.store.ts';

/** What the customer owes in one currency, and what happens next with it. Amounts in minor units. */
export interface CustomerPosition {
  readonly currency: Currency;
  readonly openMinor: number;
  readonly pastDueMinor: number;
  readonly heldMinor: number;
  readonly creditsMinor: number;
  /** What the credits are made of (R4). */
  readonly credits: readonly PositionCredit[];
  readonly ages: Ages;
  readonly askMinor: number;
  readonly lines: readonly PositionLine[];
  readonly holds: readonly HoldReason[];
  readonly ledgerMinor: number | null;
  readonly tiesOut: boolean;
  readonly decision: LastDecision | null;
  readonly reasons: readonly Reason[];
  readonly touch: TouchSeen | null;
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
  /** Something changed that the decisions do not know yet; for seconds. */
  readonly replanned: boolean;
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
  if (customer === undefined) throw noCustomer();
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
    // what happened to those whose bills go here happened here too (R12)
    .where('customer_id', 'in', await familyOf(tx, companyId, customerId))
    .where('kind', 'not in', saidElsewhere)
    // the agreement itself says what was held, and what became of it
    .where(sql<boolean>`(data ->> 'agreementId' is null or kind not in ('hold_set', 'hold_lifted'))`)
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
  const positions = await customerPositions(tx, companyId, customerId, at.now, [...touches.values()]);
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
    replanned: await isReplanned(tx, companyId, customerId),
  };
}

async function customerPositions(
  tx: Tx,
  companyId: string,
  customerId: string,
  now: Date,
  touches: readonly TouchSeen[],
): Promise<readonly CustomerPosition[]> {
  const found = await readPositions(tx, await getCompany(tx, companyId), now, { customerIds: [customerId] });
  // of a customer whose bills go to its parent nothing is shown here: it stands on the parent's page (R12)
  const rows = found
    .filter((row) => row.customerId === customerId)
    .toSorted((one, other) => other.pastDueMinor - one.pastDueMinor);
  const decisions = await tx
    .selectFrom('decision')
    .distinctOn('currency')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('customer_id', '=', customerId)
    .orderBy('currency')
    .orderBy('decided_on', 'desc')
    .execute();
  const nameOf = await stepNamesOf(
    tx,
    companyId,
    decisions.map((decision) => decision.policy_version),
  );
  return rows.map((row): CustomerPosition => {
    const decision = decisions.find((one) => one.currency === row.currency);
    const open = touches.find(
      (touch) => touch.currency === row.currency && !['sent', 'cancelled', 'failed'].includes(touch.state),
    );
    return {
      currency: row.currency,
      openMinor: row.openMinor,
      pastDueMinor: row.pastDueMinor,
      heldMinor: row.heldMinor,
      creditsMinor: row.creditsMinor,
      credits: row.credits,
      ages: row.ages,
      askMinor: row.askMinor,
      lines: row.lines,
      holds: row.holds,
      ledgerMinor: row.ledgerMinor,
      tiesOut: row.tiesOut,
      ...lastDecisionOf(decision, nameOf),
      touch: open ?? null,
      sent: lastSent(touches, row.currency),
    };
  });
}

function lastSent(touches: readonly TouchSeen[], currency: string): LastSent | null {
  const sent = touches.flatMap((touch) =>
    touch.currency === currency && touch.sentAt !== null
      ? [{ stepName: touch.stepName, channel: touch.channel, sentAt: touch.sentAt }]
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
        // one parameter, whatever their number: a statement takes 65,535
        sql<boolean>`invoice_id = any(${invoiceIds}::text[])`,
      ]),
    )
    .orderBy('created_at', 'desc')
    .execute();
}
