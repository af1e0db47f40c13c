import { randomUUID } from 'node:crypto';
import type { SandboxClock } from './clock.ts';
import type { Fault, Faults, FaultVendor } from './faults.ts';
import type { DocStore } from './store.ts';

/** A webhook call that waits to be delivered. Times in ms. */
export interface WaitingHook {
  id: string;
  body: string;
  /** Whatever the vendor needs to build the headers. */
  note: Record<string, string>;
  attempts: number;
  dueSandbox: number;
  dueReal: number;
}

export interface HookRules {
  /** Kind of document in the store. */
  kind: string;
  url: string;
  /** Waits between attempts in ms; after the last one the call is given up. */
  ladder: readonly number[];
  /** How long an answer may take, in ms. */
  timeout: number;
  /** True: a call that fails holds up those behind it. */
  ordered: boolean;
  headers: (hook: WaitingHook) => Record<string, string>;
  /** True for an answer after which the vendor never tries again. */
  givesUp: (status: number) => boolean;
}

/**
 * Webhook calls, durable, tried again by the vendor's ladder. A wait is over when the sandbox's clock or the real
 * one says so. Never throws into the caller.
 */
export class HookQueue {
  private running: Promise<void> = Promise.resolve();
  private readonly timer: NodeJS.Timeout;
  private stopped = false;

  constructor(
    private readonly store: DocStore,
    private readonly clock: SandboxClock,
    private readonly rules: HookRules,
  ) {
    this.timer = setInterval(() => this.pump(), 500);
    this.timer.unref();
  }

  /** Adds a call and sets about delivering it; `delay` in ms of either clock. */
  add(body: string, note: Record<string, string> = {}, delay = 0): void {
    const id = randomUUID();
    const hook = { id, body, note, attempts: 0, ...this.due(delay) } satisfies WaitingHook;
    this.store.put(this.rules.kind, id, hook);
    if (delay === 0) this.pump();
  }

  /** Tries everything that waits, whether its time has come or not; resolves when done. */
  async flush(): Promise<void> {
    await this.pump(true);
  }

  /** Ends the deliveries; what waits stays in the store. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Calls that still wait. */
  waiting(): number {
    return this.store.all(this.rules.kind).size;
  }

  private pump(all = false): Promise<void> {
    if (this.stopped || (!all && this.waiting() === 0)) return this.running;
    this.running = this.running.then(() => this.deliver(all)).catch(() => undefined);
    return this.running;
  }

  private async deliver(all: boolean): Promise<void> {
    for (const hook of [...this.store.all<WaitingHook>(this.rules.kind).values()]) {
      if (this.stopped) return;
      const isDue = this.clock.now().getTime() >= hook.dueSandbox || Date.now() >= hook.dueReal;
      if (!all && !isDue) {
        if (this.rules.ordered) return;
        continue;
      }
      const done = await this.attempt(hook);
      if (!done && this.rules.ordered) return;
    }
  }

  private async attempt(hook: WaitingHook): Promise<boolean> {
    const status = await post(this.rules.url, hook.body, this.rules.headers(hook), this.rules.timeout);
    if (this.stopped) return false;
    const wait = this.rules.ladder[hook.attempts];
    if ((status >= 200 && status < 300) || wait === undefined || this.rules.givesUp(status)) {
      this.store.remove(this.rules.kind, hook.id);
      return true;
    }
    this.store.put(this.rules.kind, hook.id, { ...hook, attempts: hook.attempts + 1, ...this.due(wait) });
    return false;
  }

  private due(wait: number): { dueSandbox: number; dueReal: number } {
    return { dueSandbox: this.clock.now().getTime() + wait, dueReal: Date.now() + wait };
  }
}

/**
 * The fault ordered for a webhook (kinds `webhook_lost`, `webhook_duplicate`, `webhook_delay`), used up by the call.
 * Faults meant for requests are left alone.
 */
export function takeHookFault(
  faults: Faults,
  vendor: FaultVendor,
  companyId: string | undefined,
  path: string,
): Fault | undefined {
  const first = faults
    .list()
    .find(
      (each) =>
        each.vendor === vendor &&
        (each.companyId === undefined || each.companyId === companyId) &&
        (each.method === undefined || each.method.toUpperCase() === 'POST') &&
        (each.match === undefined || path.includes(each.match)),
    );
  return first?.kind.startsWith('webhook_') ? faults.take(vendor, companyId, 'POST', path) : undefined;
}

/** Posts JSON and gives the status; 0 when there was no answer in time. */
export async function post(
  url: string,
  body: string,
  headers: Record<string, string>,
  timeout: number,
): Promise<number> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
