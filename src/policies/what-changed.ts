import type { PolicyBody } from './document.ts';

/** What differs between two policies, a sentence each, for the record; empty: nothing. */
export function whatChangedInPolicy(before: PolicyBody, after: PolicyBody): string[] {
  return JSON.stringify(bare(before)) === JSON.stringify(bare(after)) ? [] : ['It was changed.'];
}

function bare({ preset, sequences, settings, segments }: PolicyBody): PolicyBody {
  return { preset, sequences, settings, segments };
}
