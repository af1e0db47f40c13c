import { record } from '../../activity/activity.store.ts';
import { resolveProblem } from '../../activity/problem.store.ts';
import type { CompanyRow } from '../../companies/company.store.ts';
import { dayAt } from '../../domain/day.ts';
import type { Tx } from '../../platform/db.ts';
import { UserError } from '../../platform/errors.ts';
import { liftHoldsOf } from '../hold-lift.store.ts';
import { isLive } from './agreement.ts';
import { checkWords } from './checks.ts';
import { lockAgreement } from './row.store.ts';
import { taskKinds, withdrawnKinds } from './said.ts';
import { setCovering } from './settle.store.ts';

/**
 * Ends a live agreement, or what an accepted offer still holds; its invoices are chased again. Throws UserError
 * not_found (there is none), conflict (settled already) or bad_input (no reason, no name).
 */
export async function withdrawAgreement(
  tx: Tx,
  company: CompanyRow,
  agreementId: string,
  by: string,
  reason: string,
  now: Date,
): Promise<void> {
  const companyId = company.company_id;
  const actor = checkWords(by, 'It is not said who withdraws it.', 'Say your name.');
  const why = checkWords(reason, 'The withdrawal has no reason.', 'Say why, in a few words.', 500);
  const agreement = await lockAgreement(tx, companyId, agreementId);
  if (agreement === null)
    throw new UserError('not_found', 'There is no such agreement.', 'Load the page again.');
  if (!isLive(agreement.state) && agreement.state !== 'accepted')
    throw new UserError(
      'conflict',
      `This ${agreement.kind} is ${agreement.state.replaceAll('_', ' ')} already.`,
      'Write down what was agreed instead.',
    );
  const today = dayAt(now, company.time_zone);
  await tx
    .updateTable('agreement')
    .set({ state: 'withdrawn', settled_on: today, watched_until: today, next_event_on: null })
    .where('company_id', '=', companyId)
    .where('agreement_id', '=', agreementId)
    .execute();
  await setCovering(tx, companyId, agreementId, false);
  for (const task of taskKinds) await resolveProblem(tx, companyId, now, task, agreementId);
  await record(tx, companyId, now, [
    {
      kind: withdrawnKinds[agreement.kind],
      actor,
      summary: `The ${agreement.kind} was withdrawn: ${why}`,
      customerId: agreement.customerId,
      data: { agreementId, before: agreement.state, reason: why },
    },
  ]);
  await liftHoldsOf(tx, companyId, agreementId, actor, `the ${agreement.kind} was withdrawn: ${why}`, now);
}
