import type { CustomerPolicy, PolicyBody } from './document.ts';
import { namingOf, settingChanges } from './what-changed.ts';

type Own = Omit<CustomerPolicy, 'version'>;

/** What differs between two versions of what a customer has for itself, a sentence each; empty: nothing. */
export function whatChangedForCustomer(
  before: Own,
  after: Own,
  document: Pick<PolicyBody, 'sequences' | 'segments'>,
): readonly string[] {
  const segment = document.segments.find(({ key }) => key === after.segment);
  return [
    ...(before.segment === after.segment
      ? []
      : [
          after.segment === null
            ? 'Its segment follows the rules.'
            : `Its segment is “${segment?.name ?? after.segment}”, set by hand.`,
        ]),
    ...settingChanges(before.settings, after.settings, namingOf(document, 'en')),
    ...(before.paused === after.paused
      ? []
      : [`Reminders to it are ${after.paused ? 'paused' : 'resumed'}.`]),
  ];
}
