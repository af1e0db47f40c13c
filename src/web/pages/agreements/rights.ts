import { mayHold } from '../../../companies/roles.ts';
import type { AgreementKind } from '../../../receivables/agreements/agreement.ts';
import type { SignedIn } from '../../session.plugin.ts';

type Person = Pick<SignedIn, 'role' | 'personId'>;

/** Sales may note what a customer promised; plans and offers are agreed by those who answer for the money. */
export function mayAgree({ role }: Person, kind: AgreementKind): boolean {
  return mayHold(role, { doing: 'set', kind, scope: 'customer', own: true });
}

/** Sales may withdraw a promise that they noted themselves. */
export function mayWithdraw(
  { role, personId }: Person,
  one: { readonly kind: AgreementKind; readonly madeByPersonId: string | null },
): boolean {
  const own = one.madeByPersonId === personId;
  return mayHold(role, { doing: 'lift', kind: one.kind, scope: 'customer', own });
}
