import { sql } from 'kysely';
import { addDays, instantAt } from '../../domain/day.ts';
import { binaryArray } from '../../platform/binary-array.ts';
import type { Tx } from '../../platform/db.ts';
import type { ConsequenceKind } from '../../policies/consequences/consequence.ts';
import { debtorHolds } from '../../receivables/debtor-holds.ts';
import type { Planning } from '../plan-read.store.ts';
import { cancelOpenTouch, postponeTouch } from '../touch.store.ts';
import { tellByHand } from './untold.store.ts';
import { whyNoEmail, withdrawalStep } from './withdrawal.ts';

interface Waiting {
  readonly touch_id: string;
  readonly customer_id: string;
  readonly currency: string;
  readonly case_id: string;
  readonly announcement_id: string;
  readonly kind: ConsequenceKind;
}

/** Holds against which even this is not said: why a person has to tell it instead. */
const forbidding: Readonly<Record<string, string>> = {
  do_not_contact: 'the customer must not be written to',
  legal: 'the customer must not be written to',
  customer_gone: 'the customer is inactive, archived or merged in the ledger',
};

/**
 * Withdrawals of these customers that have not left: one is taken back while the customer must not be written to (a
 * legal hold, do not contact, no e-mail by law or their own word) or is gone (R16), and then a person decides how to
 * tell; while a row of theirs cannot be read (R8), and on a day on which something was said already (S3), it waits for
 * the next. Nothing else of the sequence concerns it.
 */
export async function guardWithdrawals(
  tx: Tx,
  { company, known, input, today, now }: Pick<Planning, 'company' | 'known' | 'input' | 'today' | 'now'>,
  customerIds: readonly string[],
): Promise<void> {
  const { company_id: companyId, time_zone: zone } = company;
  const { rows } = await sql<Waiting>`
    select t.touch_id, t.customer_id, t.currency, t.case_id, a.announcement_id, a.kind
    from touch t join announcement a on a.company_id = t.company_id
      and a.announcement_id = substr(t.invoice_set, 2)::uuid
    where t.company_id = ${companyId} and t.step_key = ${withdrawalStep.key}
      and t.state in ('planned', 'awaiting_approval', 'approved')
      and t.customer_id = any(${binaryArray('text', customerIds)}::text[])`.execute(tx);
  const held = debtorHolds(
    input,
    rows.map(({ customer_id: customerId, currency }) => ({ customerId, currency })),
  );
  for (const row of rows) {
    const holds = held.get(`${row.customer_id} ${row.currency}`) ?? [];
    const why =
      holds.flatMap(({ kind }) => forbidding[kind] ?? [])[0] ??
      whyNoEmail(known.lawOf(row.customer_id, today));
    const members = known.membersOf.get(row.customer_id) ?? [row.customer_id];
    const { contacts } = known.historyOf(row.customer_id, row.currency, members);
    const waits = contacts.at(-1)?.on === today || holds.some(({ kind }) => kind === 'unreadable');
    const of = { announcementId: row.announcement_id, customerId: row.customer_id, kind: row.kind };
    if (why !== null) {
      await cancelOpenTouch(tx, companyId, row, `${why}.`, 'Duly', now);
      await tellByHand(tx, companyId, of, why, now);
    } else if (waits)
      await postponeTouch(tx, companyId, row.touch_id, instantAt(addDays(today, 1), '00:00', zone));
  }
}
