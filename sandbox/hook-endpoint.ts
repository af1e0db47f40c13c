import type { SandboxClock } from './clock.ts';
import type { DocStore } from './store.ts';

interface EndpointDoc {
  /** Switched off: by the vendor after a day in which every call failed, or by a test. */
  readonly off: boolean;
  /** ISO instant of the first failure since the last success. */
  readonly failingSince?: string;
}

const DAY = 86_400_000;

/**
 * The app's webhook address as a vendor knows it: one that fails for a day is switched off. Durable, under `kind` in the
 * store.
 */
export class HookEndpoint {
  constructor(
    private readonly store: DocStore,
    private readonly clock: SandboxClock,
    private readonly kind: string,
  ) {}

  get off(): boolean {
    return this.state.off;
  }

  /** As a person does on the vendor's developer page; switching on forgets the failures. */
  switch(off: boolean): void {
    this.store.put(this.kind, 'state', { off } satisfies EndpointDoc);
  }

  /** Records how a call ended. */
  record(taken: boolean): void {
    const { off, failingSince } = this.state;
    if (taken) {
      if (failingSince !== undefined) this.switch(off);
      return;
    }
    const now = this.clock.now();
    const since = failingSince ?? now.toISOString();
    const next = { off: off || now.getTime() - Date.parse(since) >= DAY, failingSince: since };
    this.store.put(this.kind, 'state', next satisfies EndpointDoc);
  }

  private get state(): EndpointDoc {
    return this.store.all<EndpointDoc>(this.kind).get('state') ?? { off: false };
  }
}
