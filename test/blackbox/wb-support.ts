import { Api } from '../support/api.ts';
import { connect, type Provider } from '../support/connect.ts';
import { emailOnly } from '../support/email-only.ts';
import { mailsOf } from '../support/sandbox.ts';
import type { World } from '../support/world.ts';

export interface Touch {
  readonly touchId: string;
  readonly customerId: string;
  readonly invoices: readonly { readonly invoiceId: string }[];
}

/** A note as our own interface lists it. */
export interface Note {
  readonly touchId: string;
  readonly invoiceId: string;
  readonly state: string;
  readonly marker: string;
  readonly text: string;
  readonly seenInLedgerAt: string | null;
  readonly differs: string | null;
}

/** A note as it stands in the ledger. */
export interface LedgerNote {
  readonly id: string;
  readonly invoiceId: string;
  readonly kind: string;
  readonly text: string;
  /** The person who wrote it; absent: an app. */
  readonly author?: string;
}

interface Problem {
  readonly kind: string;
  readonly subject: string;
  readonly what: string;
  readonly action: string;
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

const places = {
  quickbooks: { vendor: 'intuit', method: 'POST', match: '/attachable' },
  xero: { vendor: 'xero', method: 'PUT', match: '/History' },
} as const;

/** One company at one vendor: what Duly says of its notes, and what the ledger says. */
export class Side {
  readonly notePlace: (typeof places)[Provider];
  readonly #taken = new Set<string>();

  private constructor(
    readonly provider: Provider,
    readonly booksId: string,
    readonly world: World,
    readonly api: Api,
  ) {
    this.notePlace = places[provider];
  }

  static async connect(world: World, provider: Provider): Promise<Side> {
    const { companyId, booksId } = await connect(world, world.browser(), provider);
    const api = await Api.of(world, companyId);
    await emailOnly(api);
    return new Side(provider, booksId, world, api);
  }

  /** The longest note, in characters. */
  get limit(): number {
    return this.provider === 'xero' ? 2500 : 2000;
  }

  /** A fault that says: this note will never do. */
  get refusal(): Readonly<Record<string, unknown>> {
    if (this.provider === 'xero') return { kind: 'validation', times: 0 };
    const fault = [{ Message: 'String length is either shorter or longer', Detail: 'x', code: '2050' }];
    const body = { Fault: { Error: fault, type: 'ValidationFault' } };
    return { kind: 'status', status: 400, times: 0, body };
  }

  /** A fault that says: somebody else wrote in between. */
  get conflict(): Readonly<Record<string, unknown>> {
    return this.provider === 'xero' ? { kind: 'status', status: 409, times: 1 } : { kind: 'stale', times: 1 };
  }

  /** A fault that says: there is no such invoice. */
  get goneInvoice(): Readonly<Record<string, unknown>> {
    return { kind: this.provider === 'xero' ? 'validation' : 'gone', times: 1 };
  }

  async setMode(mode: string): Promise<void> {
    await this.api.call('PATCH', '', { mode });
  }

  async touches(state: string): Promise<readonly Touch[]> {
    return (await this.api.get<{ items: Touch[] }>(`/touches?state=${state}&limit=500`)).items;
  }

  /** Releases one message that fits and was not taken before; it leaves with the next work. */
  async release(fits: (touch: Touch) => boolean = () => true): Promise<Touch> {
    const waiting = await this.touches('awaiting_approval');
    const touch = waiting.find((each) => !this.#taken.has(each.customerId) && fits(each));
    if (touch === undefined) throw new Error(`nothing waits for release in ${this.provider}`);
    this.#taken.add(touch.customerId);
    await this.api.call('POST', '/approvals', { touchIds: [touch.touchId] });
    return touch;
  }

  async notes(touch: Touch): Promise<readonly Note[]> {
    return (await this.api.get<{ items: Note[] }>(`/notes?touchId=${touch.touchId}&limit=500`)).items;
  }

  /** The ledger's own list: notes of this touch, those that only mention it included; without one, all of ours. */
  async notesInLedger(touch?: Touch): Promise<readonly LedgerNote[]> {
    const all = await this.world.control<LedgerNote[]>('GET', `/companies/${this.booksId}/notes`);
    return all.filter((note) =>
      note.text.includes(touch === undefined ? '[duly:' : `[duly:${touch.touchId}:`),
    );
  }

  async writeByHand(invoiceId: string | undefined, text: string): Promise<void> {
    await this.world.control('POST', `/companies/${this.booksId}/invoices/${invoiceId}/notes`, { text });
  }

  /** How many mails the mail service accepted for this touch or, after it, for its customer's invoices in it. */
  async mailsOf(touch: Touch): Promise<number> {
    return (await mailsOf(this.world)).filter((mail) => mail.touchId === touch.touchId).length;
  }

  async problems(kind: string): Promise<readonly Problem[]> {
    const { items } = await this.api.get<{ items: Problem[] }>('/problems?limit=500');
    return items.filter((problem) => problem.kind === kind);
  }

  async problemsOf(touch: Touch): Promise<readonly Problem[]> {
    const { items } = await this.api.get<{ items: Problem[] }>('/problems?limit=500');
    return items.filter((problem) => problem.subject.includes(touch.touchId));
  }

  /** A person changes a row in the ledger. */
  async change(row: string, to: Readonly<Record<string, unknown>>): Promise<void> {
    await this.world.control('PATCH', `/companies/${this.booksId}/${row}`, to);
  }

  /** A person does something with a row in the ledger. */
  async act(what: string): Promise<void> {
    await this.world.control('POST', `/companies/${this.booksId}/${what}`);
  }

  async invoice(id: string | undefined): Promise<{ id: string; version: number }> {
    return await this.world.control('GET', `/companies/${this.booksId}/invoices/${id}`);
  }

  /** What the vendor was asked about these books. */
  async requests(): Promise<readonly Request[]> {
    return await this.world.control('GET', `/requests?companyId=${this.booksId}`);
  }

  /** What the vendor was asked to write. */
  async noteRequests(): Promise<readonly Request[]> {
    const { method, match } = this.notePlace;
    return (await this.requests()).filter((each) => each.method === method && each.path.includes(match));
  }

  /** Everything that was decided and done: it may not change by an echo. */
  async record(): Promise<unknown> {
    const [activities, cases, notes, positions] = await Promise.all(
      ['/activities?limit=500', '/cases?limit=500', '/notes?limit=500', '/positions?limit=500'].map(
        (address) => this.api.get<{ items: readonly Readonly<Record<string, unknown>>[] }>(address),
      ),
    );
    return {
      activities: activities?.items.length,
      cases: cases?.items.map(({ caseId, state, nextStep }) => ({ caseId, state, nextStep })),
      notes: notes?.items.map(({ seenInLedgerAt: _seen, ledgerNoteId: _id, ...note }) => note),
      positions: positions?.items.map(({ computedAt: _at, ...position }) => position),
    };
  }
}
