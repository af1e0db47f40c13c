import type { CompanyRow } from '../../companies/company.store.ts';
import { markPlanDue } from '../../companies/plan-due.store.ts';
import { dayAt } from '../../domain/day.ts';
import type { Tx } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { addJob } from '../../platform/jobs.ts';
import { type Addressee, recipientOf } from '../../receivables/recipient.ts';
import { loadDebtors } from '../debtors.store.ts';
import { loadDoubts } from '../doubts.store.ts';
import { lawsOf } from '../laws.ts';
import { invoicesOf } from '../touch.store.ts';
import type { Announcement } from './announcement.ts';
import { tellByHand } from './untold.store.ts';
import { whyNoEmail, withdrawalStep } from './withdrawal.ts';

/**
 * P8: the customer is told that what was announced will not be done: an e-mail released by whoever withdrew it, in the
 * conversation of the case. Whoever can't be written to is a task: then a person tells them.
 */
export async function tellWithdrawn(
  tx: Tx,
  company: CompanyRow,
  row: Announcement,
  by: string,
  now: Date,
): Promise<void> {
  const { company_id: companyId } = company;
  const reached = await whoHears(tx, company, row, now);
  if (typeof reached === 'string') {
    await tellByHand(tx, companyId, row, reached, now);
    return;
  }
  const touchId = newId(now);
  const named = (await invoicesOf(tx, companyId, [row.touchId])).get(row.touchId) ?? [];
  await tx
    .insertInto('touch')
    .values({
      company_id: companyId,
      touch_id: touchId,
      case_id: row.caseId,
      customer_id: row.customerId,
      currency: row.currency,
      step_key: withdrawalStep.key,
      step_number: 0,
      step: JSON.stringify(withdrawalStep),
      channel: 'email',
      style: 'own',
      recipient_name: reached.name,
      recipient_email: reached.email,
      // one withdrawal an announcement
      invoice_set: `#${row.announcementId}`,
      state: 'approved',
      approved_at: now,
      approved_by: by,
      ask_minor: 0,
      planned_for: now,
      created_at: now,
    })
    .execute();
  if (named.length > 0)
    await tx
      .insertInto('touch_invoice')
      .values(
        named.map((invoice) => ({
          company_id: companyId,
          touch_id: touchId,
          invoice_id: invoice.invoiceId,
          // mentioned, and moved along by nothing
          step_key: 'listed',
          stage: null,
          open_minor: invoice.openMinor,
          days_late: invoice.daysLate,
        })),
      )
      .execute();
  await markPlanDue(tx, companyId, [row.customerId]);
  await addJob(tx, 'deliver', { companyId });
}

/** Who is written to, or why nobody can be, as words after "and". */
async function whoHears(
  tx: Tx,
  company: CompanyRow,
  { customerId }: Announcement,
  now: Date,
): Promise<Addressee | string> {
  const { company_id: companyId, time_zone: zone } = company;
  const debtors = await loadDebtors(tx, companyId, [customerId], [customerId]);
  const debtor = debtors.get(customerId);
  const reached = debtor === undefined ? null : recipientOf(debtor, []);
  const { refused } = await loadDoubts(tx, companyId, now, zone);
  if (reached === null || refused.has(`${customerId} ${reached.email}`))
    return 'the customer has no usable e-mail address';
  return whyNoEmail(lawsOf(company, debtors)(customerId, dayAt(now, zone))) ?? reached;
}
