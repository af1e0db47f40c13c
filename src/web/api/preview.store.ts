import { getCompany } from '../../companies/company.store.ts';
import { dayAt } from '../../domain/day.ts';
import { previewAhead } from '../../dunning/preview.store.ts';
import { markedDays } from '../../dunning/volume.store.ts';
import { type TouchAhead, withTasks } from '../../messages/tasks-ahead.store.ts';
import type { Tx } from '../../platform/db.ts';
import { iso, money } from './schema.ts';

/** What would be said in the coming days, as the API says it. */
export async function readPreview(
  tx: Tx,
  companyId: string,
  now: Date,
  { days, customerId }: { readonly days: number; readonly customerId?: string },
) {
  const company = await getCompany(tx, companyId);
  const wish = customerId === undefined ? { days } : { days, customerIds: [customerId] };
  const ahead = await previewAhead(tx, company, now, wish);
  const touches = await withTasks(tx, companyId, ahead);
  // S4: the brake is of the whole company
  const brakedDays = customerId === undefined ? [...(await markedDays(tx, company, now, ahead))] : null;
  return { from: dayAt(now, company.time_zone), days, brakedDays, items: touches.map(shown) };
}

function shown({ draft, step, day, at, customerName, reasons, task }: TouchAhead) {
  return {
    customerId: draft.customerId,
    customerName,
    currency: draft.currency,
    stepKey: draft.stepKey,
    stepName: draft.stepName,
    stage: step.stage,
    channel: step.channel,
    needsPerson: draft.needsPerson,
    day,
    at: iso(at),
    ask: money(draft.askMinor, draft.currency),
    invoices: draft.invoices.map(({ invoiceId, stepKey, openMinor }) => ({
      invoiceId,
      stepKey,
      open: money(openMinor, draft.currency),
    })),
    task,
    reasons: reasons.map((reason) => ({ ...reason })),
  };
}
