/** Names and attributes of our cookies. Behind https they carry the `__Host-` prefix: this host, this path, secure. */
export interface CookieRules {
  readonly session: string;
  readonly browser: string;
  /** Names what waits to be chosen from, for this browser. */
  readonly choice: string;
  /** What a page of its own says next: the words, as those of our own pages. */
  readonly told: string;
  /** What the next page says besides. */
  readonly said: string;
  /** The page to go to after signing in. */
  readonly wanted: string;
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
    choice: `${prefix}duly_choice`,
    told: `${prefix}duly_told`,
    said: `${prefix}duly_said`,
    wanted: `${prefix}duly_wanted`,
    options: { path: '/', httpOnly: true, sameSite: 'lax', secure },
  };
}
