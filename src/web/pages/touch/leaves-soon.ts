import { counted } from '../../words.ts';

/** What leaves by itself in so many minutes is not offered to be sent now: a click would hardly be faster. */
const SOON_MINUTES = 5;

/**
 * When a message leaves that is being sent, or that nobody has to hurry as it leaves in a few minutes anyway, as a
 * sentence; null: it waits for a person, for a later hour, or is over. `healthy`: the books can be read.
 */
export function leavesSoon(
  { state, plannedFor }: { readonly state: string; readonly plannedFor: Date },
  now: Date,
  healthy: boolean,
): string | null {
  if (state === 'reserved') return 'It is being sent right now.';
  if (state !== 'approved') return null;
  const minutes = Math.ceil((plannedFor.getTime() - now.getTime()) / 60_000);
  if (minutes > SOON_MINUTES) return null;
  if (!healthy) return 'It leaves once the books can be read again.';
  return minutes > 0
    ? `It leaves by itself in ${counted(minutes, 'minute')}.`
    : 'It leaves in the next minutes, once the books have been read again.';
}
