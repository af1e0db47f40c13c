import { getCompany } from '../companies/company.store.ts';
import { dayAt } from '../domain/day.ts';
import { copiesOf } from '../dunning/copies.store.ts';
import type { Copy } from '../dunning/copies.ts';
import type { Known } from '../dunning/decide.ts';
import { loadKnown } from '../dunning/known.store.ts';
import { whyNotToThem } from '../dunning/repetition.ts';
import { whyNotAgain } from '../dunning/resend.ts';
import { invoicesOf, type TouchRow } from '../dunning/touch.store.ts';
import { windowsOf } from '../dunning/window.store.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany, type Tx } from '../platform/db.ts';
import { LedgerError } from '../platform/errors.ts';
import { standingCompanyHolds } from '../receivables/company-holds.store.ts';
import { readPositions } from '../receivables/read-positions.store.ts';
import { type CopyRow, moveCopy, tellCopy } from './copy.store.ts';
import { readBefore } from './verify.job.ts';

/** A copy right behind its message rests on what that rested on; one that waited so long does not any more. */
const AT_ONCE_MS = 5 * 60_000;
/** Between attempts to read the ledger for those that wait. */
const AGAIN_MS = 10 * 60_000;

/** Whether a copy is a message of its own by now: not the business's own, and not right behind its message. */
export function isLate({ why, attempts, created_at: at }: CopyRow, now: Date): boolean {
  return why !== 'blind' && (attempts > 0 || now.getTime() - at.getTime() >= AT_ONCE_MS);
}

/** R9: the read before copies that come late. False: the books could not be read, and they wait. */
export async function readForCopies(
  duly: Duly,
  companyId: string,
  late: readonly CopyRow[],
): Promise<boolean> {
  if (late.length === 0) return true;
  const touches = await inCompany(duly.db, companyId, (tx) =>
    tx
      .selectFrom('touch')
      .select(['touch_id', 'customer_id'])
      .where('company_id', '=', companyId)
      .where('touch_id', 'in', [...new Set(late.map((copy) => copy.touch_id))])
      .execute(),
  );
  try {
    await readBefore(duly, companyId, touches);
    return true;
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    const next_attempt_at = new Date(duly.clock.now().getTime() + AGAIN_MS);
    await inCompany(duly.db, companyId, async (tx) => {
      for (const copy of late) await moveCopy(tx, companyId, copy, { state: 'waiting', next_attempt_at });
    });
    return false;
  }
}

/**
 * R9, R10, S6: whether a copy that comes late may still leave: its message is true, nothing holds or pauses the
 * customer, whoever it is for is still to get it, and the hours are open. Else it waits for them, or is cancelled with its
 * reason.
 */
export async function mayStillLeave(tx: Tx, companyId: string, copy: CopyRow, now: Date): Promise<boolean> {
  const touch = await tx
    .selectFrom('touch')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('touch_id', '=', copy.touch_id)
    .executeTakeFirstOrThrow();
  const why = await whyNot(tx, companyId, touch, copy, now);
  if (why !== null) {
    await moveCopy(tx, companyId, copy, { state: 'cancelled', state_reason: why });
    await tellCopy(tx, companyId, copy, 'copy_failed', why, now);
    return false;
  }
  const opens = (await windowsOf(tx, await getCompany(tx, companyId), [touch], now))(touch);
  if (opens === null) return true;
  await moveCopy(tx, companyId, copy, { state: 'waiting', next_attempt_at: opens });
  return false;
}

/** As of the same message once more, and of whom it may go to besides: a sentence, or null. */
async function whyNot(
  tx: Tx,
  companyId: string,
  touch: TouchRow,
  copy: CopyRow,
  now: Date,
): Promise<string | null> {
  const company = await getCompany(tx, companyId);
  const { customer_id: customerId, currency, touch_id: touchId, ask_minor: askMinor } = touch;
  const [paused] = await standingCompanyHolds(tx, company, now);
  if (paused !== undefined) return paused.words;
  const positions = await readPositions(tx, company, now, { customerIds: [customerId] });
  const position = positions.find((row) => row.customerId === customerId && row.currency === currency);
  const invoices = (await invoicesOf(tx, companyId, [touchId])).get(touchId) ?? [];
  const known = await loadKnown(tx, company, [customerId], now);
  return (
    whyNotAgain({ askMinor, invoices }, position ?? null) ??
    whyNotToThem(known, touch) ??
    whyNoCopy(known, touch, await copiesOf(tx, companyId, touch), copy)
  );
}

/** P11: who else may hear of it can have changed since it left: the kind of customer, and who their contacts are. */
function whyNoCopy(
  { lawOf, now, company }: Known,
  { customer_id: customerId }: TouchRow,
  wanted: readonly Copy[],
  { email }: CopyRow,
): string | null {
  const { blocked } = lawOf(customerId, dayAt(now, company.time_zone));
  if (blocked.some(({ what }) => what === 'escalation_copy')) return 'nobody may be copied in any more.';
  return wanted.some((one) => one.email === email) ? null : 'it is no contact of this customer any more.';
}
