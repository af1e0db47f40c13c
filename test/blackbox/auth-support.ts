import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { compose } from '../../src/app.ts';
import { readConfig } from '../../src/platform/config.ts';
import type { Duly } from '../../src/platform/context.ts';
import { makeCrypto } from '../../src/platform/crypto.ts';
import { makeLog } from '../../src/platform/log.ts';
import { tickOnce } from '../../src/tick-once.ts';
import { consentAt, formOf, type Seen, Visitor, wordsOf } from '../companies/visitor.ts';
import type { World } from '../support/world.ts';

export type Key = 'quickbooks' | 'xero';

/** What differs between the vendors, for tests that are the same for both. */
export const vendors = {
  quickbooks: {
    key: 'quickbooks',
    vendor: 'intuit',
    label: 'QuickBooks Online',
    token: '/tokens/bearer',
    revoke: '/tokens/revoke',
    api: '/v3/company',
    books: 'realm',
    signIn: 'intuit',
    owner: 'dana@larkspur.example',
    other: 'b84e0d3f-9a26-4f57-8c11-70e5d2f3a6b9',
    lifeMinutes: 60,
  },
  xero: {
    key: 'xero',
    vendor: 'xero',
    label: 'Xero',
    token: '/connect/token',
    revoke: '/connect/revocation',
    api: '/api.xro',
    books: 'tenant',
    signIn: 'xero',
    owner: 'aroha.ngata@example.com',
    other: 'tom',
    lifeMinutes: 30,
  },
} as const;
export type Vendor = (typeof vendors)[Key];

interface Request {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

interface Mail {
  readonly request: {
    readonly To: string;
    readonly From: string;
    readonly Subject: string;
    readonly TextBody: string;
    readonly Metadata: Readonly<Record<string, string>>;
  };
}

/** A person at one vendor, with everything secret that passed through their browser. */
export class Person {
  readonly visitor = new Visitor();
  readonly secrets = new Set<string>();
  readonly #world: World;
  readonly vendor: Vendor;
  readonly #user: string | null;

  constructor(world: World, vendor: Vendor, user: string | null = null) {
    this.#world = world;
    this.vendor = vendor;
    this.#user = user;
  }

  /** Consent to these books; the address of the way back. */
  async consent(books: string | readonly string[], start = `/connect/${this.vendor.key}`): Promise<string> {
    const back = await consentAt(this.visitor, new URL(start, this.#world.duly).href, {
      [this.vendor.books]: books,
      ...(this.#user === null ? {} : { user: this.#user }),
    });
    const { searchParams } = new URL(back);
    for (const name of ['code', 'state']) this.secrets.add(searchParams.get(name) ?? '');
    return back;
  }

  /** Connects and returns our company's id. */
  async connect(books: string): Promise<string> {
    return companyIn(await this.visitor.go(await this.consent(books), undefined, /\/companies/));
  }

  /** The button on the Connection page, and consent to these books; stops at our companies' pages. */
  async reconnect(companyId: string, books: string | readonly string[]): Promise<Seen> {
    const left = await this.press(companyId, 'reconnect');
    return await this.visitor.go(await this.consent(books, left.location ?? ''), undefined, /\/companies/);
  }

  async press(companyId: string, button: 'reconnect' | 'disconnect'): Promise<Seen> {
    const page = await this.page(`/companies/${companyId}/connection`);
    const _csrf = formOf(page).fields.get('_csrf') ?? '';
    const address = `${this.#world.duly}/companies/${companyId}/${button}`;
    return await this.visitor.once(address, new URLSearchParams({ _csrf }));
  }

  async page(address: string): Promise<Seen> {
    return await this.visitor.go(new URL(address, this.#world.duly).href);
  }

  async words(address: string): Promise<string> {
    return wordsOf(await this.page(address));
  }
}

export function companyIn(seen: Seen): string {
  const id = /\/companies\/([0-9a-f-]{36})/.exec(seen.location ?? seen.url)?.[1];
  if (id === undefined) throw new Error(`no company: ${seen.status} ${wordsOf(seen).slice(0, 500)}`);
  return id;
}

/** One more set of books at the vendor, with nothing in it; its id there. */
export async function newBooks(world: World, { vendor }: Vendor, name: string): Promise<string> {
  return (await world.control<{ id: string }>('POST', '/companies', { vendor, name })).id;
}

/** What the vendor saw since the log was cleared, of the requests whose path has `match`. */
export async function seen(world: World, { vendor }: Vendor, match = ''): Promise<readonly Request[]> {
  const all = await world.control<Request[]>('GET', `/requests?vendor=${vendor}`);
  return all.filter((request) => request.path.includes(match));
}

export async function fault(world: World, { vendor }: Vendor, order: Record<string, unknown>): Promise<void> {
  await world.control('POST', '/faults', { vendor, times: 0, ...order });
}

/** Mails to staff, oldest first: they carry no touch id. */
export async function staffMails(world: World, to: string): Promise<readonly Mail['request'][]> {
  const mails = await world.control<Mail[]>('GET', '/mails');
  return mails.map(({ request }) => request).filter((mail) => mail.To.includes(to) && mail.Metadata.no);
}

export async function later(world: World, minutes: number): Promise<void> {
  await world.setNow(new Date((await world.now()).getTime() + minutes * 60_000).toISOString());
}

interface Stored {
  readonly access: string;
  readonly refresh: string;
  readonly generation: number;
}

/** The stored tokens of a company, opened with the world's own key. */
export async function tokensOf(world: World, companyId: string): Promise<Stored> {
  const crypto = makeCrypto([world.environment.SECRET_KEY ?? '']);
  const { rows } = await world.database.pool.query(
    'select t.* from token_set t join connection c using (token_set_id) where c.company_id = $1',
    [companyId],
  );
  return {
    access: crypto.open(rows[0].access_token_enc),
    refresh: crypto.open(rows[0].refresh_token_enc),
    generation: rows[0].generation,
  };
}

/** The product composed in this process with some of its configuration changed. */
export function composeWith(world: World, more: Record<string, string> = {}): Duly {
  const config = readConfig({ ...world.environment, ...more });
  return compose(config, world.database.pool, makeLog('silent'));
}

/** A token address that keeps every request waiting until the test lets it go with an answer of its own. */
export async function heldTokenAddress(): Promise<{
  readonly url: string;
  readonly asked: Promise<void>;
  refuse(): void;
  close(): void;
}> {
  const asked = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    request.resume();
    asked.resolve();
    void go.promise.then(() => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end('{"error":"invalid_grant"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/token`,
    asked: asked.promise,
    refuse: () => go.resolve(),
    close: () => server.close(),
  };
}

/** A person, their books at one vendor and our company of it, with what tests ask of them again and again. */
export class Subject {
  readonly person: Person;
  books = '';
  companyId = '';
  readonly #world: World;
  readonly #duly: Duly;
  readonly #vendor: Vendor;

  constructor(world: World, duly: Duly, vendor: Vendor) {
    this.person = new Person(world, vendor);
    this.#world = world;
    this.#duly = duly;
    this.#vendor = vendor;
  }

  async connect(name: string): Promise<void> {
    this.books = await newBooks(this.#world, this.#vendor, name);
    this.companyId = await this.person.connect(this.books);
    await tickOnce(this.#duly);
  }

  async state(): Promise<string> {
    return await this.#one('select state as one from connection where company_id = $1');
  }

  /** When the books were last read to their end, in milliseconds since 1970. */
  async readAt(): Promise<number> {
    return (
      (
        await this.#one<Date | null>('select books_read_at as one from company where company_id = $1')
      )?.getTime() ?? 0
    );
  }

  async activities(): Promise<number> {
    return await this.#one('select count(*)::int as one from activity where company_id = $1');
  }

  async tokenSet(): Promise<string | null> {
    return await this.#one('select token_set_id as one from connection where company_id = $1');
  }

  async #one<T>(query: string): Promise<T> {
    return (await this.#world.database.pool.query<{ one: T }>(query, [this.companyId])).rows[0]?.one as T;
  }

  /** From now on the vendor refuses the access token; refreshing works. */
  async expireTokens(kind = 'expire_tokens'): Promise<void> {
    const { vendor } = this.#vendor;
    await this.#world.control('POST', '/faults', { vendor, kind, companyId: this.books });
  }

  /** Without any fault, some minutes on, a read ends well; false: it did not, or the connection is not healthy. */
  async readsWell(): Promise<boolean> {
    await this.#world.control('DELETE', '/faults');
    await later(this.#world, 20);
    await tickOnce(this.#duly);
    return (
      (await this.state()) === 'healthy' && (await this.readAt()) === (await this.#world.now()).getTime()
    );
  }
}
