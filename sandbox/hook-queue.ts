import { randomUUID } from 'node:crypto';
import type { SandboxClock } from './clock.ts';
import type { FaultVendor, HookKind } from './fault-kinds.ts';
import type { Faults } from './faults.ts';
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
  /** Held back by a fault until it is released; a flush leaves it too. */
  held?: boolean;
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
  /** Told of the status of each try; 0: no answer in time. */
  over?: (status: number) => void;
}

/**
 * Webhook calls, durable, tried again by the vendor's ladder. A wait is over when the sandbox's clock or the real
 * one says so. Never throws into the caller.
 */
export class HookQueue {
  private running: Promise<void> = Promise.resolve();
  private readonly timer: NodeJS.Timeout;
  private stopped = false;
  /** When (real) the last try of each call that waits was over. */
  private readonly triedAt = new Map<string, number>();

  constructor(
    private readonly store: DocStore,
    private readonly clock: SandboxClock,
    private readonly rules: HookRules,
  ) {
    this.timer = setInterval(() => this.pump(), 500);
    this.timer.unref();
  }

  /** Adds a call and sets about delivering it; `delay` in ms of either clock. */
  add(body: string, note: Record<string, string> = {}, delay = 0, held = false): void {
    const id = randomUUID();
    const hook: WaitingHook = { id, body, note, attempts: 0, ...this.due(delay), ...(held && { held }) };
    this.store.put(this.rules.kind, id, hook);
    if (delay === 0 && !held) this.pump();
  }

  /** Adds calls, each by the fate it shares with the others; `usual` is the delay without a fault. */
  addAll(bodies: readonly string[], note: Record<string, string>, fate: HookFate, usual = 0): void {
    for (const body of bodies) {
      for (let copy = 0; copy < fate.copies; copy++) this.add(body, note, fate.delay || usual, fate.held);
    }
  }

  /** Lets the calls go that a fault holds back. */
  release(): void {
    for (const { held, ...hook } of [...this.store.all<WaitingHook>(this.rules.kind).values()]) {
      if (held) this.store.put(this.rules.kind, hook.id, { ...hook, ...this.due(0) });
    }
    this.pump();
  }

  /** Tries everything that waits once, whether its time has come or not; resolves when done. */
  async flush(): Promise<void> {
    await this.pump(performance.now());
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

  /** `flushedAt`: the moment (real) since which every call is to have been tried; absent: only those that are due. */
  private pump(flushedAt?: number): Promise<void> {
    if (this.stopped || (flushedAt === undefined && this.waiting() === 0)) return this.running;
    this.running = this.running.then(() => this.deliver(flushedAt)).catch(() => undefined);
    return this.running;
  }

  private async deliver(flushedAt: number | undefined): Promise<void> {
    for (const hook of [...this.store.all<WaitingHook>(this.rules.kind).values()]) {
      if (this.stopped) return;
      if (hook.held) continue;
      const isDue = this.clock.now().getTime() >= hook.dueSandbox || Date.now() >= hook.dueReal;
      const wanted = flushedAt === undefined ? isDue : (this.triedAt.get(hook.id) ?? -1) < flushedAt;
      if (!wanted) {
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
    this.rules.over?.(status);
    this.triedAt.set(hook.id, performance.now());
    const wait = this.rules.ladder[hook.attempts];
    if ((status >= 200 && status < 300) || wait === undefined || this.rules.givesUp(status)) {
      this.store.remove(this.rules.kind, hook.id);
      this.triedAt.delete(hook.id);
      return true;
    }
    this.store.put(this.rules.kind, hook.id, { ...hook, attempts: hook.attempts + 1, ...this.due(wait) });
    return false;
  }

  private due(wait: number): { dueSandbox: number; dueReal: number } {
    return { dueSandbox: this.clock.now().getTime() + wait, dueReal: Date.now() + wait };
  }
}

/** What a fault does to a webhook call that is about to be queued. */
export interface HookFate {
  /** How many times the call is sent: 0, 1 or 2. */
  readonly copies: number;
  /** Each event goes out in a call of its own, the last one first. */
  readonly reversed: boolean;
  /** It waits until `POST /control/webhooks/release`. */
  readonly held: boolean;
  /** Milliseconds of either clock. */
  readonly delay: number;
}

/** The fate of the next webhook call about a company: as usual, or as the fault says that this uses up. */
export function takeHookFate(faults: Faults, vendor: FaultVendor, companyId?: string): HookFate {
  const fault = faults.takeForHook(vendor, companyId);
  const kind = fault?.kind as HookKind | undefined;
  return {
    copies: kind === 'webhook_lose' ? 0 : kind === 'webhook_duplicate' ? 2 : 1,
    reversed: kind === 'webhook_reverse',
    held: kind === 'webhook_hold',
    delay: kind === 'webhook_delay' ? (fault?.ms ?? 1000) : 0,
  };
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
