import type { SandboxContext } from '../context.ts';
import { HookQueue, takeHookFate } from '../hook-queue.ts';
import { Mails } from './mails.ts';
import { Suppressions } from './suppressions.ts';
import type { ServerRules } from './wire/validate.ts';

const MINUTE = 60_000;
const LADDER = [1, 5, 15, 1, 5, 10, 10, 10, 15].map((minutes) => minutes * MINUTE);
/** Time between acceptance and the first event, so that the answer is there before it. */
const SOON = 100;

/** What a test may set. `indexLagSeconds`: how long (sandbox clock) the search does not find a new message. */
export interface PostmarkSettings extends ServerRules {
  indexLagSeconds: number;
}

/** Everything that Postmark's stand-in keeps between requests. */
export class PostmarkRuntime {
  readonly mails: Mails;
  readonly suppressions: Suppressions;
  settings: PostmarkSettings = { streams: ['outbound', 'broadcast', 'ar-reminders'], indexLagSeconds: 0 };
  private readonly queue: HookQueue | undefined;

  constructor(readonly ctx: SandboxContext) {
    this.mails = new Mails(ctx.store);
    this.suppressions = new Suppressions(ctx.store);
    const { dulyUrl, postmark } = ctx.config;
    if (!dulyUrl) return;
    const basic = Buffer.from(`${postmark.webhookUser}:${postmark.webhookPassword}`).toString('base64');
    this.queue = new HookQueue(ctx.store, ctx.clock, {
      kind: 'postmark-hook',
      url: `${dulyUrl}/webhooks/postmark`,
      ladder: LADDER,
      timeout: 10_000,
      ordered: false,
      headers: (hook) => ({
        authorization: `Basic ${basic}`,
        'user-agent': 'Postmark',
        'x-pm-retries-remaining': String(LADDER.length - hook.attempts),
        'x-pm-webhook-trace-id': hook.id,
      }),
      // 4xx is dropped at once, never to come again
      givesUp: (status) => status >= 400 && status < 500 && status !== 408 && status !== 429,
    });
    ctx.vendors.onFlush(async () => this.queue?.flush());
    ctx.vendors.onRelease(() => this.queue?.release());
  }

  /** Rings Duly with one event, a little later. */
  ring(payload: Record<string, unknown>): void {
    if (!this.queue) return;
    const fate = takeHookFate(this.ctx.faults, 'postmark');
    this.queue.addAll([JSON.stringify(payload)], {}, fate, SOON);
  }

  async stop(): Promise<void> {
    await this.queue?.stop();
  }
}

const runtimes = new WeakMap<SandboxContext, PostmarkRuntime>();

/** The one runtime of a sandbox, shared by the API, the mailbox and the control routes. */
export function runtimeOf(ctx: SandboxContext): PostmarkRuntime {
  const runtime = runtimes.get(ctx) ?? new PostmarkRuntime(ctx);
  runtimes.set(ctx, runtime);
  return runtime;
}
