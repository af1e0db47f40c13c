import { expect } from '@jest/globals';
import { jobHandlers } from '../../src/app.ts';
import { sync } from '../../src/books/sync.job.ts';
import { type Day, dayAt } from '../../src/domain/day.ts';
import type { Duly } from '../../src/platform/context.ts';
import { drainJobs, type JobHandlers } from '../../src/platform/jobs.ts';
import { reconcileCompany } from '../../src/receivables/reconcile.job.ts';
import { inOneLine, type Said, tracesOf } from '../dunning/rehearsal.ts';
import { Api } from '../support/api.ts';
import { connect, type Provider } from '../support/connect.ts';
import { composeIn } from '../support/in-process.ts';
import { World } from '../support/world.ts';

/** 10:00 or 11:00 in New York, 15:00 or 16:00 in London: inside both windows all year. */
const HOUR = '15:00:00Z';

interface Touch extends Said {
  readonly touchId: string;
  readonly state: string;
  readonly createdAt: string;
}

interface Firm {
  readonly provider: Provider;
  readonly companyId: string;
  readonly booksId: string;
  readonly api: Api;
  readonly disputed: Set<string>;
}

/** The real book, half in each ledger; each day is first told by the dry run and then lived. */
export class RehearsedBook {
  readonly world: World;
  readonly #duly: Duly;
  readonly #handlers: JobHandlers;
  readonly #firms: Firm[] = [];
  /** Touches that were told and made, by channel. */
  readonly made = new Map<string, number>();
  readonly wrong: string[] = [];

  private constructor(world: World) {
    this.world = world;
    this.#duly = composeIn(world);
    // notes are another promise's test, and half of the time
    this.#handlers = { ...jobHandlers(this.#duly), write_notes: async () => undefined };
  }

  static async open(book: string, firstDay: Day): Promise<RehearsedBook> {
    const world = await World.start({ now: `${firstDay}T${HOUR}`, book, judged: false });
    const rehearsed = new RehearsedBook(world);
    const browser = world.browser();
    for (const provider of ['quickbooks', 'xero'] as const) {
      const connected = await connect(world, browser, provider);
      const api = await Api.of(world, connected.companyId);
      rehearsed.#firms.push({ provider, ...connected, api, disputed: new Set() });
    }
    await rehearsed.#work();
    return rehearsed;
  }

  async #work(): Promise<void> {
    await drainJobs(this.#duly.pool, this.#handlers, this.#duly.log);
  }

  /** From here on reminders leave. */
  async begin(): Promise<void> {
    for (const { api } of this.#firms) {
      // of a consumer without a state the hours of every zone of the country count: no hour is open to all of both books
      await api.call('PATCH', '', { allBusinesses: true, by: 'Dana' });
      await api.call('PATCH', '', { mode: 'autopilot' });
    }
    await this.#work();
  }

  /** Reads the books of a day, has the day told, lives it, and lays both side by side. */
  async day(today: Day): Promise<void> {
    await this.world.setNow(`${today}T${HOUR}`);
    for (const firm of this.#firms) {
      await sync(this.#duly, { companyId: firm.companyId, read: true });
      await reconcileCompany(this.#duly, { companyId: firm.companyId });
      await this.#markDisputes(firm, today);
      await reconcileCompany(this.#duly, { companyId: firm.companyId });
    }
    const told: string[][] = [];
    for (const firm of this.#firms) told.push(await this.#tell(firm, today));
    await this.#work();
    for (const firm of this.#firms) await this.#release(firm);
    await this.#work();
    for (const firm of this.#firms) await this.#doTasks(firm);
    for (const [index, firm] of this.#firms.entries()) {
      const lived = await this.#live(firm, today);
      const before = told[index] ?? [];
      if (JSON.stringify(lived) !== JSON.stringify(before))
        this.wrong.push(
          `${firm.provider} ${today}: told ${JSON.stringify(before)}, made ${JSON.stringify(lived)}`,
        );
    }
  }

  /** The dry run of the day, which must leave no trace. */
  async #tell(firm: Firm, today: Day): Promise<string[]> {
    const before = await tracesOf(this.world.database);
    const { from, items } = await firm.api.get<{ from: Day; items: readonly Said[] }>('/preview?days=1');
    expect(from).toBe(today);
    expect(await tracesOf(this.world.database)).toEqual(before);
    return items.map(inOneLine).sort();
  }

  async #markDisputes(firm: Firm, today: Day): Promise<void> {
    const known = await this.world.control<{ id: string; disputed: boolean; balanceMinor: number }[]>(
      'GET',
      `/companies/${firm.booksId}/invoices`,
    );
    for (const invoice of known) {
      if (!invoice.disputed || invoice.balanceMinor <= 0 || firm.disputed.has(invoice.id)) continue;
      await firm.api.call('POST', '/disputes', { invoiceId: invoice.id, reason: `disputed as of ${today}` });
      firm.disputed.add(invoice.id);
    }
  }

  /** A person releases what waits for one. */
  async #release(firm: Firm): Promise<void> {
    const waiting = await this.#touches(firm, 'awaiting_approval');
    if (waiting.length === 0) return;
    await firm.api.call('POST', '/approvals', { touchIds: waiting.map((touch) => touch.touchId) });
  }

  /** A person makes the calls and posts the letters. */
  async #doTasks(firm: Firm): Promise<void> {
    for (const { touchId, channel } of await this.#touches(firm, 'approved')) {
      if (channel !== 'call' && channel !== 'letter') continue;
      const said = channel === 'call' ? { result: 'reached' } : {};
      await firm.api.call('POST', `/touches/${touchId}/done`, said);
    }
  }

  /** What was sent or done on the day. */
  async #live(firm: Firm, today: Day): Promise<string[]> {
    const sent = (await this.#touches(firm, 'sent')).filter(
      (touch) => dayAt(new Date(touch.createdAt), 'UTC') === today,
    );
    for (const { channel } of sent) this.made.set(channel, (this.made.get(channel) ?? 0) + 1);
    return sent.map(inOneLine).sort();
  }

  async #touches(firm: Firm, state: string): Promise<readonly Touch[]> {
    const all: Touch[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const query: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
      const page: { items: Touch[]; next: string | null } = await firm.api.get(
        `/touches?state=${state}&limit=500${query}`,
      );
      all.push(...page.items);
      after = page.next;
    }
    return all;
  }
}
