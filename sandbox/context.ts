import type { BooksApi, Vendor } from './books/model.ts';
import type { SandboxClock } from './clock.ts';
import type { SandboxConfig } from './config.ts';
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
  private readonly flushers: (() => Promise<void>)[] = [];

  /** Registers what happens when a user disconnects Duly inside the ledger: tokens die, no notice is sent. */
  onDisconnect(vendor: Vendor, handler: (companyId: string) => void | Promise<void>): void {
    this.disconnectors.set(vendor, handler);
  }

  /** Disconnects as a user inside the ledger would. */
  async disconnect(vendor: Vendor, companyId: string): Promise<void> {
    await this.disconnectors.get(vendor)?.(companyId);
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
