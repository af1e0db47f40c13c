/** A person with a browser, as far as HTTP goes: cookies per host, redirects one at a time, forms as they stand. */
export interface Seen {
  readonly status: number;
  readonly url: string;
  readonly html: string;
  readonly location: string | null;
}

export class Visitor {
  readonly #jars = new Map<string, Map<string, string>>();

  /** One request, no redirect followed. */
  async once(url: string, form?: URLSearchParams): Promise<Seen> {
    const jar = this.#jar(url);
    const response = await fetch(url, {
      method: form === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { body: form }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const location = response.headers.get('location');
    return {
      status: response.status,
      url,
      html: await response.text(),
      location: location === null ? null : new URL(location, url).href,
    };
  }

  /** Goes on until a page comes, or until the next address is one that `stopAt` matches. */
  async go(url: string, form?: URLSearchParams, stopAt?: RegExp): Promise<Seen> {
    let seen = await this.once(url, form);
    for (let hops = 0; seen.location !== null && hops < 10; hops += 1) {
      if (stopAt?.test(seen.location) === true) return seen;
      seen = await this.once(seen.location);
    }
    return seen;
  }

  cookie(url: string, name: string): string | undefined {
    return this.#jar(url).get(name);
  }

  #jar(url: string): Map<string, string> {
    const { host } = new URL(url);
    const jar = this.#jars.get(host) ?? new Map<string, string>();
    this.#jars.set(host, jar);
    return jar;
  }
}

/** The first form of a page, with what is filled in or ticked already. */
export function formOf(seen: Seen): { action: string; fields: URLSearchParams } {
  const form = /<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/.exec(seen.html);
  if (form === null) throw new Error(`no form on ${seen.url} (${seen.status})`);
  const fields = new URLSearchParams();
  for (const [tag] of (form[2] ?? '').matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(tag)?.[1];
    const choice = /type="(?:radio|checkbox)"/.test(tag);
    if (name === undefined || (choice && !/\schecked/.test(tag))) continue;
    fields.append(name, plain(/value="([^"]*)"/.exec(tag)?.[1] ?? ''));
  }
  return { action: new URL(plain(form[1] ?? ''), seen.url).href, fields };
}

function plain(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/**
 * Goes to `start`, says yes at the vendor's consent page (or what `fields` say), and stops before the way back to us
 * is taken: returns its address, with code and state.
 */
export async function consentAt(
  visitor: Visitor,
  start: string,
  fields: Readonly<Record<string, string | readonly string[]>> = {},
): Promise<string> {
  const page = await visitor.go(start);
  const { action, fields: filled } = formOf(page);
  filled.set('decision', action.includes('/xero/') ? 'allow' : 'connect');
  for (const [name, value] of Object.entries(fields)) {
    filled.delete(name);
    for (const each of [value].flat()) filled.append(name, each);
  }
  const seen = await visitor.go(action, filled, /\/connect\/\w+\/callback/);
  if (seen.location === null) throw new Error(`no way back: ${seen.status} ${seen.html.slice(0, 500)}`);
  return seen.location;
}

/** A page's words without its tags. */
export function wordsOf(seen: Seen): string {
  return plain(seen.html.replaceAll(/<[^>]*>/g, ' ')).replaceAll(/\s+/g, ' ');
}
