import { type HoldWish, mayHold, whoMayHold } from '../companies/roles.ts';
import { UserError } from '../platform/errors.ts';
import type { StandingHold } from '../receivables/hold-lift.store.ts';
import type { SignedIn } from './session.plugin.ts';

/** What lifting this hold is, for this person. */
export function liftWish(
  person: Pick<SignedIn, 'personId'>,
  hold: Pick<StandingHold, 'kind' | 'scope' | 'setByPersonId'>,
): HoldWish {
  return { doing: 'lift', kind: hold.kind, scope: hold.scope, own: hold.setByPersonId === person.personId };
}

/** Throws UserError not_allowed, with who can, when the person's role does not include it. */
export function requireMayHold(person: SignedIn, wish: HoldWish): void {
  if (mayHold(person.role, wish)) return;
  throw new UserError(
    'not_allowed',
    `Your role (${person.role}) does not let you ${wish.doing} this hold.`,
    whoMayHold(wish),
  );
}
