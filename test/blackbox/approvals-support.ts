import type { PolicyBody } from '../../src/policies/document.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import { step } from '../../src/policies/step.ts';
import { Api } from '../support/api.ts';
import type { Browser } from '../support/browser.ts';
import { connect } from '../support/connect.ts';
import type { World } from '../support/world.ts';

const alone = { contacts: false, escalation: false, informSales: false };

/** Everybody is written to first; whoever has a sequence of their own is called, or gets a letter, before that. */
const policy: PolicyBody = {
  ...emailBody,
  sequences: [
    {
      key: 'mail',
      name: 'E-mails',
      paused: false,
      steps: [
        step({
          key: 'first',
          name: 'first reminder',
          offsetDays: 3,
          stage: 'first',
          recipients: { ...alone, contacts: true },
        }),
        step({ key: 'second', name: 'second reminder', offsetDays: 8, stage: 'second' }),
      ],
    },
    {
      key: 'phone',
      name: 'Calls',
      paused: false,
      steps: [
        step({
          key: 'phone',
          name: 'call',
          offsetDays: 3,
          stage: 'first',
          channel: 'call',
          template: 'call',
          waitsBusinessDays: 2,
        }),
        step({ key: 'second', name: 'second reminder', offsetDays: 5, stage: 'second' }),
      ],
    },
    {
      key: 'post',
      name: 'Letters',
      paused: false,
      steps: [
        step({
          key: 'post',
          name: 'letter',
          offsetDays: 3,
          stage: 'first',
          channel: 'letter',
          template: 'letter_first',
        }),
      ],
    },
  ],
  settings: { ...emailBody.settings, sequence: 'mail' },
};

export interface Touch {
  readonly touchId: string;
  readonly customerId: string;
  readonly stepKey: string;
  readonly channel: string;
  readonly state: string;
  readonly task: {
    readonly dueOn: string;
    readonly for: { readonly role: string; readonly words: string };
  } | null;
  readonly stateReason: string | null;
  readonly plannedFor: string;
  readonly resendOf: string | null;
  readonly doneBy: string | null;
  readonly outcome: {
    readonly result: string | null;
    readonly postedOn: string | null;
    readonly note: string;
  } | null;
  readonly approvedBy: string | null;
  readonly invoices: readonly { readonly invoiceId: string }[];
}

export interface TouchWithMessage extends Touch {
  readonly message: { readonly html: string; readonly text: string; readonly subject: string } | null;
  readonly copies: readonly { readonly email: string; readonly why: string; readonly state: string }[];
}

interface Debtor {
  readonly id: string;
  readonly email: string;
  readonly invoiceId: string;
}

/** A Xero company with a customer for every case; what Duly says of them, and what is done with their touches. */
export class Office {
  private constructor(
    readonly world: World,
    readonly companyId: string,
    readonly booksId: string,
    readonly api: Api,
    readonly debtors: ReadonlyMap<string, Debtor>,
  ) {}

  static async open(world: World, browser: Browser, names: readonly string[]): Promise<Office> {
    const known = await world.control<{ id: string; vendor: string }[]>('GET', '/companies');
    const booksId = known.find((company) => company.vendor === 'xero')?.id ?? '';
    const debtors = new Map<string, Debtor>();
    for (const name of names) debtors.set(name, await owing(world, booksId, name));
    const { companyId } = await connect(world, browser, 'xero');
    const api = await Api.of(world, companyId);
    await api.call('PUT', '/policy', { expectedVersion: 1, document: policy, by: 'Dana' });
    return new Office(world, companyId, booksId, api, debtors);
  }

  who(name: string): Debtor {
    const found = this.debtors.get(name);
    if (found === undefined) throw new Error(`there is no customer ${name}`);
    return found;
  }

  async sequence(name: string, sequence: string): Promise<void> {
    await this.api.call('PUT', `/customers/${this.who(name).id}/policy`, {
      expectedVersion: 0,
      segment: null,
      settings: { sequence },
      paused: false,
      by: 'Dana',
    });
  }

  async touches(name: string): Promise<readonly Touch[]> {
    const { items } = await this.api.get<{ items: Touch[] }>(`/touches?customerId=${this.who(name).id}`);
    return items;
  }

  /** The newest touch of a customer. */
  async touch(name: string): Promise<Touch> {
    const found = (await this.touches(name)).at(-1);
    if (found === undefined) throw new Error(`${name} has no touch`);
    return found;
  }

  async todo(): Promise<readonly Touch[]> {
    return (await this.api.get<{ items: Touch[] }>('/todo')).items;
  }

  async change(name: string, what: string, body: object = {}): Promise<TouchWithMessage> {
    const { touchId } = await this.touch(name);
    return await this.api.call('POST', `/touches/${touchId}/${what}`, { by: 'Dana', ...body });
  }

  async release(name: string): Promise<void> {
    await this.api.call('POST', '/approvals', { touchIds: [(await this.touch(name)).touchId], by: 'Dana' });
  }

  async pay(name: string, minor: number): Promise<void> {
    const applyTo = [{ invoiceId: this.who(name).invoiceId, amountMinor: minor }];
    await this.world.control('POST', `/companies/${this.booksId}/payments`, { applyTo });
  }

  /** What the ledger shows on the customer's invoice. */
  async notes(name: string): Promise<readonly string[]> {
    const all = await this.world.control<{ invoiceId: string; text: string }[]>(
      'GET',
      `/companies/${this.booksId}/notes`,
    );
    return all.filter((note) => note.invoiceId === this.who(name).invoiceId).map((note) => note.text);
  }
}

/** A customer with one invoice that was sent, due two weeks before the world begins, and two contact persons. */
async function owing(world: World, booksId: string, name: string): Promise<Debtor> {
  const email = `${name}@debtors.example`;
  const base = `/companies/${booksId}`;
  const person = (firstName: string, includeInEmails: boolean) => ({
    firstName,
    lastName: 'Price',
    email: `${firstName.toLowerCase()}.${name}@debtors.example`,
    includeInEmails,
  });
  const customer = await world.control<{ id: string }>('POST', `${base}/customers`, {
    name: `${name} Ltd`,
    companyName: `${name} Ltd`,
    email,
    contacts: name === 'copied' ? [person('Ina', true), person('Olaf', false)] : [],
  });
  const invoices = await world.control<{ id: string }[]>('POST', `${base}/invoices`, [
    {
      customerId: customer.id,
      number: `APP-${name}`,
      date: '2026-10-01',
      dueDate: '2026-11-02',
      sentAt: '2026-10-01T12:00:00Z',
      lines: [{ description: 'Work', quantity: 1, unitMinor: 40_000, amountMinor: 40_000 }],
    },
  ]);
  return { id: customer.id, email, invoiceId: invoices[0]?.id ?? '' };
}
