import type { CallGate } from '../../src/ports/call-gate.ts';

/** A gate that stands open: for tests of what lies behind it. */
export const openGate: CallGate = {
  async pass(_kind, call) {
    return (await call()).value;
  },
};
