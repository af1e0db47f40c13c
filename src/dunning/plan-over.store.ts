import type { Tx } from '../platform/db.ts';
import { closeWords, type OpenCase } from './case.store.ts';
import { closeReason } from './close-reason.store.ts';
import { lookOn } from './plan-pursued.ts';
import type { Planning, StandingTouch } from './plan-read.store.ts';
import type { Work } from './plan-work.store.ts';
import { thankYouStep, whyNoThanks } from './thank-you.store.ts';

/** A case of which nothing is pursued any more, and what stands of it. */
export async function closeOne(
  tx: Tx,
  { company, known, standing, today }: Planning,
  key: string,
  closing: OpenCase,
  work: Work,
): Promise<void> {
  const members = known.membersOf.get(closing.customerId) ?? [closing.customerId];
  const reason = await closeReason(tx, company.company_id, closing, members, today);
  const why = `${closeWords[reason]}.`;
  for (const touch of standing.get(key) ?? [])
    if (touch.printed_at === null) work.dropped.push({ touch, why });
    else keepPrinted(work, touch, why);
  work.closed.push({ closing, reason });
  work.unfinished.push(closing);
}

/** What stands of cases that are over: a thank-you while it still says the truth, a printed letter, and nothing else. */
export async function keepThanks(
  tx: Tx,
  planning: Planning,
  standing: readonly StandingTouch[],
  work: Work,
): Promise<void> {
  const thanks = standing.filter((touch) => touch.step_key === thankYouStep.key);
  const why = await whyNoThanks(tx, planning, thanks);
  for (const touch of standing) {
    // what speaks against a printed one was told when its case ended
    if (touch.printed_at !== null) continue;
    const stays = touch.step_key === thankYouStep.key && !why.has(touch.touch_id);
    if (!stays) {
      work.dropped.push({ touch, why: why.get(touch.touch_id) ?? `${closeWords.not_due}.` });
      continue;
    }
    work.kept.push({ touch, draft: null });
    work.looks.push(lookOn(planning, { customerId: touch.customer_id }, planning.today));
  }
}

/** A letter that may be in the post stays as it is until somebody says what became of it. */
export function keepPrinted(work: Work, touch: StandingTouch, why: string | null): void {
  work.kept.push({ touch, draft: null });
  work.printed.push({ touch, why });
}
