import { raiseProblem } from '../../activity/problem.store.ts';
import type { CompanyRow } from '../../companies/company.store.ts';
import { markPlanDue } from '../../companies/plan-due.store.ts';
import type { Tx } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { addJob } from '../../platform/jobs.ts';
import { consequenceName } from '../../policies/consequences/consequence.ts';
import { step } from '../../policies/step.ts';
import { recipientOf } from '../../receivables/recipient.ts';
import { loadDebtors } from '../debtors.store.ts';
import { invoicesOf } from '../touch.store.ts';
import type { Announcement } from './announcement.ts';

/** Nothing is asked with it, and it moves nothing along: the customer hears that something will not happen. */
export const withdrawalStep = step({
  key: 'consequence_withdrawn',
  name: 'withdrawal of a consequence',
  offsetDays: 0,
  stage: 'courtesy',
  template: 'consequence_withdrawn',
});

/**
 * P8: the customer is told that what was announced will not be done: an e-mail released by whoever withdrew it, in the
 * conversation of the case. Somebody without an address is a task: then a person tells them.
 */
export async function tellWithdrawn(
  tx: Tx,
  company: CompanyRow,
  row: Announcement,
  by: string,
  now: Date,
): Promise<void> {
  const { company_id: companyId } = company;
  const debtor = (await loadDebtors(tx, companyId, [row.customerId], [row.customerId])).get(row.customerId);
  const recipient = debtor === undefined ? null : recipientOf(debtor, []);
  if (recipient === null) {
    await raiseProblem(tx, companyId, now, {
      kind: 'tell_withdrawn',
      subject: row.announcementId,
      customerId: row.customerId,
      what: `“${consequenceName(row.kind)}” is withdrawn, and the customer has no usable e-mail address.`,
      meaning: 'The customer still believes that it will happen.',
      action: 'Call or write to the customer yourself.',
    });
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
      recipient_name: recipient.name,
      recipient_email: recipient.email,
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
