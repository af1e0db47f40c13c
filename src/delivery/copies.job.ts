import { getCompany } from '../companies/company.store.ts';
import { type CopyReason, copyWords } from '../dunning/copies.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany } from '../platform/db.ts';
import { type CopyMove, type CopyRow, copyMail, moveCopy, openCopies, tellCopy } from './copy.store.ts';
import { isLate, mayStillLeave, readForCopies } from './late-copies.job.ts';
import { afterAttempt } from './outcome.ts';

/** Between look-ups of a copy of which nobody knows whether it left. */
const LOOK_MS = 10 * 60_000;
const MISSES_NEEDED = 2;
/** A copy that could not leave in so long is not sent any more: what it says may not be true by now. */
const STALE_MS = 24 * 3_600_000;

/**
 * Sends the copies of messages that were accepted, each once at most: reserve, commit, send, write down (S8). One that a
 * dead process had reserved, or of which nobody knows, is looked up twice, ten minutes apart, before it is sent again.
 * One that could not leave right behind its message is decided anew, on books read for it (R9, R10).
 */
export async function sendCopies(duly: Duly, companyId: string): Promise<void> {
  const now = duly.clock.now();
  const { open, mode } = await inCompany(duly.db, companyId, async (tx) => ({
    open: await openCopies(tx, companyId, now),
    mode: (await getCompany(tx, companyId)).mode,
  }));
  const waiting = open.filter((copy) => copy.state === 'waiting' && mode !== 'preview');
  const late = waiting.filter((copy) => isLate(copy, now) && !isStale(copy, now));
  const read = await readForCopies(duly, companyId, late);
  for (const copy of open) {
    if (copy.state !== 'waiting') await lookUp(duly, companyId, copy);
    else if (waiting.includes(copy) && (read || !late.includes(copy))) await sendCopy(duly, companyId, copy);
  }
}

function isStale({ created_at: at }: CopyRow, now: Date): boolean {
  return now.getTime() - at.getTime() > STALE_MS;
}

async function sendCopy(duly: Duly, companyId: string, copy: CopyRow): Promise<void> {
  const now = duly.clock.now();
  const mail = await inCompany(duly.db, companyId, async (tx) => {
    if (isStale(copy, now)) {
      const why = 'it could not be handed over for a day.';
      await moveCopy(tx, companyId, copy, { state: 'cancelled', state_reason: why });
      await tellCopy(tx, companyId, copy, 'copy_failed', why, now);
      return null;
    }
    if (isLate(copy, now) && !(await mayStillLeave(tx, companyId, copy, now))) return null;
    const reserved = await moveCopy(tx, companyId, copy, {
      state: 'reserved',
      reserved_at: now,
      attempts: copy.attempts + 1,
      // whoever finds it reserved later asks the provider first
      next_attempt_at: new Date(now.getTime() + LOOK_MS),
    });
    return reserved ? await copyMail(tx, companyId, copy) : null;
  });
  if (mail === null) return;
  const after = afterAttempt(await duly.mailer.send(mail), copy.attempts + 1, duly.clock.now());
  await settle(duly, companyId, { ...copy, state: 'reserved', attempts: copy.attempts + 1 }, after);
}

async function settle(
  duly: Duly,
  companyId: string,
  copy: CopyRow,
  after: ReturnType<typeof afterAttempt>,
): Promise<void> {
  const now = duly.clock.now();
  await inCompany(duly.db, companyId, async (tx) => {
    const moved = await moveCopy(tx, companyId, copy, moveOf(after, now));
    if (!moved) return;
    if (after.kind === 'sent')
      await tellCopy(tx, companyId, copy, 'copy_sent', copyWords[copy.why as CopyReason], now);
    if (after.kind === 'failed') await tellCopy(tx, companyId, copy, 'copy_failed', after.reason, now);
  });
}

function moveOf(after: ReturnType<typeof afterAttempt>, now: Date): CopyMove {
  switch (after.kind) {
    case 'sent':
      return {
        state: 'sent',
        sent_at: now,
        provider_message_id: after.providerMessageId,
        state_reason: null,
      };
    case 'failed':
      return { state: 'failed', state_reason: after.reason };
    case 'uncertain':
      return {
        state: 'uncertain',
        state_reason: after.reason,
        lookups: 0,
        next_attempt_at: new Date(now.getTime() + LOOK_MS),
      };
    case 'again':
    case 'blocked':
      return { state: 'waiting', state_reason: after.reason, next_attempt_at: after.at };
  }
}

/** Asks the provider whether it has the copy. */
async function lookUp(duly: Duly, companyId: string, copy: CopyRow): Promise<void> {
  const now = duly.clock.now();
  const again = new Date(now.getTime() + LOOK_MS);
  let found: string | null;
  try {
    found = await duly.mailer.find(copy.copy_id, 'copy');
  } catch (error) {
    duly.log.warn({ err: error, companyId, touchId: copy.touch_id }, 'the mail provider could not be asked');
    return;
  }
  if (found !== null) {
    await settle(duly, companyId, copy, { kind: 'sent', providerMessageId: found });
    return;
  }
  const lookups = copy.lookups + 1;
  await inCompany(duly.db, companyId, (tx) =>
    moveCopy(
      tx,
      companyId,
      copy,
      lookups < MISSES_NEEDED
        ? { state: 'uncertain', lookups, next_attempt_at: again }
        : { state: 'waiting', lookups, next_attempt_at: now },
    ),
  );
}
