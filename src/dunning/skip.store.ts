import { getCompany } from '../companies/company.store.ts';
import { dayAt } from '../domain/day.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { addJob } from '../platform/jobs.ts';
import type { Stage } from '../policies/step.ts';
import { instalmentStep } from './instalment.ts';
import { lockStanding, reasonOf } from './lock-touch.store.ts';
import { statementStep } from './statement.ts';
import { cancelOpenTouch, invoicesOf, type TouchInvoice, type TouchRow } from './touch.store.ts';
import { stepOf } from './touch-step.ts';

/** A step that an invoice is passed through without contact (S1). */
export interface SkippedStep {
  readonly customerId: string;
  readonly currency: string;
  readonly invoiceId: string;
  readonly stepKey: string;
  readonly stage: Stage;
  /** In the company's zone. */
  readonly onDay: string;
  /** The touch that was taken back for it; null: none stood. */
  readonly touchId: string | null;
  readonly by: string;
  /** At most 300 characters. */
  readonly reason: string;
}

/** Writes down skipped steps; the same one of the same day is kept once. */
export async function addSkips(
  tx: Tx,
  companyId: string,
  skips: readonly SkippedStep[],
  now: Date,
): Promise<void> {
  if (skips.length === 0) return;
  await tx
    .insertInto('step_skip')
    .values(
      skips.map((skip) => ({
        company_id: companyId,
        invoice_id: skip.invoiceId,
        step_key: skip.stepKey,
        on_day: skip.onDay,
        customer_id: skip.customerId,
        currency: skip.currency,
        stage: skip.stage,
        touch_id: skip.touchId,
        by: skip.by,
        reason: skip.reason,
        at: now,
      })),
    )
    .onConflict((oc) => oc.doNothing())
    .execute();
}

/**
 * What taking this touch back as skipped means for its invoices: each is through its own step; listed ones are not. A
 * statement and the reminder of an instalment move nothing along: it is kept under their own key that there is none this
 * month (`statementDue`), or for this instalment (`instalmentsDue`).
 */
export function skipsOf(
  touch: TouchRow,
  invoices: readonly TouchInvoice[],
  said: { readonly onDay: string; readonly by: string; readonly reason: string },
): readonly SkippedStep[] {
  const own = [statementStep, instalmentStep].find(({ key }) => key === touch.step_key) ?? null;
  return invoices
    .filter((invoice) => own !== null || invoice.stepKey !== 'listed')
    .map((invoice) => ({
      customerId: touch.customer_id,
      currency: touch.currency,
      invoiceId: invoice.invoiceId,
      stepKey: own?.key ?? invoice.stepKey,
      stage: own?.stage ?? invoice.stage ?? stepOf({ step: null, step_key: invoice.stepKey }).stage,
      touchId: touch.touch_id,
      ...said,
    }));
}

/**
 * Passes over the step of a touch that stands: it does not leave, its invoices are through their steps from today on
 * without contact, and the next step follows at its usual distance (S1). The customer is not stopped: whoever wants
 * that takes the touch back (`cancelTouch`, decision 0008). Throws UserError bad_input, not_found or conflict.
 */
export async function skipStep(
  tx: Tx,
  companyId: string,
  touchId: string,
  reason: string,
  by: string,
  now: Date,
): Promise<void> {
  const words = reasonOf(reason, 'Say in a few words why this step is passed over.');
  const touch = await lockStanding(tx, companyId, touchId);
  if (touch.resend_of !== null)
    throw new UserError(
      'conflict',
      'This repeats a message that was sent: there is no step to pass over.',
      'Take it back instead.',
    );
  const { time_zone: zone } = await getCompany(tx, companyId);
  const invoices = (await invoicesOf(tx, companyId, [touchId])).get(touchId) ?? [];
  await cancelOpenTouch(tx, companyId, touch, `${by} skipped this step: ${words}`, by, now);
  await addSkips(
    tx,
    companyId,
    skipsOf(touch, invoices, { onDay: dayAt(now, zone), by, reason: words }),
    now,
  );
  await addJob(tx, 'plan', { companyId });
}
