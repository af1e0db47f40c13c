import {
  type Channel,
  channels,
  type DebtorType,
  type Sender,
  type Stage,
  type Step,
  senders,
  stages,
} from '../../../policies/step.ts';
import type { Answers } from './answers.ts';
import { amountAnswers, Reader } from './reader.ts';

/** What the form of a step offers besides the step: the company's currencies and the segments of its policy. */
export interface StepChoices {
  readonly currencies: readonly string[];
  readonly segments: readonly { readonly key: string; readonly name: string }[];
}

export const debtorTypes: readonly DebtorType[] = ['business', 'sole_trader', 'consumer', 'unknown'];

const when = ['after calendar', 'before calendar', 'after business', 'before business'] as const;
const recipientBoxes = ['contacts', 'escalation', 'informSales'] as const;

/** Statements stand beside the sequences: no step of one goes by them. */
export const stepChannels: readonly Channel[] = channels.filter((channel) => channel !== 'statement');

/** The names of all fields, as faults name them. */
export const stepFields = [
  'name',
  'offsetDays',
  'channel',
  'stage',
  'template',
  'sender',
  'recipients',
  'needsPerson',
  'payWithinDays',
  'waitsBusinessDays',
  'conditions.segments',
  'conditions.minimum',
  'conditions.debtorTypes',
  'conditions.daysSincePayment',
  'repeat.everyDays',
  'repeat.most',
  'consequence',
] as const;

const yes = (holds: boolean): string => (holds ? 'yes' : '');
const written = (value: number | null): string => (value === null ? '' : String(value));

/** What stands in the form of a step. */
export function stepAnswers(step: Step, { currencies, segments }: StepChoices): Answers {
  const { conditions, recipients } = step;
  return {
    name: step.name,
    offsetDays: String(Math.abs(step.offsetDays)),
    when: `${step.offsetDays < 0 ? 'before' : 'after'} ${step.offsetUnit}`,
    channel: step.channel,
    stage: step.stage,
    template: step.template,
    sender: step.sender,
    recipients: recipientBoxes.filter((box) => recipients[box]),
    needsPerson: yes(step.needsPerson),
    payWithinDays: String(step.payWithinDays),
    waitsBusinessDays: written(step.waitsBusinessDays),
    'conditions.segments': conditions.segments ?? segments.map(({ key }) => key),
    ...amountAnswers('conditions.minimum', conditions.minimum, currencies),
    'conditions.debtorTypes': conditions.debtorTypes ?? debtorTypes,
    'conditions.daysSincePayment': written(conditions.daysSincePayment),
    'repeat.everyDays': written(step.repeat?.everyDays ?? null),
    'repeat.most': written(step.repeat?.most ?? null),
    consequence: step.consequence ?? '',
  };
}

/** The step that the form says; `faults` of the reader: what of it could not be read. */
export function readStep(
  answers: Answers,
  before: Step,
  choices: StepChoices,
): { readonly step: Step; readonly reader: Reader } {
  const reader = new Reader(answers);
  const [direction, unit] = reader.oneOf('when', when, 'after calendar').split(' ');
  const days = reader.whole('offsetDays');
  if (days < 0)
    reader.fault('offsetDays', 'Write the number without a sign; before or after stands beside it.');
  const boxes = reader.list('recipients');
  const step: Step = {
    ...before,
    name: reader.text('name'),
    offsetDays: direction === 'before' && days !== 0 ? -days : days,
    offsetUnit: unit === 'business' ? 'business' : 'calendar',
    channel: reader.oneOf<Channel>('channel', channels, 'email'),
    stage: reader.oneOf<Stage>('stage', stages, before.stage),
    template: reader.text('template') || before.template,
    sender: reader.oneOf<Sender>('sender', senders, 'bookkeeper'),
    recipients: {
      contacts: boxes.includes('contacts'),
      escalation: boxes.includes('escalation'),
      informSales: boxes.includes('informSales'),
    },
    needsPerson: reader.is('needsPerson'),
    payWithinDays: reader.whole('payWithinDays'),
    waitsBusinessDays: reader.wholeOrNull('waitsBusinessDays'),
    conditions: readConditions(reader, before, choices),
    repeat: readRepeat(reader),
    consequence: reader.text('consequence') || null,
  };
  return { step, reader };
}

/** All boxes ticked is no condition, so that a segment that is added later is not left out. */
function readConditions(
  reader: Reader,
  before: Step,
  { currencies, segments }: StepChoices,
): Step['conditions'] {
  const keys = reader.list('conditions.segments');
  const known = segments.map(({ key }) => key);
  const ticked = reader.list('conditions.debtorTypes');
  const types = inOrder(ticked, before.conditions.debtorTypes ?? [], debtorTypes);
  const all = segments.every(({ key }) => keys.includes(key));
  return {
    segments: all ? null : inOrder(keys, before.conditions.segments ?? [], known),
    minimum: reader.amounts('conditions.minimum', currencies, before.conditions.minimum),
    debtorTypes: types.length === debtorTypes.length ? null : types,
    daysSincePayment: reader.wholeOrNull('conditions.daysSincePayment'),
  };
}

/** What is ticked of what is known, in the order in which it stood before, then what is new. */
export function inOrder<T extends string>(
  ticked: readonly string[],
  before: readonly T[],
  known: readonly T[],
): readonly T[] {
  const order = [...before, ...known.filter((one) => !before.includes(one))];
  return order.filter((one) => ticked.includes(one) && known.includes(one));
}

function readRepeat(reader: Reader): Step['repeat'] {
  const everyDays = reader.wholeOrNull('repeat.everyDays');
  const most = reader.wholeOrNull('repeat.most');
  if (everyDays === null && most === null) return null;
  if (everyDays === null) reader.fault('repeat.everyDays', 'Write after how many days it comes again.');
  if (most === null) reader.fault('repeat.most', 'Write how many times more.');
  return { everyDays: everyDays ?? 0, most: most ?? 0 };
}
