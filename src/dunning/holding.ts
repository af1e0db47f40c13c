import type { Channel } from '../policies/step.ts';
import type { HoldReason } from '../receivables/holds.ts';
import type { Position } from '../receivables/position.ts';

/**
 * R10: what of a customer's holds holds a touch of this channel back. That there is no e-mail address (S9) is none to
 * what goes by post or telephone. `null`: the channel is not known yet; whoever looks for an address finds that there is
 * none.
 */
export function holding(position: Pick<Position, 'holds'>, channel: Channel | null): readonly HoldReason[] {
  const needsEmail = channel === 'email' || channel === 'statement';
  return needsEmail ? position.holds : position.holds.filter(({ kind }) => kind !== 'no_recipient');
}
