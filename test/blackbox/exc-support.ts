import type { Duly } from '../../src/platform/context.ts';
import { tickOnce } from '../../src/tick-once.ts';
import { Api } from '../support/api.ts';
import type { Browser } from '../support/browser.ts';
import { connect, type Provider } from '../support/connect.ts';
import { emailOnly } from '../support/email-only.ts';
import { type Mail, mailsOf } from '../support/sandbox.ts';
import type { World } from '../support/world.ts';

export interface Touch {
  readonly touchId: string;
  readonly customerId: string;
  readonly stepKey: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly invoices: readonly { readonly invoiceId: string }[];
}

interface Hold {
  readonly holdId: string;
  readonly kind: string;
  readonly category: string | null;
  readonly inForce: boolean;
}

export interface Reason {
  readonly kind: string;
  readonly by: string;
  readonly scope: string;
  readonly since: string;
  readonly words: string;
}

/** A customer made for one case, with the invoices it owes. */
export interface Debtor {
  readonly id: string;
  readonly email: string;
  readonly invoices: readonly { readonly id: string; readonly number: string }[];
}

const names = ['excluded', 'between', 'late', 'single', 'broken', 'dated', 'open', 'stopped'] as const;
const more = ['silent', 'agency', 'replied', 'review', 'free'] as const;
export type Name = (typeof names)[number] | (typeof more)[number];

/** One company at one vendor with a customer for every case; what Duly says of them, and what left. */
export class Firm {
  readonly #debtors: ReadonlyMap<string, Debtor>;

  private constructor(
    readonly provider: Provider,
    readonly world: World,
    readonly companyId: string,
    readonly api: Api,
    debtors: ReadonlyMap<string, Debtor>,
  ) {
    this.#debtors = debtors;
  }

  static async open(world: World, browser: Browser, provider: Provider, dueOn: string): Promise<Firm> {
    const vendor = provider === 'xero' ? 'xero' : 'intuit';
    const known = await world.control<{ id: string; vendor: string }[]>('GET', '/companies');
    const booksId = known.find((company) => company.vendor === vendor)?.id ?? '';
    const debtors = new Map<string, Debtor>();
    for (const name of [...names, ...more])
      debtors.set(name, await owing(world, booksId, `${name} ${provider}`, dueOn));
    const { companyId } = await connect(world, browser, provider);
    const api = await Api.of(world, companyId);
    await emailOnly(api);
    return new Firm(provider, world, companyId, api, debtors);
  }

  who(name: Name): Debtor {
    const found = this.#debtors.get(name);
    if (found === undefined) throw new Error(`there is no customer ${name}`);
    return found;
  }

  async hold(name: Name, wish: Readonly<Record<string, unknown>>): Promise<Hold> {
    const customerId = this.who(name).id;
    return await this.api.call<Hold>('POST', '/holds', {
      scope: 'customer',
      customerId,
      reason: 'they asked for it',
      by: 'Dana',
      ...wish,
    });
  }

  async holds(name: Name): Promise<readonly Hold[]> {
    return (await this.api.get<{ items: Hold[] }>(`/holds?customerId=${this.who(name).id}`)).items;
  }

  /** The reasons for which the customer is held today, as the position says. */
  async reasons(name: Name): Promise<readonly Reason[]> {
    const { items } = await this.api.get<{ items: { holds: Reason[] }[] }>(
      `/positions?customerId=${this.who(name).id}`,
    );
    return items.flatMap((position) => position.holds);
  }

  async touches(name: Name, state: string): Promise<readonly Touch[]> {
    const { items } = await this.api.get<{ items: Touch[] }>(`/touches?state=${state}&limit=500`);
    return items.filter((touch) => touch.customerId === this.who(name).id);
  }

  async release(name: Name): Promise<void> {
    const waiting = await this.touches(name, 'awaiting_approval');
    await this.api.call('POST', '/approvals', { touchIds: waiting.map((touch) => touch.touchId) });
  }

  async mails(name: Name): Promise<readonly Mail[]> {
    return (await mailsOf(this.world)).filter((mail) => mail.to.includes(this.who(name).email));
  }

  async needsAttention(name: Name): Promise<boolean> {
    const { items } = await this.api.get<{ items: { customerId: string }[] }>(
      `/positions?attention=true&customerId=${this.who(name).id}`,
    );
    return items.length > 0;
  }
}

/** A customer with two invoices that were sent and fell due on that day. */
async function owing(world: World, booksId: string, name: string, dueOn: string): Promise<Debtor> {
  const email = `${name.replace(' ', '.')}@debtors.example`;
  const base = `/companies/${booksId}`;
  const customer = await world.control<{ id: string }>('POST', `${base}/customers`, {
    name,
    companyName: name,
    email,
  });
  const lines = [{ description: 'Work', quantity: 1, unitMinor: 40_000, amountMinor: 40_000 }];
  const invoices = await world.control<{ id: string; number: string }[]>(
    'POST',
    `${base}/invoices`,
    [1, 2].map((index) => ({
      customerId: customer.id,
      number: `${name.slice(0, 3).toUpperCase()}-${index}`,
      date: '2026-10-01',
      dueDate: dueOn,
      sentAt: '2026-10-01T12:00:00Z',
      lines,
    })),
  );
  return { id: customer.id, email, invoices };
}

/** The work of a moment, without a fault. */
export async function tick(duly: Duly): Promise<void> {
  const { failedJobs } = await tickOnce(duly);
  if (failedJobs > 0) throw new Error('a job failed');
}
