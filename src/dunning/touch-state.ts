/** S8: the states of a touch and the only ways between them. */
export type TouchState =
  | 'planned'
  | 'awaiting_approval'
  | 'approved'
  | 'reserved'
  | 'sent'
  | 'failed'
  | 'uncertain'
  | 'cancelled';

const ways: Readonly<Record<TouchState, readonly TouchState[]>> = {
  planned: ['awaiting_approval', 'approved', 'cancelled'],
  awaiting_approval: ['approved', 'planned', 'cancelled'],
  // back to an earlier state: the mode was changed, or the books moved while it waited
  approved: ['reserved', 'awaiting_approval', 'planned', 'cancelled', 'failed'],
  // back to approved: the provider surely did not take it and may be asked again
  reserved: ['sent', 'failed', 'uncertain', 'approved'],
  // back to approved only after two look-ups found nothing, never for a step that needs a person
  uncertain: ['sent', 'failed', 'approved', 'awaiting_approval'],
  sent: [],
  failed: [],
  cancelled: [],
};

export function mayMove(from: TouchState, to: TouchState): boolean {
  return ways[from].includes(to);
}

/** The states from which `to` can be reached: what an update must find, or it changes nothing. */
export function statesBefore(to: TouchState): readonly TouchState[] {
  return (Object.keys(ways) as TouchState[]).filter((from) => mayMove(from, to));
}

/** Whoever releases by itself, as it stands in `approved_by`. */
export const AUTOPILOT = 'Duly (autopilot)';

/** After so many attempts that surely did not arrive a touch fails and a person is told (IDM-06). */
export const MOST_ATTEMPTS = 5;

/** Not decided yet: may still be cancelled or changed. */
export const openStates = [
  'planned',
  'awaiting_approval',
  'approved',
] as const satisfies readonly TouchState[];

/** Left, or may have left: counts as contact and as a step done. */
export const contactStates = ['reserved', 'sent', 'uncertain'] as const satisfies readonly TouchState[];
