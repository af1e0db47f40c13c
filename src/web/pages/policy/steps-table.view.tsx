import type { PolicyBody } from '../../../policies/document.ts';
import type { Step } from '../../../policies/step.ts';
import { amountWords, counted, joined } from '../../../policies/words/setting-words.ts';
import {
  announcedWords,
  channelWords,
  debtorTypeWords,
  offsetWords,
} from '../../../policies/words/step-words.ts';
import { capital } from '../../words.ts';

/** The columns in which a step is told, everywhere in the same order. */
export function StepHeads() {
  return (
    <>
      <th scope="col">Step</th>
      <th scope="col">When</th>
      <th scope="col">Channel</th>
      <th scope="col">From</th>
      <th scope="col">Copies and notice</th>
      <th scope="col">Approval</th>
      <th scope="col">Only when</th>
    </>
  );
}

export function StepCells({
  step,
  body,
  locale,
}: {
  readonly step: Step;
  readonly body: PolicyBody;
  readonly locale: string;
}) {
  const copies = copiesWords(step);
  const only = conditionWords(step, body, locale);
  return (
    <>
      <th scope="row">{capital(step.name)}</th>
      <td data-label="When">{offsetWords(step)}</td>
      <td data-label="Channel">{capital(channelWords[step.channel])}</td>
      <td data-label="From">{senders[step.sender]}</td>
      <td data-label="Copies" class={copies === '' ? 'none' : undefined}>
        {copies}
      </td>
      <td data-label="Approval">{approvalWords(step)}</td>
      <td data-label="Only when" class={only === '' ? 'none' : undefined}>
        {only}
      </td>
    </>
  );
}

const senders = { bookkeeper: 'Bookkeeper', owner: 'Owner', service: 'Service' } as const;

function copiesWords({ recipients }: Step): string {
  const copied = [
    ...(recipients.contacts ? ['contacts for invoices'] : []),
    ...(recipients.escalation ? ['the escalation contact'] : []),
  ];
  return [
    ...(copied.length > 0 ? [`Also to ${copied.join(' and ')}.`] : []),
    ...(recipients.informSales ? ['Whoever owns the relationship is told before.'] : []),
  ].join(' ');
}

function approvalWords(step: Step): string {
  if (step.channel === 'call') return 'A person calls';
  if (step.needsPerson) return 'A person, always';
  return step.channel === 'letter' ? 'As the mode says; a person posts it' : 'As the mode says';
}

function conditionWords(step: Step, { segments }: PolicyBody, locale: string): string {
  const { conditions, repeat } = step;
  const names = conditions.segments?.map((key) => segments.find((one) => one.key === key)?.name ?? key);
  const parts = [
    ...(names === undefined ? [] : [joined(names, 'or')]),
    ...(conditions.debtorTypes === null
      ? []
      : [joined(conditions.debtorTypes.map((type) => debtorTypeWords[type]))]),
    ...(Object.keys(conditions.minimum).length === 0
      ? []
      : [`from ${amountWords(conditions.minimum, locale)}`]),
    ...(conditions.daysSincePayment === null
      ? []
      : [`${counted(conditions.daysSincePayment, 'day')} after a payment`]),
    ...(step.consequence === null ? [] : [`announces ${announcedWords(step.consequence)}`]),
    ...(repeat === null ? [] : [`again every ${counted(repeat.everyDays, 'day')}, ${repeat.most} times`]),
  ];
  return capital(parts.join('; '));
}
