import type { SandboxClock } from '../clock.ts';
import type { DocStore } from '../store.ts';

interface EndpointDoc {
  readonly off: boolean;
  /** ISO instant of the first failure since the last success. */
  readonly failingSince?: string;
}

const KIND = 'xero-endpoint';
const DAY = 24 * 60 * 60_000;

/** The app's webhook address as Xero knows it: a day of failures switches it off, and an e-mail says so. Durable. */
export class HookEndpoint {
  constructor(
    private readonly store: DocStore,
    private readonly clock: SandboxClock,
  ) {}

  get off(): boolean {
    return this.state.off;
  }

  /** As a person does on Xero's developer page; switching on forgets the failures. */
  switch(off: boolean): void {
    this.store.put(KIND, 'state', { off } satisfies EndpointDoc);
  }

  /** Records how a call ended. */
  record(taken: boolean): void {
    const { off, failingSince } = this.state;
    if (taken) {
      if (failingSince !== undefined) this.switch(off);
      return;
    }
    const since = failingSince ?? this.clock.now().toISOString();
    const tooLong = this.clock.now().getTime() - Date.parse(since) >= DAY;
    this.store.put(KIND, 'state', { off: off || tooLong, failingSince: since } satisfies EndpointDoc);
  }

  private get state(): EndpointDoc {
    return this.store.all<EndpointDoc>(KIND).get('state') ?? { off: false };
  }
}
