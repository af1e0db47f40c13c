import { checkSegments } from './check/check-segments.ts';
import { checkSettings } from './check/check-settings.ts';
import { checkSteps } from './check/check-steps.ts';
import { Findings, repeated } from './check/findings.ts';
import type { CustomerPolicy, PolicyBody } from './document.ts';
import type { Fault } from './fault.ts';

const MOST_SEQUENCES = 30;

/**
 * SEQ-12: everything of a policy that cannot be carried out, or that whoever saves it must know, at once, each under its
 * path. A document without a fault of the level `refuse` gives every customer a policy whose steps rise.
 */
export function checkDocument(document: PolicyBody): readonly Fault[] {
  const { sequences, settings, segments } = document;
  const found = new Findings();
  const sequenceKeys = sequences.map(({ key }) => key);
  const segmentKeys = segments.map(({ key }) => key);
  checkSettings(found.at('settings'), settings, sequenceKeys);
  found.at('sequences').atMost('sequences', sequences, MOST_SEQUENCES);
  for (const [index, sequence] of sequences.entries()) {
    const at = found.at('sequences', index);
    at.at('key').key('The sequence', sequence.key);
    at.at('name').name('The sequence', sequence.name);
    if (sequence.steps.length === 0)
      at.at('steps').refuse(
        'The sequence has no step.',
        'Give it one; to send nothing, choose no sequence instead.',
      );
    checkSteps(at.at('steps'), sequence.steps, segmentKeys, settings.minGapBusinessDays);
  }
  for (const index of repeated(sequenceKeys))
    found
      .at('sequences', index, 'key')
      .refuse('Two sequences have the same key.', 'Give each sequence a key of its own.');
  checkSegments(found.at('segments'), segments, sequenceKeys);
  return found.all;
}

/** The same for what a customer has for itself, under the company's policy. */
export function checkCustomerPolicy(
  own: Omit<CustomerPolicy, 'version'>,
  document: Pick<PolicyBody, 'sequences' | 'segments'>,
): readonly Fault[] {
  const found = new Findings();
  if (own.segment !== null && !document.segments.some(({ key }) => key === own.segment))
    found
      .at('segment')
      .refuse(`There is no segment “${own.segment.slice(0, 40)}”.`, 'Choose one of the policy, or none.');
  checkSettings(
    found.at('settings'),
    own.settings,
    document.sequences.map(({ key }) => key),
  );
  return found.all;
}
