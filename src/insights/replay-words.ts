import { channels } from '../policies/step.ts';
import type { ReplayResult } from './replay.store.ts';

/** What a replay rests on that the mirror cannot know, for people. */
export const replayCaveats: readonly string[] = [
  'A payment counts from the day that it bears: the ledger does not tell when it was entered.',
  'A credit counts against the invoice from the credit’s own day: when it was applied is not known.',
  'Invoices are taken as they are now: changes of amount, due date, customer or address since are not known.',
  'Segments are those of today’s facts, and what was said by anybody in those days is not known: the replay begins with nobody reminded.',
  'Nobody pays sooner because of a reminder: what is counted is the effort, not its effect.',
];

/** The replay in a few lines for a terminal. */
export function replayInWords(result: ReplayResult): string {
  const { leftOut } = result;
  const lines = result.policies.flatMap((policy) => {
    const each = channels
      .filter((channel) => policy.byChannel[channel] > 0)
      .map((channel) => `${policy.byChannel[channel]} ${channel}`);
    const wrong = policy.wrongReadNightly.length;
    return [
      `${policy.name}: ${policy.touches} touches (${each.join(', ') || 'none'}) to ${policy.customersReached} customers, ${policy.needPerson} of them released by a person`,
      `  expected a week: ${policy.callsPerWeek} calls, ${policy.lettersPerWeek} letters`,
      `  wrong had the books been read once a night: ${wrong}; read right before sending: ${policy.wrongReadBeforeSending.length}`,
    ];
  });
  return [
    `${result.from} to ${result.to}: ${result.invoices} invoices of ${result.customers} customers`,
    ...lines,
    `left out: ${leftOut.voided} voided or deleted, ${leftOut.settledOtherwise} settled by something without a day, ${leftOut.withoutDueDate} without a due date`,
    ...replayCaveats.map((words) => `- ${words}`),
  ].join('\n');
}
