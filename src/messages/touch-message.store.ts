import { knownLinks } from '../books/papers.store.ts';
import type { Currency } from '../domain/currency.ts';
import { addDays, type Day, dayAt, daysBetween } from '../domain/day.ts';
import { localeOf } from '../domain/locale.ts';
import { touchedInvoices } from '../dunning/touch.store.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { payWithinDays } from '../policies/style.ts';
import { getPolicy } from '../policies/policy.store.ts';
import { getBrand, logoHash } from './brand.store.ts';
import { composeReminder } from './compose.ts';
import {
  type ComposedReminder,
  invoiceToOpen,
  type ReminderContent,
  type ReminderGroup,
  type ReminderStep,
} from './reminder.ts';
import { checkTone } from './tone.ts';

export interface TouchMessage extends ComposedReminder {
  readonly replyTo: string;
}

/**
 * The message of a touch as it would leave at `now`, from the mirror as it stands in this transaction: the same for
 * preview, approval and sending (S7). Throws UserError when there is no brand or no such touch, RangeError when the
 * figures contradict one another.
 */
export async function touchMessage(
  tx: Tx,
  companyId: string,
  touchId: string,
  now: Date,
  baseUrl: string,
): Promise<TouchMessage> {
  const content = await contentOf(tx, companyId, touchId, now, baseUrl);
  const composed = await composeReminder(content);
  const blocked = checkTone(composed, content).filter((finding) => finding.severity === 'block');
  if (blocked.length > 0) throw new RangeError(blocked.map((finding) => finding.words).join(' '));
  return { ...composed, replyTo: content.brand.contactEmail };
}

async function contentOf(
  tx: Tx,
  companyId: string,
  touchId: string,
  now: Date,
  baseUrl: string,
): Promise<ReminderContent> {
  const touch = await tx
    .selectFrom('touch as t')
    .innerJoin('dunning_case as c', (join) =>
      join.onRef('c.company_id', '=', 't.company_id').onRef('c.case_id', '=', 't.case_id'),
    )
    .innerJoin('company as o', 'o.company_id', 't.company_id')
    .leftJoin('customer as k', (join) =>
      join.onRef('k.company_id', '=', 't.company_id').onRef('k.customer_id', '=', 't.customer_id'),
    )
    .leftJoin('position as p', (join) =>
      join
        .onRef('p.company_id', '=', 't.company_id')
        .onRef('p.customer_id', '=', 't.customer_id')
        .onRef('p.currency', '=', 't.currency'),
    )
    .select(['t.step_key', 't.style', 't.currency', 't.ask_minor', 't.recipient_name', 'c.reference'])
    .select(['o.legal_name', 'o.postal_address', 'o.country', 'o.email', 'o.phone', 'o.time_zone'])
    .select([
      'k.name as customer_name',
      'k.first_name',
      'k.country as customer_country',
      'k.debtor_type',
      'p.credits_minor',
    ])
    .where('t.company_id', '=', companyId)
    .where('t.touch_id', '=', touchId)
    .executeTakeFirst();
  const brand = await getBrand(tx, companyId);
  if (touch === undefined)
    throw new UserError('not_found', 'There is no such message.', 'Load the page again.');
  if (brand === null)
    throw new UserError('conflict', 'Your brand is not set up.', 'Fill in the Brand page first.');
  const policy = await getPolicy(tx, companyId);
  const today = dayAt(now, touch.time_zone);
  const step = policy.steps.find((other) => other.key === touch.step_key);
  const days =
    step === undefined ? 7 : payWithinDays(step, touch.customer_country, debtorTypeOf(touch.debtor_type));
  const touched = await touchedInvoices(tx, companyId, touchId);
  const ids = touched.map((invoice) => invoice.invoiceId);
  const links = await knownLinks(tx, companyId, ids, { now, today });
  const invoices = touched.map((invoice) => ({ ...invoice, url: links.get(invoice.invoiceId) ?? null }));
  return {
    brand,
    style: touch.style === 'service' ? 'service' : 'own',
    creditor: {
      legalName: touch.legal_name,
      // the brand's page says where letters reach the business; the ledger's own address stands in
      postalAddress: brand.postalAddress || touch.postal_address,
      country: touch.country,
      email: touch.email,
      phone: touch.phone,
    },
    customer: { name: touch.customer_name ?? touch.recipient_name, firstName: touch.first_name },
    stepKey: touch.step_key as ReminderStep,
    reference: touch.reference,
    currency: touch.currency as Currency,
    locale: localeOf(touch.country),
    groups: groupsOf(invoices, today),
    creditsMinor: touch.credits_minor ?? 0,
    askMinor: touch.ask_minor,
    today,
    payBy: addDays(today, days),
    payUrl: invoiceToOpen(invoices)?.url ?? null,
    logoUrl: brand.logo === null ? null : `${baseUrl}/brand/${companyId}/logo/${logoHash(brand.logo)}`,
  };
}

function debtorTypeOf(text: string | null): 'business' | 'sole_trader' | 'consumer' | 'unknown' {
  return text === 'business' || text === 'sole_trader' || text === 'consumer' ? text : 'unknown';
}

type Touched = Awaited<ReturnType<typeof touchedInvoices>>[number] & { readonly url: string | null };

function groupsOf(invoices: readonly Touched[], today: Day): readonly ReminderGroup[] {
  const groups = Map.groupBy(invoices, (invoice) => invoice.stepKey);
  return [...groups].map(([stepKey, members]) => ({
    stepKey: stepKey as ReminderGroup['stepKey'],
    invoices: members.map((invoice) => ({ ...invoice, daysLate: daysBetween(invoice.dueOn, today) })),
  }));
}
