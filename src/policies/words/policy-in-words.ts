import type { PolicyDocument, Sequence } from '../document.ts';
import type { LateFee, PolicySettings } from '../policy.ts';
import type { Step } from '../step.ts';
import { ordinal } from './ordinal.ts';
import { counted, dayWords, joined, rateWords } from './setting-words.ts';
import { offsetWords } from './step-words.ts';

/** A part of a policy as people read it: a heading and its sentences. */
export interface Section {
  readonly title: string;
  readonly sentences: readonly string[];
}

/** Who speaks to the customers, as the brand has it. */
export interface Speaker {
  readonly name: string;
  readonly contactName: string;
  readonly contactEmail: string;
  readonly contactPhone: string | null;
}

/**
 * P28: the payment policy as customers may read it: when and how the business reminds, what it may charge, whom to turn
 * to. It tells of the sequence that everybody has unless something else is set for them, names no segment and nobody's
 * habits, and says only what Duly keeps to.
 */
export function policyInWords(
  document: Pick<PolicyDocument, 'sequences' | 'settings'>,
  speaker: Speaker,
): readonly Section[] {
  const { settings } = document;
  const sequence = document.sequences.find(({ key }) => key === settings.sequence) ?? null;
  return [
    { title: 'When we remind you', sentences: whenWords(sequence, settings) },
    ...(sequence === null ? [] : [{ title: 'How we do it', sentences: howWords(settings, sequence) }]),
    { title: 'What we may charge', sentences: chargeWords(settings.lateFee) },
    {
      title: 'If something is wrong, or money is tight',
      sentences: [
        'Tell us: an invoice that you question is not reminded of while we look into it.',
        'If you cannot pay at once, we can agree on a day or on instalments; while you keep to it, we do not remind you of the invoices.',
        ...(sequence === null
          ? []
          : [
              'Of an instalment that has not arrived we remind you at most once, by e-mail; if it stays open, the plan ends and our reminders go on.',
            ]),
      ],
    },
    { title: 'Whom to turn to', sentences: [contactWords(speaker)] },
  ];
}

function whenWords(sequence: Sequence | null, { minimumBalance }: PolicySettings): readonly string[] {
  if (sequence === null)
    return ['We send no reminders by ourselves; if we miss a payment, a person gets in touch.'];
  const early = sequence.steps.filter(
    ({ offsetDays, conditions }) => offsetDays <= 0 && conditions.segments === null,
  );
  const late = sequence.steps.filter(({ offsetDays }) => offsetDays > 0);
  const last = late.at(-1);
  const least = Object.values(minimumBalance).some((minor) => minor > 0);
  return [
    'An invoice is past due on the day after its due date, never before.',
    ...early.map(
      (step) => `Before that we may write once, ${offsetWords(step)}, to ask whether all is well with it.`,
    ),
    ...(late.length === 0 ? [] : [`If it stays open, we get in touch: ${joined(late.map(contactOf))}.`]),
    ...(last?.stage === 'final'
      ? [`The last of these gives you ${counted(last.payWithinDays, 'more day')} to pay.`]
      : []),
    ...(least ? ['Very small amounts are not reminded of.'] : []),
    'With some customers we have other days; what we agreed with you goes before all this.',
  ];
}

function contactOf(step: Step): string {
  const how = { email: 'by e-mail', letter: 'by letter', call: 'by phone', statement: 'with a statement' };
  return `${how[step.channel]} ${offsetWords(step).replace(' the due date', ' it was due')}`;
}

function howWords(settings: PolicySettings, sequence: Sequence): readonly string[] {
  const { window, sendDays, caps, minGapBusinessDays, restAfterPaymentBusinessDays: rest } = settings;
  const calls = sequence.steps.some(({ channel }) => channel === 'call');
  return [
    `On ${dayWords(sendDays)}, from ${window.from} to ${window.to} where you are, and on no public holiday.`,
    `At most ${counted(caps.perWeek, 'time')} in 7 days and ${counted(caps.perMonth, 'time')} in 30 days, with at least ${counted(minGapBusinessDays, 'business day')} in between.`,
    ...(calls
      ? ['We call at most once a day, and one message lists all that is open.']
      : ['One message lists all that is open.']),
    ...(rest === 0
      ? []
      : [`After a payment we wait ${counted(rest, 'business day')} before we write about the rest.`]),
    ...statementWords(settings),
  ];
}

function statementWords({ statement }: PolicySettings): readonly string[] {
  if (statement.forWhom === 'nobody') return [];
  const whom = statement.forWhom === 'everybody' ? 'If anything is open' : 'If several invoices are open';
  return [
    `${whom}, you get a statement of them on the ${ordinal(statement.businessDay)} business day of the month.`,
  ];
}

function chargeWords(fee: LateFee | null): readonly string[] {
  if (fee === null || fee.attestedBy === null)
    return ['We charge no late fee and no interest for our reminders.'];
  const after = fee.graceDays === 0 ? '' : ` from ${counted(fee.graceDays, 'day')} after the due date`;
  const what =
    fee.kind === 'contract' && fee.yearlyRateBp !== null
      ? `Interest of ${rateWords(fee.yearlyRateBp)} a year${after}, as our terms with you say.`
      : `Between businesses, the interest and the fixed sums that the law gives for late payment${after}.`;
  return [
    what,
    'A reminder names a sum of it only where it announces that we charge it, reckoned up to its day; ask us for the reckoning. Nothing is added to an invoice before a person has looked at it.',
  ];
}

function contactWords({ name, contactName, contactEmail, contactPhone }: Speaker): string {
  const phone = contactPhone === null ? '' : ` or ${contactPhone}`;
  return `${contactName} at ${name}: ${contactEmail}${phone}.`;
}
