import { openSince, raiseProblem } from '../activity/problem.store.ts';
import { readLinks } from '../books/papers.job.ts';
import { askingOrder } from '../books/papers.ts';
import { getCompany } from '../companies/company.store.ts';
import { headsUpOf } from '../dunning/heads-up.store.ts';
import { planCompany } from '../dunning/plan.job.ts';
import { cancelOpenTouch, invoicesOf, postponeTouch, type TouchRow } from '../dunning/touch.store.ts';
import { windowsOf } from '../dunning/window.store.ts';
import { touchMessage } from '../messages/touch-message.store.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany, type Tx } from '../platform/db.ts';
import { LedgerError, UserError } from '../platform/errors.ts';
import { addJob, type JobPayload } from '../platform/jobs.ts';
import { retryWaitMs } from '../platform/retry.ts';
import { sendCopies } from './copies.job.ts';
import { keptMessage } from './kept-message.store.ts';
import { readyTouches, reserve, settle } from './outbox.store.ts';
import { afterAttempt } from './outcome.ts';
import { lookUpUncertain, takeOrphans } from './uncertain.job.ts';
import { readBefore, stillVerified } from './verify.job.ts';

/** Messages that one verified read of the ledger vouches for; then it is read again (R9). */
const BATCH = 50;
/** A tick sends at most so many of a company's messages; the rest follows in the next run (IDM-17). */
const MOST_A_RUN = 500;
/** Calls for links in a run: a button is worth a part of a ledger's minute, never the read that the next batch needs. */
const LINK_CALLS_A_RUN = 20;

/**
 * Stage 7: sends what is released and due. Every batch is preceded by a read of the ledger that confirms its
 * invoices, and by the same planning that a person saw (R9, S7); what changed is taken back, not sent.
 */
export async function deliver(duly: Duly, { companyId }: JobPayload): Promise<void> {
  await takeOrphans(duly, companyId);
  await lookUpUncertain(duly, companyId);
  await sendCopies(duly, companyId);
  let left = false;
  let linkCalls = LINK_CALLS_A_RUN;
  for (let sent = 0; sent < MOST_A_RUN; sent += BATCH) {
    const ready = await dueNow(duly, companyId);
    if (ready.length === 0) break;
    if (!(await verify(duly, companyId, ready))) break;
    const verified = await dueNow(duly, companyId);
    const seen = new Set(ready.map((touch) => touch.touch_id));
    // S3: one a customer; the plan after it moves what is left of the same customer to another day
    const batch = firstOfEach(verified.filter((touch) => seen.has(touch.touch_id)));
    if (batch.length === 0) continue;
    left = true;
    linkCalls = await findLinks(duly, companyId, batch, linkCalls);
    // whoever is not sent now stays released: the next round reads and decides anew
    for (const touch of batch) if ((await sendOne(duly, companyId, touch)) === 'verify_again') break;
    await sendCopies(duly, companyId);
  }
  await inCompany(duly.db, companyId, async (tx) => {
    // what was said today decides what comes next, and the pages show it
    if (left) await planCompany(tx, companyId, duly.clock.now(), duly);
    await addJob(tx, 'write_notes', { companyId });
  });
}

/** Where the ledger shows the batch's invoices, for the messages' buttons; returns the calls that are left (0013). */
async function findLinks(
  duly: Duly,
  companyId: string,
  batch: readonly TouchRow[],
  calls: number,
): Promise<number> {
  if (calls <= 0) return 0;
  const touchIds = batch.map((touch) => touch.touch_id);
  const { company, named } = await inCompany(duly.db, companyId, async (tx) => ({
    company: await getCompany(tx, companyId),
    named: await invoicesOf(tx, companyId, touchIds),
  }));
  return readLinks(duly, company, askingOrder([...named.values()]), calls);
}

function firstOfEach(touches: readonly TouchRow[]): readonly TouchRow[] {
  return [...Map.groupBy(touches, (touch) => touch.customer_id).values()].flatMap(([first]) => first ?? []);
}

/**
 * The oldest released touches whose time has come, a batch at most. Whoever has to wait is moved on and not met again,
 * so that what is due behind them is looked at in the same run: each further look has fewer before it.
 */
async function dueNow(duly: Duly, companyId: string): Promise<readonly TouchRow[]> {
  const now = duly.clock.now();
  for (;;) {
    const { due, postponed } = await inCompany(duly.db, companyId, (tx) => oldest(tx, companyId, now));
    if (postponed === 0 || due.length + postponed < BATCH) return due;
  }
}

/** Of the oldest batch what is due; one whose window has closed moves to the next (S1), one just told of waits (P9). */
async function oldest(
  tx: Tx,
  companyId: string,
  now: Date,
): Promise<{ readonly due: readonly TouchRow[]; readonly postponed: number }> {
  const company = await getCompany(tx, companyId);
  if (company.mode === 'preview') return { due: [], postponed: 0 };
  const due: TouchRow[] = [];
  const ready = await readyTouches(tx, companyId, now, BATCH);
  const opensLater = await windowsOf(tx, company, ready, now);
  const waitsFor = await headsUpOf(tx, companyId, ready, now);
  for (const touch of ready) {
    const later = opensLater(touch) ?? waitsFor(touch);
    if (later === null || later <= now) due.push(touch);
    else await postponeTouch(tx, companyId, touch.touch_id, later);
  }
  return { due, postponed: ready.length - due.length };
}

/** The read right before sending, and the decision anew on its figures. False: nothing may be sent now. */
async function verify(duly: Duly, companyId: string, ready: readonly TouchRow[]): Promise<boolean> {
  const now = duly.clock.now();
  try {
    await readBefore(duly, companyId, ready);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    await inCompany(duly.db, companyId, async (tx) => {
      await raiseProblem(tx, companyId, now, {
        kind: 'sync_failed',
        subject: companyId,
        what: `The ledger could not be read right before sending (${error.kind.replaceAll('_', ' ')}): ${error.vendorSays}`,
        meaning: `${ready.length} released ${ready.length === 1 ? 'message waits' : 'messages wait'}: without a fresh read nothing is sent.`,
        action:
          error.kind === 'reconnect_needed'
            ? 'Reconnect the company.'
            : 'Nothing for now: Duly tries again by itself.',
      });
      const wait = retryWaitMs(await openSince(tx, companyId, 'sync_failed'), now, error.retryAfterSeconds);
      const again = new Date(now.getTime() + wait);
      for (const touch of ready) await postponeTouch(tx, companyId, touch.touch_id, again);
    });
    return false;
  }
  return true;
}

/**
 * Reserve, commit, send, write down: never inside one transaction (S8). A hold, a pause, a change of mode or a lost
 * connection since the batch was verified stops it here, in the transaction that reserves (R10, S6).
 */
async function sendOne(duly: Duly, companyId: string, touch: TouchRow): Promise<'done' | 'verify_again'> {
  const now = duly.clock.now();
  const mail = await inCompany(duly.db, companyId, async (tx) => {
    if (!(await stillVerified(tx, companyId, touch.customer_id, now))) return 'verify_again' as const;
    try {
      const message =
        touch.resend_of === null
          ? await touchMessage(tx, companyId, touch.touch_id, now, duly.config.baseUrl)
          : await keptMessage(tx, companyId, touch.touch_id);
      return await reserve(tx, companyId, touch, message, { now, from: duly.mailFrom });
    } catch (error) {
      // figures that contradict one another never reach a customer (promise 4)
      if (!(error instanceof RangeError || error instanceof UserError)) throw error;
      duly.log.error({ err: error, companyId, touchId: touch.touch_id }, 'a message could not be composed');
      await cancelOpenTouch(tx, companyId, touch, `it could not be composed: ${error.message}`, 'Duly', now);
      return null;
    }
  });
  if (mail === 'verify_again') return mail;
  if (mail === null) return 'done';
  const outcome = await duly.mailer.send(mail);
  const after = afterAttempt(outcome, touch.attempts + 1, duly.clock.now());
  const settled = { ...touch, reserved_at: now, attempts: touch.attempts + 1 };
  await inCompany(duly.db, companyId, (tx) => settle(tx, companyId, settled, after, duly.clock.now()));
  if (after.kind === 'sent') duly.tally.sent += 1;
  if (after.kind === 'failed') duly.tally.failed += 1;
  if (after.kind === 'uncertain') duly.tally.uncertain += 1;
  // our own account is at fault: nothing else of this batch can leave either
  return after.kind === 'blocked' ? 'verify_again' : 'done';
}
