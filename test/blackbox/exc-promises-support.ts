import type { Duly } from '../../src/platform/context.ts';
import { tickOnce } from '../../src/tick-once.ts';
import { Api } from '../support/api.ts';
import { emailOnly } from '../support/email-only.ts';
import { mailsOf } from '../support/sandbox.ts';
import type { World } from '../support/world.ts';
import { connectNth, type Vendor } from './rate-support.ts';

export interface Agreement {
  readonly agreementId: string;
  readonly state: string;
  readonly received: { readonly minor: number };
  readonly instalments: readonly { readonly state: string }[];
}

interface Debtor {
  readonly customerId: string;
  readonly invoiceId: string;
}

/** What each of them is owed for one invoice, past due since 2 November. */
export const DEBT = 40_000;

/** One company at one vendor, in which each case has a customer with one invoice. */
export class Promisers {
  readonly #agreements = new Map<string, { path: string; agreementId: string }>();

  private constructor(
    readonly vendor: Vendor,
    readonly world: World,
    readonly booksId: string,
    readonly api: Api,
    readonly debtors: ReadonlyMap<string, Debtor>,
  ) {}

  static async open(world: World, vendor: Vendor, names: readonly string[]): Promise<Promisers> {
    const all = await world.control<{ vendor: string }[]>('GET', '/companies');
    const place = all.filter((row) => row.vendor === vendor).length;
    const { id } = await world.control<{ id: string }>('POST', '/companies', {
      vendor,
      name: 'Harrow & Finch',
    });
    const base = `/companies/${id}`;
    const customers = await Promise.all(
      names.map((name) =>
        world.control<{ id: string }>('POST', `${base}/customers`, {
          name,
          email: `${name}@${vendor}.example`,
        }),
      ),
    );
    const lines = [{ description: 'Work', quantity: 1, unitMinor: DEBT, amountMinor: DEBT }];
    const sent = { date: '2026-10-01', dueDate: '2026-11-02', sentAt: '2026-10-01T12:00:00Z', lines };
    const invoices = await world.control<{ id: string; customerId: string }[]>(
      'POST',
      `${base}/invoices`,
      customers.map((customer) => ({ ...sent, customerId: customer.id })),
    );
    const debtors = new Map(
      names.map((name, index): [string, Debtor] => {
        const [customerId = '', invoiceId = ''] = [customers[index]?.id, invoices[index]?.id];
        return [name, { customerId, invoiceId }];
      }),
    );
    const books = await connectNth(world, world.browser(), vendor, place);
    if (books.booksId !== id) throw new Error('another company was connected');
    const api = await Api.of(world, books.companyId);
    await emailOnly(api);
    // whose kind nobody states counts as a consumer, and these live in New York City: no e-mail without consent
    await api.call('PATCH', '', { allBusinesses: true, by: 'Dana' });
    return new Promisers(vendor, world, id, api, debtors);
  }

  /** A customer who owes the same in each of these currencies, not read yet; its id in the books. */
  async addTwo(email: string, currencies: readonly string[]): Promise<string> {
    const { id } = await this.control<{ id: string }>('POST', '/customers', { name: 'two', email });
    const lines = [{ description: 'Work', quantity: 1, unitMinor: DEBT, amountMinor: DEBT }];
    const sent = { date: '2026-10-01', dueDate: '2026-11-02', sentAt: '2026-10-01T12:00:00Z', lines };
    const rows = currencies.map((currency) => ({
      ...{ ...sent, customerId: id, currency, number: `two-${currency}` },
    }));
    await this.control('POST', '/invoices', rows);
    return id;
  }

  who(name: string): Debtor {
    const found = this.debtors.get(name);
    if (found === undefined) throw new Error(`there is no customer ${name}`);
    return found;
  }

  /** Minor units in the currency of these books. */
  money(minor: number) {
    return { minor, currency: this.vendor === 'xero' ? this.#xeroCurrency : 'USD' };
  }
  #xeroCurrency = 'GBP';

  async learnCurrency(): Promise<void> {
    const { items } = await this.api.get<{ items: { currency: string }[] }>('/positions?limit=1');
    this.#xeroCurrency = items[0]?.currency ?? this.#xeroCurrency;
  }

  async agree(name: string, path: string, what: Readonly<Record<string, unknown>>): Promise<void> {
    const { customerId, invoiceId } = this.who(name);
    const body = { customerId, invoiceIds: [invoiceId], by: 'Dana', ...what };
    const { agreementId } = await this.api.call<Agreement>('POST', path, body);
    this.#agreements.set(name, { path, agreementId });
  }

  async agreed(name: string): Promise<Agreement> {
    const { path, agreementId } = this.#agreements.get(name) ?? { path: '', agreementId: '' };
    return await this.api.get<Agreement>(`${path}/${agreementId}`);
  }

  /** Where it stands, and what was received. */
  async stands(name: string): Promise<[string, number]> {
    const { state, received } = await this.agreed(name);
    return [state, received.minor];
  }

  async pays(name: string, date: string, amountMinor: number): Promise<string> {
    const { invoiceId } = this.who(name);
    const applyTo = [{ invoiceId, amountMinor }];
    const address = `/companies/${this.booksId}/payments`;
    return (await this.world.control<{ id: string }>('POST', address, { date, applyTo })).id;
  }

  control<T>(method: string, address: string, body?: unknown): Promise<T> {
    return this.world.control<T>(method, `/companies/${this.booksId}${address}`, body);
  }

  /** What the record tells of a customer's agreements, oldest first. */
  async told(name: string): Promise<string[]> {
    const { items } = await this.api.get<{ items: { kind: string }[] }>(
      `/activities?limit=500&customerId=${this.who(name).customerId}`,
    );
    return items.map((row) => row.kind).filter((kind) => /^(promise|plan|offer)_/.test(kind));
  }

  /** Kinds of open problems about a customer's agreements. */
  async tasks(name: string): Promise<string[]> {
    const { items } = await this.api.get<{ items: { kind: string; customerId: string | null }[] }>(
      '/problems?limit=500',
    );
    const kinds = ['promise_broken', 'plan_breached', 'credit_the_rest'];
    const mine = items.filter((row) => row.customerId === this.who(name).customerId);
    return mine.map((row) => row.kind).filter((kind) => kinds.includes(kind));
  }

  /** Who got a mail so far, by name, each as often as they did. */
  async mailed(): Promise<string[]> {
    const mails = await mailsOf(this.world);
    const names = [...this.debtors.keys()];
    return mails.flatMap((mail) =>
      names.filter((name) => mail.to.includes(`${name}@${this.vendor}.example`)),
    );
  }

  /** The text of the last mail to somebody, in one line. */
  async lastWords(name: string): Promise<string> {
    const mails = await mailsOf(this.world);
    const last = mails.findLast((mail) => mail.to.includes(`${name}@${this.vendor}.example`));
    return (last?.text ?? '').replaceAll(/\s+/g, ' ');
  }

  /** Which policy is theirs on a day, as it is explained, in one line. */
  async policyOn(name: string, day: string): Promise<string> {
    const { items } = await this.api.get<{
      items: { branches: { question: string; answers: { words: string }[] }[] }[];
    }>(`/customers/${this.who(name).customerId}/explain?day=${day}`);
    const branches = items.flatMap((item) => item.branches).filter(({ question }) => question === 'policy');
    return branches.flatMap(({ answers }) => answers.map(({ words }) => words)).join(' ');
  }

  /** Who is asked now, or was: a mail left, or one waits for a person. */
  async asked(): Promise<ReadonlySet<string>> {
    const waiting = new Set((await this.#waiting()).map((touch) => touch.customerId));
    const names = [...this.debtors].filter(([, { customerId }]) => waiting.has(customerId));
    return new Set([...names.map(([name]) => name), ...(await this.mailed())]);
  }

  /** A person releases everything that waits. */
  async releaseAll(): Promise<void> {
    const touchIds = (await this.#waiting()).map((touch) => touch.touchId);
    if (touchIds.length > 0) await this.api.call('POST', '/approvals', { touchIds });
  }

  async #waiting(): Promise<readonly { touchId: string; customerId: string }[]> {
    const address = '/touches?state=awaiting_approval&limit=500';
    return (await this.api.get<{ items: { touchId: string; customerId: string }[] }>(address)).items;
  }
}

/** What waits is released by a person, and leaves. */
export async function release(world: World, duly: Duly, firms: readonly Promisers[]): Promise<void> {
  for (const firm of firms) await firm.releaseAll();
  await world.setNow(new Date((await world.now()).getTime() + 120_000).toISOString());
  await tick(duly);
}

export async function tick(duly: Duly): Promise<void> {
  const { failedJobs } = await tickOnce(duly);
  if (failedJobs > 0) throw new Error('a job failed');
}
