import { addDays, instantAt } from '../domain/day.ts';
import type { Position } from '../receivables/position.ts';
import { decide } from './decide.ts';
import { isToday } from './plan.ts';
import type { Planning, StandingTouch } from './plan-read.store.ts';
import { isInHand } from './standing.ts';

/** S3: a call or a letter that somebody may do today; a call of a preview is on their list with the plan that ends it (S4). */
export function isInHandToday({ company, now }: Planning, touch: StandingTouch, at: Date): boolean {
  const { channel, state } = touch;
  const released = company.mode !== 'preview' && channel === 'call' && state === 'planned';
  return isInHand(released ? { ...touch, state: 'approved' } : touch) && isToday(at, now, company.time_zone);
}

/** S3: the first time from tomorrow on at which it may be done, as far as can be told today. */
export function fromTomorrow({ known, today }: Planning, position: Position): Date {
  const begins = instantAt(addDays(today, 1), '00:00', known.company.time_zone);
  return decide({ ...known, now: begins }, position).draft?.plannedFor ?? begins;
}
