import type { PolicySettings } from './policy.ts';
import type { SegmentRule } from './segment.ts';
import type { Step } from './step.ts';

export type PresetKey = 'gentle' | 'standard' | 'letter_first';

/** A named list of steps of the company. */
export interface Sequence {
  readonly key: string;
  readonly name: string;
  readonly steps: readonly Step[];
  /** S6, SEQ-22: sends nothing while paused; resuming resumes. */
  readonly paused: boolean;
}

/** Customers who are treated alike; the first segment whose rule a customer meets is its segment. */
export interface Segment {
  readonly key: string;
  readonly name: string;
  readonly when: SegmentRule;
  /** What is different for them. */
  readonly settings: Partial<PolicySettings>;
  readonly paused: boolean;
}

/** A company's policy as stored, one version of it. */
export interface PolicyDocument {
  readonly version: number;
  /** What the business started from. */
  readonly preset: PresetKey;
  readonly sequences: readonly Sequence[];
  readonly settings: PolicySettings;
  /** In order: the first match wins. */
  readonly segments: readonly Segment[];
}

/** A policy document without its number, as it is written and sent. */
export type PolicyBody = Omit<PolicyDocument, 'version'>;

/** What a customer has for itself: a segment by hand, settings, a pause. Stored by customer, versioned. */
export interface CustomerPolicy {
  readonly version: number;
  readonly segment: string | null;
  readonly settings: Partial<PolicySettings>;
  readonly paused: boolean;
}
