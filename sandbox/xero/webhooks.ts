import { randomBytes, randomUUID } from 'node:crypto';
import type { HookOrder, SandboxContext } from '../context.ts';
import { HookEndpoint } from '../hook-endpoint.ts';
import { HookQueue, post, takeHookFate } from '../hook-queue.ts';
import { eventsOf } from './hook-events.ts';
import type { XeroMemory } from './memory.ts';
import type { Connections } from './oauth/connections.ts';
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
  readonly endpoint: HookEndpoint;
  private readonly queue: HookQueue | undefined;
  private gathered = new Map<string, WebhookEvent>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly ctx: SandboxContext,
    private readonly connections: Connections,
    private readonly memory: XeroMemory,
  ) {
    this.endpoint = new HookEndpoint(ctx.store, ctx.clock, 'xero-endpoint');
    if (!ctx.config.dulyUrl) return;
    this.url = `${ctx.config.dulyUrl}/webhooks/xero`;
    this.queue = new HookQueue(ctx.store, ctx.clock, {
      kind: 'xero-hook',
      url: this.url,
      ladder: [0, ...Array.from({ length: 96 }, () => QUARTER)],
      timeout: TIMEOUT,
      ordered: true,
      headers: (hook) => this.headers(hook.body),
      givesUp: () => this.endpoint.off,
      over: (status) => this.endpoint.record(status >= 200 && status < 300),
    });
  }

  /** Starts listening to the books; the memory learns from every event, whether or not anybody is rung. */
  listen(): void {
    this.ctx.books.onEvent((event) => {
      if (this.ctx.books.company(event.companyId).vendor !== 'xero') return;
      const touched = this.memory.take(event);
      if (this.queue) {
        for (const each of eventsOf(this.ctx.books, event, touched, this.noteRings)) this.gather(each);
      }
    });
    this.ctx.vendors.onFlush(async () => {
      this.sendGathered();
      await this.queue?.flush();
    });
    this.ctx.vendors.onHookOrder('xero', (order) => this.send(order));
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

  /** Sends what a test made up, once, whether the address is switched off or not. */
  private async send(order: HookOrder): Promise<number> {
    const url = order.url ?? this.url ?? '';
    const events = (order.events ?? []).map((event) => ({
      tenantId: '',
      category: 'INVOICE' as const,
      type: 'UPDATE' as const,
      resourceId: randomUUID(),
      at: this.ctx.clock.now().toISOString(),
      ...event,
    }));
    const body = order.raw ?? webhookBody(events, this.nextSequence(events.length), entropy());
    const headers: Record<string, string> = this.headers(body);
    if (order.contentType !== undefined) headers['content-type'] = order.contentType;
    if (order.signature === 'none') delete headers['x-xero-signature'];
    if (order.signature === 'wrong') headers['x-xero-signature'] = signature(body, 'somebody else');
    return await post(url, body, headers, TIMEOUT);
  }

  private gather(event: WebhookEvent): void {
    if (this.endpoint.off) return;
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
    const fate = takeHookFate(this.ctx.faults, 'xero', events[0]?.tenantId);
    const first = this.nextSequence(events.length);
    const bodies = fate.reversed
      ? events.map((each, at) => webhookBody([each], first + at, entropy())).reverse()
      : [webhookBody(events, first, entropy())];
    this.queue?.addAll(bodies, {}, fate);
  }

  /** Takes so many sequence numbers: one stream for all organisations of the app. */
  private nextSequence(count: number): number {
    const first = this.ctx.store.all<number>('xero-sequence').get('next') ?? 1;
    this.ctx.store.put('xero-sequence', 'next', first + count);
    return first;
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
