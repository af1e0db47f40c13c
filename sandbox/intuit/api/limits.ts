/** What Intuit allows; a test may set it lower. */
export interface LimitSettings {
  /** Requests in 60 seconds, for each realm. */
  minute: number;
  /** Requests of one realm at the same time. */
  concurrent: number;
  /** Reads ("CorePlus" calls) of the whole app in a calendar month (UTC, sandbox clock). */
  month: number;
}

export type LimitProblem = 'minute' | 'concurrent' | 'month';

interface Stamp {
  readonly real: number;
  readonly clock: number;
}

const USUAL: LimitSettings = { minute: 500, concurrent: 10, month: 500_000 };

/** Intuit's limits for one app. Settings and counts end with the process. */
export class Limits {
  private settings: LimitSettings = { ...USUAL };
  private readonly recent = new Map<string, Stamp[]>();
  private readonly flying = new Map<string, number>();
  private month = '';
  private readsThisMonth = 0;

  enter(realmId: string): void {
    this.flying.set(realmId, (this.flying.get(realmId) ?? 0) + 1);
  }

  leave(realmId: string): void {
    this.flying.set(realmId, Math.max(0, (this.flying.get(realmId) ?? 0) - 1));
  }

  /** Changes limits and starts all counts anew; an empty change brings the usual ones back. */
  set(change: Partial<LimitSettings>): void {
    this.settings = { ...USUAL, ...(Object.keys(change).length > 0 && this.settings), ...change };
    this.recent.clear();
    this.readsThisMonth = 0;
  }

  state(): LimitSettings & { readsThisMonth: number } {
    return { ...this.settings, readsThisMonth: this.readsThisMonth };
  }

  /**
   * Which limit a request is too much for; one that is refused does not count.
   * A minute is over when it has passed by the real time or by the sandbox's clock, whichever is first: a clock
   * that stands still must not block for ever, and one that jumps over days starts afresh.
   */
  exceeded(
    realmId: string,
    isRead: boolean,
    clock: Date,
    real = performance.now(),
  ): LimitProblem | undefined {
    const { minute, concurrent, month } = this.settings;
    if ((this.flying.get(realmId) ?? 0) > concurrent) return 'concurrent';
    const then = { real, clock: clock.getTime() };
    const kept = (this.recent.get(realmId) ?? []).filter(
      (one) => Math.abs(real - one.real) < 60_000 && Math.abs(then.clock - one.clock) < 60_000,
    );
    this.recent.set(realmId, kept);
    if (kept.length >= minute) return 'minute';
    this.turnMonth(clock);
    if (isRead && this.readsThisMonth >= month) return 'month';
    kept.push(then);
    if (isRead) this.readsThisMonth += 1;
    return undefined;
  }

  private turnMonth(clock: Date): void {
    const now = clock.toISOString().slice(0, 7);
    if (now !== this.month) this.readsThisMonth = 0;
    this.month = now;
  }
}
