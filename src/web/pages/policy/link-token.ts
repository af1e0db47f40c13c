const shape = /^([A-Za-z0-9_-]{22})([A-Za-z0-9_-]{22})$/;

/**
 * The token of a public address: the company's id, so that every query names one company, and what nobody can guess.
 * `secret`: 16 random bytes as base64url.
 */
export function tokenFor(companyId: string, secret: string): string {
  return `${Buffer.from(companyId.replaceAll('-', ''), 'hex').toString('base64url')}${secret}`;
}

/** The company that a token names; null: it is no token. */
export function companyOfToken(token: string): string | null {
  const [, id] = shape.exec(token) ?? [];
  if (id === undefined) return null;
  const hex = Buffer.from(id, 'base64url').toString('hex');
  const parts = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(hex);
  return parts === null ? null : parts.slice(1).join('-');
}
