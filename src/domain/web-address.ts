/** Machines of one's own, as a URL writes them: nobody can listen in between. */
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Longer addresses do not survive every mail program. */
const MAX_LENGTH = 2_000;

/**
 * An address that may stand in a message to a customer, exactly as it was given, or null: https with a host and no
 * password in it; http only on this machine, where the sandbox lives. Never repaired and never guessed.
 */
export function safeWebAddress(given: string | null): string | null {
  if (given === null || given.length > MAX_LENGTH || !/^[\x21-\x7e]+$/.test(given)) return null;
  const url = URL.parse(given);
  if (url === null || url.username !== '' || url.password !== '') return null;
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname));
  return safe ? given : null;
}

/** The host of an address, for people: `pay.example`. Throws TypeError when it isn't an address. */
export function hostOf(address: string): string {
  return new URL(address).host;
}
