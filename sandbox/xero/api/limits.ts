import type { SandboxClock } from '../../clock.ts';

/** Calls allowed. The day is 1,000 on the Starter tier and 5,000 from Core up. */
export interface LimitSettings {
  concurrent: number;
  minute: number;
  day: number;
  appMinute: number;
}

export type LimitProblem = 'concurrent' | 'minute' | 'day' | 'appminute';

/** A fixed window that ends when the sandbox's clock or the real one has passed its length. */
interface Window {
  sandboxStart: number;
  realStart: number;
  used: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * Xero's limits per organisation, and per app. Either clock ends a window: a test may stand the sandbox's clock
 * still, or run months through it in seconds, and in both the limit bites only whoever really calls too often.
 */
export class Limits {
  readonly settings: LimitSettings = { concurrent: 5, minute: 60, day: 5000, appMinute: 10_000 };
  private readonly windows = new Map<string, Window>();
  private readonly running = new Map<string, number>();

  constructor(private readonly clock: SandboxClock) {}

  /** Counts a call that begins; the problem, and the seconds to wait, when it is one too many. */
  begin(tenantId: string): { problem: LimitProblem; retryAfter?: number } | undefined {
    const { settings } = this;
    if ((this.running.get(tenantId) ?? 0) >= settings.concurrent) return { problem: 'concurrent' };
    const day = this.window(`day ${tenantId}`, DAY);
    if (day.used >= settings.day) return { problem: 'day', retryAfter: this.left(day, DAY) };
    const minute = this.window(`minute ${tenantId}`, MINUTE);
    if (minute.used >= settings.minute) return { problem: 'minute', retryAfter: this.left(minute, MINUTE) };
    const app = this.window('app', MINUTE);
    if (app.used >= settings.appMinute) return { problem: 'appminute', retryAfter: this.left(app, MINUTE) };
    for (const window of [day, minute, app]) window.used += 1;
    this.running.set(tenantId, (this.running.get(tenantId) ?? 0) + 1);
    return undefined;
  }

  /** A call that `begin` let pass is over. */
  end(tenantId: string): void {
    this.running.set(tenantId, Math.max(0, (this.running.get(tenantId) ?? 0) - 1));
  }

  /** What is left, as every answer tells it. */
  headers(tenantId: string): Record<string, string> {
    const rest = (name: string, span: number, limit: number) =>
      String(Math.max(0, limit - this.window(name, span).used));
    return {
      'x-daylimit-remaining': rest(`day ${tenantId}`, DAY, this.settings.day),
      'x-minlimit-remaining': rest(`minute ${tenantId}`, MINUTE, this.settings.minute),
      'x-appminlimit-remaining': rest('app', MINUTE, this.settings.appMinute),
    };
  }

  /** Changes limits for a test and starts all windows anew. */
  set(change: Partial<LimitSettings>): void {
    Object.assign(this.settings, change);
    this.windows.clear();
  }

  private window(name: string, span: number): Window {
    const sandboxNow = this.clock.now().getTime();
    const realNow = Date.now();
    const found = this.windows.get(name);
    if (found && Math.abs(sandboxNow - found.sandboxStart) < span && realNow - found.realStart < span)
      return found;
    const fresh = { sandboxStart: sandboxNow, realStart: realNow, used: 0 };
    this.windows.set(name, fresh);
    return fresh;
  }

  private left(window: Window, span: number): number {
    const gone = Math.max(this.clock.now().getTime() - window.sandboxStart, Date.now() - window.realStart);
    return Math.max(1, Math.ceil((span - gone) / 1000));
  }
}
