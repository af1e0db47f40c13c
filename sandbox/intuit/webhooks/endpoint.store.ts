import type { SandboxClock } from '../../clock.ts';
import type { DocStore } from '../../store.ts';

interface EndpointDoc {
  /** Switched off: by Intuit after a day in which every call failed, or by a test. */
  readonly off: boolean;
  /** ISO instant of the first failure since the last success. */
  readonly failingSince?: string;
}

const KIND = 'intuit.endpoint';
const DAY = 86_400_000;

/** What Intuit remembers of the app's webhook address: one that fails for a day is switched off. Durable. */
export class Endpoint {
  constructor(
    private readonly store: DocStore,
    private readonly clock: SandboxClock,
  ) {}

  get off(): boolean {
    return this.state.off;
  }

  /** As a person does on Intuit's developer page; switching on forgets the failures. */
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
    const now = this.clock.now();
    const since = failingSince ?? now.toISOString();
    const next = { off: off || now.getTime() - Date.parse(since) >= DAY, failingSince: since };
    this.store.put(KIND, 'state', next satisfies EndpointDoc);
  }

  private get state(): EndpointDoc {
    return this.store.all<EndpointDoc>(KIND).get('state') ?? { off: false };
  }
}
