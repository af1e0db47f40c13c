import { expect } from '@jest/globals';
import type { PolicyBody, Segment } from '../../src/policies/document.ts';
import type { Fault } from '../../src/policies/fault.ts';
import { emailBody } from '../../src/policies/old-body.ts';
import type { PolicySettings } from '../../src/policies/policy.ts';
import type { Step } from '../../src/policies/step.ts';

/** Two texts a fault: its place below the part that was changed, and a word of what it says. */
export type Told = readonly (readonly [path: string, words: RegExp])[];

/** Faults of a level below a place, as `place words`; each must be two sentences. */
export function tell(faults: readonly Fault[], level: Fault['level'], below: string): readonly string[] {
  for (const { words, action } of faults) {
    expect(words).toMatch(/\.$/);
    expect(action).toMatch(/\.$/);
  }
  return faults
    .filter((fault) => fault.level === level && fault.path.startsWith(below))
    .map(({ path, words }) => `${path.slice(below.length)} ${words}`);
}

export function expectTold(found: readonly string[], told: Told): void {
  expect(found).toEqual(
    told.map(([path, words]) => expect.stringMatching(new RegExp(`^${path} .*${words.source}`))),
  );
}

export const withSettings = (some: Partial<PolicySettings>): PolicyBody => ({
  ...emailBody,
  settings: { ...emailBody.settings, ...some },
});
export const withSteps = (...steps: readonly Step[]): PolicyBody => ({
  ...emailBody,
  sequences: [{ key: 'email', name: 'E-mail', paused: false, steps }],
});
export const friends: Segment = {
  key: 'friends',
  name: 'Friends',
  when: { invoicesAtMost: 2 },
  settings: {},
  paused: false,
};
export const withSegments = (...segments: readonly Partial<Segment>[]): PolicyBody => ({
  ...emailBody,
  segments: segments.map((some) => ({ ...friends, ...some })),
});
