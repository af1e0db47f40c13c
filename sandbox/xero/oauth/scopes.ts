const RESOURCES = [
  'accounting.invoices',
  'accounting.payments',
  'accounting.banktransactions',
  'accounting.manualjournals',
  'accounting.contacts',
  'accounting.settings',
  'accounting.attachments',
]; // prettier-ignore

/** Only granular scopes: an app created after 2 March 2026 gets no `accounting.transactions`. */
const KNOWN = new Set([
  'openid',
  'profile',
  'email',
  'offline_access',
  ...RESOURCES.flatMap((scope) => [scope, `${scope}.read`]),
  ...['aged', 'balancesheet', 'profitandloss', 'trialbalance'].map(
    (name) => `accounting.reports.${name}.read`,
  ),
]);

/** Splits a scope parameter; undefined when it is empty or holds a scope that does not exist for this app. */
export function scopesOf(text: string): string[] | undefined {
  const scopes = [...new Set(text.split(/\s+/).filter(Boolean))];
  return scopes.length > 0 && scopes.every((scope) => KNOWN.has(scope)) ? scopes : undefined;
}

/** True when one of the wanted scopes was granted; a write scope covers its `.read`. */
export function allows(granted: readonly string[], wanted: string): boolean {
  return granted.includes(wanted) || (wanted.endsWith('.read') && granted.includes(wanted.slice(0, -5)));
}

/** Does the app ask for an organisation at all, or only who the person is. */
export function wantsOrganisation(scopes: readonly string[]): boolean {
  return scopes.some((scope) => scope.startsWith('accounting.'));
}

const WORDS: Record<string, string> = {
  openid: 'know who you are',
  profile: 'see your name',
  email: 'see your e-mail address',
  offline_access: 'keep working while you are away',
  'accounting.invoices': 'read your invoices and credit notes, and add notes to their history',
  'accounting.payments': 'read and change payments',
  'accounting.contacts': 'read and change your contacts',
  'accounting.settings': 'read and change your organisation’s settings',
};

/** The scopes in a person's words, for the consent page. */
export function inWords(scopes: readonly string[]): string[] {
  return scopes.map((scope) => {
    const own = WORDS[scope];
    if (own) return own;
    const read = WORDS[scope.replace(/\.read$/, '')];
    return read ? read.replace('read and change', 'read') : scope;
  });
}
