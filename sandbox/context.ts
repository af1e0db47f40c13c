import type { BooksApi, Vendor } from './books/model.ts';
import type { SandboxClock } from './clock.ts';
import type { SandboxConfig } from './config.ts';
import type { ActKind, FaultVendor } from './fault-kinds.ts';
import type { Faults } from './faults.ts';
import type { DocStore } from './store.ts';

/** What every part of the sandbox is handed. */
export interface SandboxContext {
  readonly config: SandboxConfig;
  readonly clock: SandboxClock;
  readonly store: DocStore;
  readonly books: BooksApi;
  readonly faults: Faults;
  readonly vendors: VendorHooks;
}

/** What a vendor's stand-in lends to the control API and to the pages. */
export class VendorHooks {
  private readonly disconnectors = new Map<Vendor, (companyId: string) => void | Promise<void>>();
  private readonly acts = new Map<string, (companyId: string) => void | Promise<void>>();
  private readonly flushers: (() => Promise<void>)[] = [];
  private readonly releasers: (() => void)[] = [];
  private readonly senders = new Map<FaultVendor, (order: HookOrder) => Promise<number>>();

  /** Registers what happens when a user disconnects Duly inside the ledger: tokens die, no notice is sent. */
  onDisconnect(vendor: Vendor, handler: (companyId: string) => void | Promise<void>): void {
    this.disconnectors.set(vendor, handler);
  }

  /** Disconnects as a user inside the ledger would. */
  async disconnect(vendor: Vendor, companyId: string): Promise<void> {
    await this.disconnectors.get(vendor)?.(companyId);
  }

  /** Registers what a kind does that is not ordered for later but done at once, for example `expire_tokens`. */
  onAct(vendor: Vendor, kind: Exclude<ActKind, 'disconnect'>, handler: (companyId: string) => void): void {
    this.acts.set(`${vendor} ${kind}`, handler);
  }

  /** Does it; false when the vendor's stand-in has no such thing. */
  async act(vendor: Vendor, kind: ActKind, companyId: string): Promise<boolean> {
    const handler =
      kind === 'disconnect' ? this.disconnectors.get(vendor) : this.acts.get(`${vendor} ${kind}`);
    await handler?.(companyId);
    return handler !== undefined;
  }

  /** Registers how webhooks that a fault holds back (`webhook_hold`) are let go. */
  onRelease(release: () => void): void {
    this.releasers.push(release);
  }

  /** Lets all webhooks go that are held back; they leave by themselves, or by `flush`. */
  release(): void {
    for (const release of this.releasers) release();
  }

  /** Registers how a webhook that a test made up is sent. */
  onHookOrder(vendor: FaultVendor, send: (order: HookOrder) => Promise<number>): void {
    this.senders.set(vendor, send);
  }

  /** Sends a made-up webhook at once and gives the status it was answered with; 0: no answer; undefined: can't. */
  async sendHook(vendor: FaultVendor, order: HookOrder): Promise<number | undefined> {
    return await this.senders.get(vendor)?.(order);
  }

  /** Registers how waiting webhooks are delivered at once. */
  onFlush(flush: () => Promise<void>): void {
    this.flushers.push(flush);
  }

  /** Delivers (or gives up) all webhooks that wait; resolves when done. */
  async flush(): Promise<void> {
    for (const flush of this.flushers) await flush();
  }
}

/** A webhook that a test makes up, for what no change in the books brings about. */
export interface HookOrder {
  /** The vendor's own description of what happened; see the README. */
  readonly events?: readonly Readonly<Record<string, unknown>>[];
  /** Sent as it is, in place of `events`. */
  readonly raw?: string;
  /** The vendor's name of a form, for example `classic`. */
  readonly format?: string;
  readonly contentType?: string;
  /** Absent: where the vendor's webhooks go. */
  readonly url?: string;
  /** Absent: signed as it should be. */
  readonly signature?: 'wrong' | 'none';
}
