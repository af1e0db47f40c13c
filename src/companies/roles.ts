import { type HoldKind, type HoldScope, isOfAgreement } from '../domain/hold-kinds.ts';

/** What a person may do in an account; the only place that knows. */
export type Role = 'owner' | 'bookkeeper' | 'sales' | 'accountant';

/**
 * `see` the figures, `approve` touches, `hold` (or lift a hold on) an invoice or customer, `change_settings` (mode,
 * brand, statements of the business), `connect` or disconnect a company.
 */
export type Action = 'see' | 'approve' | 'hold' | 'change_settings' | 'connect';

const rights: Readonly<Record<Role, readonly Action[]>> = {
  owner: ['see', 'approve', 'hold', 'change_settings', 'connect'],
  accountant: ['see', 'approve', 'hold', 'change_settings', 'connect'],
  bookkeeper: ['see', 'approve', 'hold', 'change_settings'],
  // who owns a relationship is informed and may stop a reminder, nothing more
  sales: ['see', 'hold'],
};

export function may(role: Role, action: Action): boolean {
  return rights[role].includes(action);
}

/** Somebody setting or lifting a hold. `own`: lifting one that they set themselves. */
export interface HoldWish {
  readonly doing: 'set' | 'lift';
  readonly kind: HoldKind;
  readonly scope: HoldScope;
  readonly own: boolean;
}

/** What a person who owns a relationship hears from the customer and passes on. */
const heardBySales: readonly HoldKind[] = ['pause', 'dispute', 'promise', 'reply', 'stopped'];
/** To set them is prudence; to lift them wrongly may break the law. */
const liftedWithCare: readonly HoldKind[] = ['legal', 'do_not_contact'];

/**
 * Who may set and lift which hold. A hold of an agreement is lifted by withdrawing the agreement: `lift` then says who
 * may withdraw it.
 */
export function mayHold(role: Role, wish: HoldWish): boolean {
  if (!may(role, 'hold')) return false;
  if (role === 'sales') {
    const known = wish.scope !== 'company' && heardBySales.includes(wish.kind);
    return known && (wish.doing === 'set' || wish.own);
  }
  if (wish.doing === 'lift' && liftedWithCare.includes(wish.kind)) return role !== 'bookkeeper';
  return true;
}

/** Who to turn to for what `mayHold` refuses, as a sentence. */
export function whoMayHold(wish: HoldWish): string {
  if (wish.doing === 'lift' && liftedWithCare.includes(wish.kind))
    return 'Ask the owner or the accountant of the account to lift it.';
  if (wish.doing === 'lift')
    return 'You may lift what you set yourself; ask the owner, the accountant or the bookkeeper of the account.';
  if (wish.scope === 'company')
    return 'The owner, the accountant or the bookkeeper of the account can pause the whole company.';
  return isOfAgreement(wish.kind)
    ? 'The owner, the accountant or the bookkeeper of the account can agree to it.'
    : 'Ask the owner, the accountant or the bookkeeper of the account to set it.';
}

/** The stored text as a role; anything unknown has the fewest rights. */
export function asRole(text: string): Role {
  return text === 'owner' || text === 'bookkeeper' || text === 'accountant' ? text : 'sales';
}
