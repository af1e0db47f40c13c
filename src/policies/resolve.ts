import type { CustomerPolicy, PolicyDocument, Segment, Sequence } from './document.ts';
import type { Policy } from './policy.ts';
import type { CustomerFacts } from './segment.ts';
import { segmentOf } from './segment-of.ts';

/**
 * SEQ-15, P27: the policy in force for one customer. What the customer has for itself goes before what its segment
 * says, and that before the company's, field by field. Whose segment was set by hand is in it whatever the rules say.
 * `facts` null: nothing is known of the customer, so that no rule places it.
 *
 * D11, S6: what is paused at any level sends nothing; it never falls through to the next level. A sequence that no
 * longer exists falls back to the next level that names one.
 */
export function policyFor(
  document: PolicyDocument,
  facts: CustomerFacts | null,
  own: CustomerPolicy | null,
): Policy {
  const segment = placeOf(document, facts, own);
  const wanted = [own?.settings.sequence, segment?.settings.sequence, document.settings.sequence];
  const sequence = firstSequence(document, wanted);
  return {
    ...document.settings,
    ...segment?.settings,
    ...own?.settings,
    sequence: sequence?.key ?? null,
    version: document.version,
    customerVersion: own?.version ?? null,
    segment: segment?.key ?? null,
    paused: pausedBecause(sequence, segment, own),
    steps: sequence?.steps ?? [],
  };
}

/** Whether a customer's own facts decide its segment under this document: else nobody need load them. */
export function needsFacts(document: PolicyDocument): boolean {
  return document.segments.some(({ when }) => when.byHandOnly !== true);
}

function placeOf(
  document: PolicyDocument,
  facts: CustomerFacts | null,
  own: CustomerPolicy | null,
): Segment | null {
  const find = (key: string | null | undefined): Segment | null =>
    document.segments.find((one) => one.key === key) ?? null;
  // a segment that was taken away leaves those who were in it by hand to the rules
  const byHand = find(own?.segment);
  if (byHand !== null || facts === null) return byHand;
  return find(segmentOf({ ...facts, byHand: null }, document.segments)?.key);
}

/** `undefined`: says nothing; `null`: do nothing (SEQ-16), which is an answer like any other. */
function firstSequence(
  document: PolicyDocument,
  wanted: readonly (string | null | undefined)[],
): Sequence | null {
  for (const key of wanted) {
    if (key === null) return null;
    const found = document.sequences.find((one) => one.key === key);
    if (found !== undefined) return found;
  }
  return null;
}

function pausedBecause(
  sequence: Sequence | null,
  segment: Segment | null,
  own: CustomerPolicy | null,
): string | null {
  if (own?.paused === true) return 'Reminders to this customer are paused.';
  if (segment?.paused === true) return `Reminders to “${segment.name}” are paused.`;
  if (sequence?.paused === true) return `The sequence “${sequence.name}” is paused.`;
  return null;
}
