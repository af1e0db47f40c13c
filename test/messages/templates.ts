import { addDays, day } from '../../src/domain/day.ts';
import type { CallFacts } from '../../src/messages/call/call-sheet.ts';
import { callerOf } from '../../src/messages/caller.ts';
import { type DueInstalment, type ReminderContent, shortMinorOf } from '../../src/messages/reminder.ts';
import { signerOf } from '../../src/messages/signer.ts';
import { kindOf, type TemplateKey } from '../../src/messages/template.ts';
import type { Channel, Stage } from '../../src/policies/step.ts';
import { invoice, larkspur, reminder, today } from './samples.ts';

export const withOwner = {
  ...larkspur,
  ownerName: 'Ingrid Larsen',
  ownerEmail: 'ingrid@larkspur.example',
  ownerTitle: 'Owner',
} as const;

export const address = ['Ridgeway Interiors', '48 Harbor Street', 'Suite 3', 'Astoria OR 97103'];

/** The stage at which the presets use a wording. */
const stages: Partial<Readonly<Record<TemplateKey, Stage>>> = {
  courtesy: 'courtesy',
  second: 'second',
  third: 'third',
  final: 'final',
  letter_formal: 'third',
  gentle_second: 'second',
  gentle_last: 'final',
  owner_personal: 'second',
  manager_copied: 'third',
  last_chance: 'final',
  call: 'second',
  call_after_owner: 'second',
  call_head: 'third',
  thank_you: 'courtesy',
  promise_broken: 'second',
  instalment: 'second',
  plan_ended: 'second',
};

const channels: Partial<Readonly<Record<TemplateKey, Channel>>> = {
  letter_formal: 'letter',
  letter_first: 'letter',
  last_chance: 'letter',
  call: 'call',
  call_after_owner: 'call',
  call_head: 'call',
  statement: 'statement',
};

const ownerWrites: readonly TemplateKey[] = [
  'gentle_first',
  'gentle_second',
  'gentle_last',
  'owner_personal',
  'manager_copied',
];

/** A message of each wording as the presets send it, its figures in agreement; more can be said. */
export function sample(
  template: TemplateKey,
  style: 'own' | 'service' = 'own',
  more: Partial<ReminderContent> = {},
): ReminderContent {
  const stage = stages[template] ?? 'first';
  const base = reminder(stage, style, {
    template,
    channel: channels[template] ?? 'email',
    brand: withOwner,
    signer: signerOf(withOwner, ownerWrites.includes(template) ? 'owner' : 'bookkeeper'),
    payBy: stage === 'courtesy' ? addDays(today, 5) : addDays(today, stage === 'final' ? 14 : 7),
    ...facts(template),
    ...more,
  });
  return kindOf(template) === 'reminder' || kindOf(template) === 'courtesy'
    ? base
    : { ...base, ...ask(base) };
}

/** The second of six instalments of $200 is short by so much. */
function planOf(openMinor: number): DueInstalment {
  return {
    short: [{ number: 2, dueOn: addDays(today, -4), amountMinor: 20_000, openMinor }],
    count: 6,
    payBy: addDays(today, 1),
    agreedOn: addDays(today, -40),
    receivedMinor: 40_000 - openMinor,
  };
}

function facts(template: TemplateKey): Partial<ReminderContent> {
  switch (template) {
    case 'letter_mention':
      return { letterOn: addDays(today, -4) };
    case 'promise_broken':
      return { promisedOn: addDays(today, -5) };
    case 'manager_copied':
      return { copiedTo: 'David Okafor' };
    case 'call_after_owner':
      return { wroteOn: addDays(today, -4) };
    case 'call_head':
      return { head: 'David Okafor', wroteOn: addDays(today, -7) };
    case 'instalment':
      return { instalment: planOf(20_000), payBy: addDays(today, 1) };
    case 'plan_ended':
      return { instalment: planOf(12_000) };
    case 'thank_you':
      return {
        groups: [{ stage: 'listed', invoices: [invoice('1042', 30, 0), invoice('1051', 24, 0)] }],
        payUrl: null,
      };
    case 'statement':
      return {
        groups: [
          {
            stage: 'listed',
            invoices: [
              { ...invoice('1042', 64, 120_450), totalMinor: 240_900 },
              invoice('1051', 12, 88_000),
              { ...invoice('1077', -9, 431_900), reference: 'PO 77-1180' },
              invoice('1080', -21, 64_000),
            ],
          },
        ],
        creditsMinor: 25_000,
      };
    default:
      return {};
  }
}

function ask(content: ReminderContent): Partial<ReminderContent> {
  const late = content.groups
    .flatMap((group) => group.invoices)
    .filter((each) => each.daysLate > 0)
    .reduce((sum, each) => sum + each.openMinor, 0);
  switch (kindOf(content.template)) {
    case 'statement':
      return { askMinor: Math.max(0, late - content.creditsMinor) };
    case 'instalment':
      return {
        askMinor: content.instalment === null ? 0 : shortMinorOf(content.instalment),
        creditsMinor: 0,
      };
    default:
      return { askMinor: 0, creditsMinor: 0 };
  }
}

export const callFacts: CallFacts = {
  phone: '+1 503 555 0199',
  earlier: [
    { on: day('2026-11-24'), words: 'second reminder (e-mail)' },
    { on: day('2026-11-17'), words: 'first reminder (e-mail)' },
  ],
  lastPaymentOn: day('2026-10-02'),
  averageDaysLate: 11.5,
  promises: { kept: 2, broken: 1 },
  law: [],
  task: { for: callerOf(signerOf(larkspur, 'bookkeeper'), 'bookkeeper', 'own'), dueOn: today },
};
