import type { PolicySettings, Statement } from '../../../policies/policy.ts';
import type { Answers } from './answers.ts';
import { type Attester, feeAnswers, feeNames, readFee } from './fee-form.ts';
import { amountAnswers, Reader } from './reader.ts';

export const settingNames = [
  'sequence',
  'window',
  'sendDays',
  'minGapBusinessDays',
  'caps',
  'restAfterPaymentBusinessDays',
  'promiseGraceBusinessDays',
  'minimumBalance',
  'worthACall',
  'worthALetter',
  'statement',
  'thankYou',
  ...feeNames,
] as const;

export const statementFor = ['nobody', 'several_open', 'everybody'] as const;
/** The value of the choice "do nothing" (SEQ-16): no sequence is called so. */
export const NOTHING = '-';

const amounts = ['minimumBalance', 'worthACall', 'worthALetter'] as const;
/** The settings that are whole numbers of business days. */
export const wholes = [
  'minGapBusinessDays',
  'restAfterPaymentBusinessDays',
  'promiseGraceBusinessDays',
] as const;

/** What stands in the form of the rules for everybody. */
export function settingsAnswers(settings: PolicySettings, currencies: readonly string[]): Answers {
  const { window, caps, statement, lateFee } = settings;
  return {
    sequence: settings.sequence ?? NOTHING,
    'window.from': window.from,
    'window.to': window.to,
    sendDays: settings.sendDays.map(String),
    ...Object.fromEntries(wholes.map((name) => [name, String(settings[name])])),
    'caps.perWeek': String(caps.perWeek),
    'caps.perMonth': String(caps.perMonth),
    ...Object.assign({}, ...amounts.map((name) => amountAnswers(name, settings[name], currencies))),
    'statement.forWhom': statement.forWhom,
    'statement.businessDay': String(statement.businessDay),
    thankYou: settings.thankYou ? 'yes' : '',
    ...feeAnswers(lateFee),
  };
}

/** The rules that the form says; `reader.faults`: what could not be read. */
export function readSettings(
  answers: Answers,
  before: PolicySettings,
  currencies: readonly string[],
  attester: Attester,
): { readonly settings: PolicySettings; readonly reader: Reader } {
  const reader = new Reader(answers);
  const sequence = reader.text('sequence');
  const settings: PolicySettings = {
    sequence: sequence === NOTHING ? null : sequence,
    window: { from: reader.text('window.from'), to: reader.text('window.to') },
    sendDays: reader.list('sendDays').map(Number).filter(Number.isSafeInteger),
    minGapBusinessDays: reader.whole('minGapBusinessDays'),
    restAfterPaymentBusinessDays: reader.whole('restAfterPaymentBusinessDays'),
    promiseGraceBusinessDays: reader.whole('promiseGraceBusinessDays'),
    caps: { perWeek: reader.whole('caps.perWeek'), perMonth: reader.whole('caps.perMonth') },
    minimumBalance: reader.amounts('minimumBalance', currencies, before.minimumBalance),
    worthACall: reader.amounts('worthACall', currencies, before.worthACall),
    worthALetter: reader.amounts('worthALetter', currencies, before.worthALetter),
    statement: readStatement(reader, before.statement),
    thankYou: reader.is('thankYou'),
    lateFee: readFee(reader, before.lateFee, attester),
  };
  return { settings, reader };
}

function readStatement(reader: Reader, before: Statement): Statement {
  const forWhom = reader.oneOf('statement.forWhom', statementFor, 'nobody');
  // the day of a statement that nobody gets may stay empty
  if (forWhom === 'nobody' && reader.text('statement.businessDay') === '') return { ...before, forWhom };
  return { forWhom, businessDay: reader.whole('statement.businessDay') };
}
