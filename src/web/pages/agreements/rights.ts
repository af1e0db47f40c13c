import { mayHold } from '../../../companies/roles.ts';
import type { AgreementKind } from '../../../receivables/agreement.ts';
import type { SignedIn } from '../../session.plugin.ts';

type Person = Pick<SignedIn, 'role' | 'personName'>;

/** Sales may note what a customer promised; plans and offers are agreed by those who answer for the money. */
export function mayAgree({ role }: Person, kind: AgreementKind): boolean {
  return mayHold(role, { doing: 'set', kind, scope: 'customer', own: true });
}

/** Sales may withdraw a promise that they noted themselves. */
export function mayWithdraw(
  { role, personName }: Person,
  one: { readonly kind: AgreementKind; readonly madeBy: string },
): boolean {
  return mayHold(role, { doing: 'lift', kind: one.kind, scope: 'customer', own: one.madeBy === personName });
}
