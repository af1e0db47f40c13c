interface Page {
  readonly status: number;
  readonly url: string;
  readonly html: string;
}

/** A person's browser without a screen: keeps cookies, follows redirects, fills in forms. One per person. */
export class Browser {
  readonly #home: string;
  readonly #cookies = new Map<string, Map<string, string>>();

  constructor(home: string) {
    this.#home = home;
  }

  async get(address: string): Promise<Page> {
    return await this.#go(new URL(address, this.#home), { method: 'GET' });
  }

  /** Submits the form of `page` whose action contains `action`, with its own fields and these. */
  async submit(
    page: Page,
    action: string,
    fields: Readonly<Record<string, string | readonly string[]>> = {},
  ): Promise<Page> {
    const form = formsOf(page.html).find((each) => each.action.includes(action));
    if (form === undefined) throw new Error(`no form with action ${action} on ${page.url}`);
    const body = new URLSearchParams();
    for (const [name, value] of form.fields) if (!(name in fields)) body.append(name, value);
    for (const [name, value] of Object.entries(fields))
      for (const each of [value].flat()) body.append(name, String(each));
    return await this.#go(new URL(form.action || page.url, page.url), { method: 'POST', body });
  }

  async #go(url: URL, init: { method: string; body?: URLSearchParams }): Promise<Page> {
    let target = url;
    let request = init;
    for (let hops = 0; hops < 15; hops += 1) {
      const response = await fetch(target, {
        method: request.method,
        redirect: 'manual',
        headers: { cookie: this.#cookieHeader(target), accept: 'text/html' },
        ...(request.body === undefined ? {} : { body: request.body }),
      });
      this.#keepCookies(target, response);
      const location = response.headers.get('location');
      if (location === null)
        return { status: response.status, url: target.href, html: await response.text() };
      await response.arrayBuffer();
      target = new URL(location, target);
      request = { method: 'GET' };
    }
    throw new Error(`too many redirects, last ${target.href}`);
  }

  #cookieHeader(url: URL): string {
    return [...(this.#cookies.get(url.host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #keepCookies(url: URL, response: Response): void {
    const jar = this.#cookies.get(url.host) ?? new Map<string, string>();
    this.#cookies.set(url.host, jar);
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const at = pair.indexOf('=');
      const gone = attributes.some((attribute) => /max-age=0/i.test(attribute));
      if (gone) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }
}

interface Form {
  readonly action: string;
  readonly fields: readonly (readonly [string, string])[];
}

/** The page's forms with what a browser would send untouched: hidden and filled fields, checked boxes and radios. */
function formsOf(html: string): readonly Form[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, attributes = '', inner = '']) => ({
    action: unescapeHtml(attributeOf(attributes, 'action') ?? ''),
    fields: [...inner.matchAll(/<input\b([^>]*?)\/?>/g)].flatMap(([, field = '']) => {
      const name = attributeOf(field, 'name');
      const type = attributeOf(field, 'type') ?? 'text';
      const picked = !['checkbox', 'radio'].includes(type) || /\schecked\b/.test(field);
      return name === null || !picked || ['submit', 'button', 'file'].includes(type)
        ? []
        : [[unescapeHtml(name), unescapeHtml(attributeOf(field, 'value') ?? '')] as const];
    }),
  }));
}

function attributeOf(text: string, name: string): string | null {
  return new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(text)?.[1] ?? null;
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
