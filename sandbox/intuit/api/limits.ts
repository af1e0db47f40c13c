const PER_MINUTE = 500;
const AT_ONCE = 10;

interface Stamp {
  readonly real: number;
  readonly clock: number;
}

/** Intuit's limits for one app and realm: 500 requests in 60 seconds, 10 at the same time. */
export class Limits {
  private readonly recent = new Map<string, Stamp[]>();
  private readonly flying = new Map<string, number>();

  enter(realmId: string): void {
    this.flying.set(realmId, (this.flying.get(realmId) ?? 0) + 1);
  }

  leave(realmId: string): void {
    this.flying.set(realmId, Math.max(0, (this.flying.get(realmId) ?? 0) - 1));
  }

  /**
   * Whether the request is one too many; a request that is refused does not count.
   * A minute is over when it has passed by the real time or by the sandbox's clock, whichever is first: a clock
   * that stands still must not block for ever, and one that jumps over days starts afresh.
   */
  exceeded(realmId: string, clock: number, real = performance.now()): boolean {
    if ((this.flying.get(realmId) ?? 0) > AT_ONCE) return true;
    const within = (then: number, now: number) => Math.abs(now - then) < 60_000;
    const kept = (this.recent.get(realmId) ?? []).filter(
      (one) => within(one.real, real) && within(one.clock, clock),
    );
    const over = kept.length >= PER_MINUTE;
    if (!over) kept.push({ real, clock });
    this.recent.set(realmId, kept);
    return over;
  }
}
