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

/** The stored text as a role; anything unknown has the fewest rights. */
export function asRole(text: string): Role {
  return text === 'owner' || text === 'bookkeeper' || text === 'accountant' ? text : 'sales';
}
