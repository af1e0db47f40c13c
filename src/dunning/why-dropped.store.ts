import { sql } from 'kysely';
import type { CompanyRow } from '../companies/company.store.ts';
import { localeOf } from '../domain/locale.ts';
import { formatMoney } from '../domain/money.ts';
import type { Reason } from '../domain/reason.ts';
import type { Tx } from '../platform/db.ts';
import type { Position } from '../receivables/position.ts';
import { instalmentStep } from './instalment.ts';
import { type Plans, readOccasion, shortOf } from './payment-plan.ts';
import { whyStale } from './plan.ts';
import type { NewTouch, TouchRow } from './touch.store.ts';
import { type Gone, whatChanged, whyRedated } from './why-dropped.ts';

/**
 * Why a touch that stands may not leave as it is, as a sentence that says what changed in the ledger, or null when
 * nothing of substance did (CON-13). `against`: why nothing is planned, when that is no change in the ledger. `live`: the
 * payment plans that live.
 */
export async function whyDropped(
  tx: Tx,
  company: CompanyRow,
  touch: TouchRow & Pick<NewTouch, 'invoices'>,
  fresh: Parameters<typeof whyStale>[1],
  position: Position,
  against: Reason | null,
  live: Plans['live'],
): Promise<string | null> {
  if (touch.step_key === instalmentStep.key) {
    const over = await whyNotShort(tx, company.company_id, touch, live);
    if (over !== null) return over;
    if (fresh?.stepKey !== instalmentStep.key)
      return position.holds[0]?.words ?? against?.words ?? 'it is not reminded of now.';
  } else if (fresh?.stepKey === instalmentStep.key && isAsked(touch, position))
    return 'an instalment of their payment plan is reminded of first; this follows on a day of its own.';
  const why = whyStale(touch, fresh, position, against);
  if (why === null) return whyRedated(touch, position, company.time_zone);
  // a hold, a pause and a minimum say their own reason
  if (fresh === null && (position.holds.length > 0 || against !== null)) return why;
  const gone = await goneInvoices(tx, company.company_id, touch, position);
  const money = (minor: number): string => formatMoney(minor, position.currency, localeOf(company.country));
  const what = whatChanged(touch, fresh, position, gone, money);
  return what === '' ? why : `${why.replace(/\.$/, '')}: ${what}.`;
}

/** Whether nothing holds what a touch names. */
function isAsked({ invoices }: Pick<NewTouch, 'invoices'>, { lines }: Position): boolean {
  const asked = new Set(lines.filter(({ state }) => state === 'ask').map(({ invoiceId }) => invoiceId));
  return invoices.every(({ invoiceId }) => asked.has(invoiceId));
}

/** R11: why what a touch reminds of is not short any more; null: its plan lives, and it is. */
async function whyNotShort(
  tx: Tx,
  companyId: string,
  touch: TouchRow,
  live: Plans['live'],
): Promise<string | null> {
  const told = readOccasion(touch.invoice_set);
  if (told === null) return null;
  const plan = live.find(({ planId }) => planId === told.planId);
  if (plan === undefined) return await whyPlanIsOver(tx, companyId, told.planId);
  const isShort = shortOf(plan).some(({ number }) => number <= told.number);
  return isShort ? null : 'what was short of the payment plan has come in.';
}

async function whyPlanIsOver(tx: Tx, companyId: string, planId: string): Promise<string> {
  const row = await tx
    .selectFrom('agreement')
    .select('state')
    .where('company_id', '=', companyId)
    .where('agreement_id', '=', planId)
    .executeTakeFirst();
  if (row?.state === 'completed') return 'the payment plan is paid in full.';
  if (row?.state === 'breached')
    return 'the payment plan has ended, as an instalment was short after its days of grace.';
  return 'the payment plan was withdrawn.';
}

/** What became of the touch's invoices that are not in the position any more. */
async function goneInvoices(
  tx: Tx,
  companyId: string,
  touch: { readonly invoices: NewTouch['invoices'] },
  position: Position,
): Promise<ReadonlyMap<string, Gone>> {
  const here = new Set(position.lines.map((line) => line.invoiceId));
  const ids = touch.invoices.map((invoice) => invoice.invoiceId).filter((id) => !here.has(id));
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('invoice')
    .select(['invoice_id', 'number', 'status', 'open_minor', 'customer_id'])
    .where('company_id', '=', companyId)
    .where(sql<boolean>`invoice_id = any(${ids}::text[])`)
    .execute();
  return new Map(
    rows.map((row) => [
      row.invoice_id,
      {
        number: row.number,
        status: row.status,
        openMinor: row.open_minor,
        elsewhere: row.open_minor > 0 && row.status === 'open' && row.customer_id !== position.customerId,
      },
    ]),
  );
}
