import { randomBytes } from 'node:crypto';
import type { BooksEvent } from '../books/model.ts';
import type { SandboxContext } from '../context.ts';
import { HookQueue, post, takeHookFate } from '../hook-queue.ts';
import type { XeroMemory } from './memory.ts';
import type { Connections } from './oauth/connections.ts';
import { guid } from './wire/ids.ts';
import { signature, type WebhookEvent, webhookBody } from './wire/webhook.ts';

const QUARTER = 15 * 60_000;
const TIMEOUT = 5000;
/** Changes that follow each other within this many ms of real time go out in one call. */
const GATHER = 30;

/** Rings Duly when connected books change: events gathered, signed, tried again at once and then for a day. */
export class WebhookSender {
  /** Whether a history note rings INVOICE UPDATE. Not known of the real Xero: both must be survived. */
  noteRings = false;
  private readonly url: string | undefined;
  private readonly queue: HookQueue | undefined;
  private gathered = new Map<string, WebhookEvent>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly ctx: SandboxContext,
    private readonly connections: Connections,
    private readonly memory: XeroMemory,
  ) {
    if (!ctx.config.dulyUrl) return;
    this.url = `${ctx.config.dulyUrl}/webhooks/xero`;
    this.queue = new HookQueue(ctx.store, ctx.clock, {
      kind: 'xero-hook',
      url: this.url,
      ladder: [0, ...Array.from({ length: 96 }, () => QUARTER)],
      timeout: TIMEOUT,
      ordered: true,
      headers: (hook) => this.headers(hook.body),
      givesUp: () => false,
    });
  }

  /** Starts listening to the books; the memory learns from every event, whether or not anybody is rung. */
  listen(): void {
    this.ctx.books.onEvent((event) => {
      if (this.ctx.books.company(event.companyId).vendor !== 'xero') return;
      const touched = this.memory.take(event);
      if (this.queue) for (const each of this.eventsOf(event, touched)) this.gather(each);
    });
    this.ctx.vendors.onFlush(async () => {
      this.sendGathered();
      await this.queue?.flush();
    });
    this.ctx.vendors.onRelease(() => this.queue?.release());
  }

  /** What Xero posts when a webhook address is saved: empty events, some of them signed wrongly. */
  async intentToReceive(): Promise<{ signed: boolean; status: number }[]> {
    const results: { signed: boolean; status: number }[] = [];
    for (const signed of [true, false, false, true]) {
      const body = webhookBody([], 0, entropy());
      const mark = signed ? this.sign(body) : signature(body, `not ${this.ctx.config.xero.webhookKey}`);
      const status = this.url ? await post(this.url, body, { 'x-xero-signature': mark }, TIMEOUT) : 0;
      results.push({ signed, status });
    }
    return results;
  }

  /** Ends the deliveries. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    await this.queue?.stop();
  }

  private eventsOf(event: BooksEvent, touched: readonly string[]): WebhookEvent[] {
    const type = event.verb === 'created' ? 'CREATE' : 'UPDATE';
    const common = { tenantId: event.companyId, at: event.at };
    const invoices = new Set(touched);
    const found: WebhookEvent[] = [];
    if (event.entity === 'note' && this.noteRings) {
      const note = this.ctx.books.notes(event.companyId).find((each) => each.id === event.id);
      if (note) invoices.add(note.invoiceId);
    }
    if (event.entity === 'customer') {
      found.push({ ...common, category: 'CONTACT', type, resourceId: guid(event.id) });
    }
    for (const id of invoices) {
      const isNew = event.entity === 'invoice' && event.id === id;
      found.push({ ...common, category: 'INVOICE', type: isNew ? type : 'UPDATE', resourceId: guid(id) });
    }
    if (event.entity === 'credit') {
      const row = this.ctx.books.credit(event.companyId, event.id);
      const Status = row.status === 'open' ? 'AUTHORISED' : row.status.toUpperCase();
      const data = { Type: 'ACCRECCREDIT', Status };
      if (row.kind === 'credit_note') {
        found.push({ ...common, category: 'CREDITNOTE', type, resourceId: guid(row.id), data });
      }
    }
    return found;
  }

  private gather(event: WebhookEvent): void {
    if (!this.connections.all().some((each) => each.tenantId === event.tenantId)) return;
    const key = `${event.tenantId} ${event.category} ${event.resourceId}`;
    const before = this.gathered.get(key);
    this.gathered.set(key, before?.type === 'CREATE' ? { ...event, type: 'CREATE' } : event);
    this.timer ??= setTimeout(() => this.sendGathered(), GATHER).unref();
  }

  private sendGathered(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const events = [...this.gathered.values()];
    this.gathered = new Map();
    if (events.length === 0) return;
    const first = this.ctx.store.all<number>('xero-sequence').get('next') ?? 1;
    const fate = takeHookFate(this.ctx.faults, 'xero', events[0]?.tenantId);
    const bodies = fate.reversed
      ? events.map((each, at) => webhookBody([each], first + at, entropy())).reverse()
      : [webhookBody(events, first, entropy())];
    this.ctx.store.transaction(() => {
      this.ctx.store.put('xero-sequence', 'next', first + events.length);
      this.queue?.addAll(bodies, {}, fate);
    });
  }

  private headers(body: string): Record<string, string> {
    return { 'x-xero-signature': this.sign(body), 'user-agent': 'Xero/1.0' };
  }

  private sign(body: string): string {
    return signature(body, this.ctx.config.xero.webhookKey);
  }
}

function entropy(): string {
  return randomBytes(15).toString('hex').toUpperCase().slice(0, 20);
}
