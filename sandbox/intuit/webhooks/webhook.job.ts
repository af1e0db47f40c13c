import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { BooksEvent } from '../../books/model.ts';
import type { SandboxContext } from '../../context.ts';
import { syncApplications } from '../applications.store.ts';
import type { TokenStore } from '../oauth/tokens.store.ts';
import { settingsOf } from '../settings.ts';
import { classic, cloudEvents, type Notice, signature } from './payload.ts';

const KIND = 'intuit.webhook';
/** Changes of so many real milliseconds go out together. */
const GATHER_MS = 150;
const MOST_IN_ONE = 100;
const ANSWER_WITHIN_MS = 3000;
/** Real waits before the next try; after the last one the notices are dropped. Intuit waits 20, 30 and 50 minutes. */
const RETRY_MS = [1000, 4000, 15_000];

/** Rings the app's doorbell for what changes in connected companies. Waiting notices survive a restart. */
export function ringWebhooks(app: FastifyInstance, ctx: SandboxContext, tokens: TokenStore): void {
  const bell = new Doorbell(ctx);
  for (const company of ctx.books.companies()) {
    if (company.vendor !== 'intuit') continue;
    const now = ctx.clock.now().toISOString();
    for (const { id } of ctx.books.credits(company.id))
      syncApplications(ctx.store, ctx.books, company.id, id, now);
  }
  ctx.books.onEvent((event) => {
    if (ctx.books.company(event.companyId).vendor !== 'intuit') return;
    const notices = noticesOf(event, ctx);
    if (ctx.config.dulyUrl === undefined || !tokens.connected(event.companyId)) return;
    for (const notice of notices) bell.add(notice);
  });
  ctx.vendors.onFlush(() => bell.flush());
  app.addHook('onClose', async () => bell.stop());
  bell.wake(0);
}

/** What QuickBooks says of a change in the books; its memory of applied credit memos is kept up to date here. */
function noticesOf(event: BooksEvent, ctx: SandboxContext): Notice[] {
  const { companyId, verb, at, id } = event;
  const notice = (entity: Notice['entity'], entityId: string, how: Notice['verb']): Notice => ({
    id: randomUUID(),
    realmId: companyId,
    entity,
    entityId,
    verb: how,
    at,
  });
  if (event.entity === 'invoice') return [notice('Invoice', id, verb)];
  if (event.entity === 'payment') return [notice('Payment', id, verb)];
  if (event.entity === 'customer') {
    const into = verb === 'merged' ? ctx.books.customer(companyId, id).mergedInto : undefined;
    return into === undefined
      ? [notice('Customer', id, verb)]
      : [{ ...notice('Customer', into, 'merged'), deletedId: id }];
  }
  // our own notes are attachables, and those ring nothing
  if (event.entity === 'note') return [];
  if (ctx.books.credit(companyId, id).kind !== 'credit_note') return [notice('Payment', id, verb)];
  const { created, deleted } = syncApplications(ctx.store, ctx.books, companyId, id, at);
  return [
    notice('CreditMemo', id, verb),
    ...created.map((one) => notice('Payment', one, 'created')),
    ...deleted.map((one) => notice('Payment', one, 'deleted')),
  ];
}

class Doorbell {
  private timer: NodeJS.Timeout | undefined;
  private failures = 0;
  private sending: Promise<void> | undefined;
  private stopped = false;

  constructor(private readonly ctx: SandboxContext) {}

  add(notice: Notice): void {
    this.ctx.store.put(KIND, notice.id, notice);
    this.wake(GATHER_MS);
  }

  wake(ms: number): void {
    if (this.timer !== undefined || this.stopped || this.ctx.store.all(KIND).size === 0) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.send();
    }, ms);
    this.timer.unref();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** Sends all that waits, one try each. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.sending;
    await this.send();
  }

  private waiting(): Notice[] {
    return [...this.ctx.store.all<Notice>(KIND).values()];
  }

  private async send(): Promise<void> {
    this.sending ??= this.sendAll().finally(() => {
      this.sending = undefined;
    });
    await this.sending;
  }

  private async sendAll(): Promise<void> {
    let batch = this.waiting().slice(0, MOST_IN_ONE);
    while (batch.length > 0 && !this.stopped) {
      if (await this.post(batch)) this.failures = 0;
      else {
        const wait = RETRY_MS[this.failures];
        this.failures += 1;
        if (wait !== undefined) return this.later(wait);
        // Intuit gives up on an address that stays dead: the app finds out by the change feed
        this.failures = 0;
        batch = this.waiting();
      }
      if (this.stopped) return;
      for (const { id } of batch) this.ctx.store.remove(KIND, id);
      batch = this.waiting().slice(0, MOST_IN_ONE);
    }
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.wake(ms);
  }

  /** Whether the app took it: any 2xx within three seconds. */
  private async post(batch: readonly Notice[]): Promise<boolean> {
    const { config, store } = this.ctx;
    const [first] = batch;
    if (config.dulyUrl === undefined || first === undefined) return true;
    const old = settingsOf(store, first.realmId).webhookFormat === 'classic';
    const body = JSON.stringify(old ? classic(batch) : cloudEvents(batch));
    try {
      const answer = await fetch(`${config.dulyUrl}/webhooks/intuit`, {
        method: 'POST',
        body,
        headers: {
          'content-type': old ? 'application/json; charset=utf-8' : 'application/cloudevents+json',
          'intuit-signature': signature(body, config.intuit.webhookToken),
          'intuit-created-time': this.ctx.clock.now().toISOString(),
          'intuit-t-id': randomUUID(),
          'intuit-notification-schema-version': '0.1',
          'user-agent': 'intuit_notification_server/0.1',
        },
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false;
    }
  }
}
