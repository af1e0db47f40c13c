import type { Duly } from '../../../platform/context.ts';
import { inCompany } from '../../../platform/db.ts';
import { setPaused } from '../../../policies/document.store.ts';
import type { PolicyBody } from '../../../policies/document.ts';
import type { Desk } from './desk.ts';
import { changeDraft, openWorking, rebaseDraft } from './draft.store.ts';

interface Wish {
  readonly part: 'sequences' | 'segments';
  readonly key: string;
  readonly paused: boolean;
}

/**
 * S6, SEQ-22: in force at once, as who wants it does not want to wait for a draft; and in the person's draft too, which
 * then still fits the version in force. Throws UserError `not_found` for what is only in the draft.
 */
export async function pauseAtOnce(duly: Duly, desk: Desk, wish: Wish): Promise<void> {
  const { whose, by, now } = desk;
  await inCompany(duly.db, whose.companyId, async (tx) => {
    const before = await openWorking(tx, whose);
    await setPaused(tx, whose.companyId, wish, by, now);
    if (before.draftOf === null) return;
    await changeDraft(tx, whose, (body) => inDraft(body, wish), now);
    if (before.draftOf === before.inForce.version) await rebaseDraft(tx, whose, now);
  });
}

function inDraft(body: PolicyBody, { part, key, paused }: Wish): PolicyBody {
  return { ...body, [part]: body[part].map((one) => (one.key === key ? { ...one, paused } : one)) };
}

/** `what`: `of it`, `to its customers`. */
export function pausedWords(paused: boolean, what: string): string {
  return paused
    ? `Paused: nothing ${what} is sent until it is resumed.`
    : 'Resumed: it goes on where it was.';
}
