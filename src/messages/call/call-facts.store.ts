import { getCompany } from '../../companies/company.store.ts';
import { dayAt } from '../../domain/day.ts';
import { stepOf } from '../../dunning/touch-step.ts';
import type { Tx } from '../../platform/db.ts';
import { readBehaviour } from '../../receivables/behaviour.store.ts';
import { callTasks } from '../call-task.store.ts';
import type { TouchContent } from '../touch-content.store.ts';
import { findTouch } from '../touch-row.store.ts';
import type { CallFacts } from './call-sheet.ts';

const MOST_EARLIER = 6;
const channelWords: Readonly<Record<string, string>> = {
  email: 'e-mail',
  letter: 'letter',
  call: 'call',
  statement: 'statement',
};

/** What whoever calls should know (P26): earlier contact, payments, promises. */
export async function readCallFacts(
  tx: Tx,
  companyId: string,
  touch: TouchContent,
  touchId: string,
  now: Date,
): Promise<CallFacts> {
  const company = await getCompany(tx, companyId);
  const rows = await tx
    .selectFrom('touch')
    .select(['sent_at', 'channel', 'step', 'step_key'])
    .where('company_id', '=', companyId)
    .where('customer_id', '=', touch.customerId)
    .where('state', '=', 'sent')
    .orderBy('sent_at', 'desc')
    .limit(MOST_EARLIER)
    .execute();
  const task = (await callTasks(tx, companyId))(await findTouch(tx, companyId, touchId));
  const behaviour = await readBehaviour(tx, company, touch.customerId, now);
  return {
    phone: touch.phone,
    task,
    earlier: rows.flatMap((row) =>
      row.sent_at === null
        ? []
        : [
            {
              on: dayAt(row.sent_at, company.time_zone),
              words: `${stepOf(row).name} (${channelWords[row.channel] ?? row.channel})`,
            },
          ],
    ),
    lastPaymentOn: behaviour.lastPaymentOn,
    averageDaysLate: behaviour.settled.averageDaysLate,
    promises: {
      kept: behaviour.promises.kept,
      broken: behaviour.promises.broken + behaviour.promises.partKept,
    },
    law: touch.lawWords,
  };
}
