import { randomUUID } from 'node:crypto';
import type { HookOrder, SandboxContext } from '../../context.ts';
import { HookEndpoint } from '../../hook-endpoint.ts';
import { type HookFate, HookQueue, post, takeHookFate } from '../../hook-queue.ts';
import { syncApplications } from '../applications.store.ts';
import type { TokenStore } from '../oauth/tokens.store.ts';
import { settingsOf } from '../settings.ts';
import { noticesOf } from './events.ts';
import { HOOK_FORMATS, type HookFormat, hookBodies, type Notice, signature } from './payload.ts';

const GATHERED = 'intuit.webhook';
const CALLS = 'intuit.webhook-call';
/** Changes of so many real milliseconds go out together. */
const GATHER_MS = 150;
const MOST_IN_ONE = 100;
const ANSWER_WITHIN_MS = 3000;
const MINUTE = 60_000;
/** Waits before the next try; after the last one the notices are dropped. */
const RETRY_MS = [20 * MINUTE, 30 * MINUTE, 50 * MINUTE];
/** Answers after which Intuit tries again; 0 is no answer in time. */
const TRIED_AGAIN = [0, 408, 500, 502, 503, 504];

/** Rings the app's doorbell for what changes in connected companies. What waits survives a restart. */
export class Doorbell {
  readonly endpoint: HookEndpoint;
  private readonly queue: HookQueue | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly ctx: SandboxContext,
    private readonly tokens: TokenStore,
  ) {
    this.endpoint = new HookEndpoint(ctx.store, ctx.clock, 'intuit.endpoint');
    if (ctx.config.dulyUrl === undefined) return;
    this.queue = new HookQueue(ctx.store, ctx.clock, {
      kind: CALLS,
      url: `${ctx.config.dulyUrl}/webhooks/intuit`,
      ladder: RETRY_MS,
      timeout: ANSWER_WITHIN_MS,
      ordered: false,
      headers: ({ body, note }) => this.headers(body, note.contentType ?? '', note.at ?? ''),
      givesUp: (status) => !TRIED_AGAIN.includes(status),
      over: (status) => this.endpoint.record(status >= 200 && status < 300),
    });
  }

  /** Starts listening to the books, also to those that were there before. */
  listen(): void {
    const { books, clock, store, vendors } = this.ctx;
    for (const company of books.companies()) {
      if (company.vendor !== 'intuit') continue;
      const now = clock.now().toISOString();
      for (const { id } of books.credits(company.id)) syncApplications(store, books, company.id, id, now);
    }
    books.onEvent((event) => {
      if (books.company(event.companyId).vendor !== 'intuit') return;
      const notices = noticesOf(event, this.ctx);
      if (this.queue === undefined || this.endpoint.off || !this.tokens.connected(event.companyId)) return;
      for (const notice of notices) store.put(GATHERED, notice.id, notice);
      this.timer ??= setTimeout(() => this.sendGathered(), GATHER_MS).unref();
    });
    vendors.onFlush(async () => {
      this.sendGathered();
      await this.queue?.flush();
    });
    vendors.onRelease(() => this.queue?.release());
    vendors.onHookOrder('intuit', (order) => this.send(order));
    this.sendGathered();
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    await this.queue?.stop();
  }

  /** Calls that wait to be sent, or to be sent again. */
  waiting(): number {
    return this.queue?.waiting() ?? 0;
  }

  private sendGathered(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const notices = [...this.ctx.store.all<Notice>(GATHERED).values()];
    if (notices.length === 0 || this.queue === undefined) return;
    this.ctx.store.transaction(() => {
      for (let at = 0; at < notices.length; at += MOST_IN_ONE)
        this.enqueue(notices.slice(at, at + MOST_IN_ONE));
      for (const { id } of notices) this.ctx.store.remove(GATHERED, id);
    });
  }

  /** Companies share a call unless their form of webhooks or a fault sets them apart. */
  private enqueue(notices: readonly Notice[]): void {
    const { faults, store } = this.ctx;
    const fates = new Map<string, HookFate>();
    for (const { realmId } of notices)
      if (!fates.has(realmId)) fates.set(realmId, takeHookFate(faults, 'intuit', realmId));
    const together = Map.groupBy(
      notices,
      ({ realmId }) => `${settingsOf(store, realmId).webhookFormat} ${JSON.stringify(fates.get(realmId))}`,
    );
    for (const group of together.values()) {
      const realmId = group[0]?.realmId ?? '';
      const fate = fates.get(realmId);
      if (fate === undefined) continue;
      const parts = fate.reversed ? group.map((one) => [one]).reverse() : [group];
      const format = settingsOf(store, realmId).webhookFormat;
      for (const { body, contentType } of parts.flatMap((part) => hookBodies(part, format)))
        this.queue?.addAll([body], { contentType, at: this.ctx.clock.now().toISOString() }, fate);
    }
  }

  /** Sends what a test made up, once, whether the endpoint is switched off or not. */
  private async send(order: HookOrder): Promise<number> {
    const url = order.url ?? `${this.ctx.config.dulyUrl ?? ''}/webhooks/intuit`;
    const format = HOOK_FORMATS.find((one) => one === order.format) ?? ('cloudevents' satisfies HookFormat);
    const at = this.ctx.clock.now().toISOString();
    const notices = (order.events ?? []).map((event) => ({
      id: randomUUID(),
      realmId: '',
      entity: 'Invoice' as const,
      entityId: '',
      verb: 'updated' as const,
      at,
      ...event,
    }));
    const [made] =
      order.raw === undefined ? hookBodies(notices, format) : [{ body: order.raw, contentType: '' }];
    const body = made?.body ?? '[]';
    const contentType = order.contentType ?? (made?.contentType || 'application/cloudevents+json');
    const headers = this.headers(body, contentType, at);
    if (order.signature === 'none') delete headers['intuit-signature'];
    if (order.signature === 'wrong') headers['intuit-signature'] = signature(body, 'somebody else');
    return await post(url, body, headers, ANSWER_WITHIN_MS);
  }

  private headers(body: string, contentType: string, at: string): Record<string, string> {
    return {
      'content-type': contentType,
      'intuit-signature': signature(body, this.ctx.config.intuit.webhookToken),
      'intuit-created-time': at,
      'intuit-t-id': randomUUID(),
      'intuit-notification-schema-version': '0.1',
      'user-agent': 'intuit_notification_server/0.1',
    };
  }
}
