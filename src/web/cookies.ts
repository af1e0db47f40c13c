/** Names and attributes of our cookies. Behind https they carry the `__Host-` prefix: this host, this path, secure. */
export interface CookieRules {
  readonly session: string;
  readonly browser: string;
  readonly options: {
    readonly path: '/';
    readonly httpOnly: true;
    readonly sameSite: 'lax';
    readonly secure: boolean;
  };
}

export function cookieRules(baseUrl: string): CookieRules {
  const secure = baseUrl.startsWith('https:');
  const prefix = secure ? '__Host-' : '';
  return {
    session: `${prefix}duly_session`,
    browser: `${prefix}duly_browser`,
    options: { path: '/', httpOnly: true, sameSite: 'lax', secure },
  };
}
