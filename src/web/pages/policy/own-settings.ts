import type { PolicySettings } from '../../../policies/policy.ts';
import type { Answers } from './answers.ts';
import { type Attester, feeAnswers, feeNames, readFee } from './fee-form.ts';
import { amountAnswers, type Reader } from './reader.ts';
import { NOTHING, statementFor, wholes } from './settings-form.ts';

/** What a segment or a customer may say otherwise on its page; an empty field is as for everybody else. */
export const ownNames = [
  'sequence',
  'window',
  'sendDays',
  'minGapBusinessDays',
  'caps',
  'restAfterPaymentBusinessDays',
  'promiseGraceBusinessDays',
  'minimumBalance',
  'statement',
  'thankYou',
  ...feeNames,
] as const;

type Own = Partial<PolicySettings>;

const text = (value: string | number | undefined): string => (value === undefined ? '' : String(value));

export function ownAnswers(own: Own, currencies: readonly string[]): Answers {
  return {
    sequence: own.sequence === null ? NOTHING : text(own.sequence),
    'window.from': text(own.window?.from),
    'window.to': text(own.window?.to),
    sendDays: (own.sendDays ?? []).map(String),
    ...Object.fromEntries(wholes.map((name) => [name, text(own[name])])),
    'caps.perWeek': text(own.caps?.perWeek),
    'caps.perMonth': text(own.caps?.perMonth),
    ...amountAnswers('minimumBalance', own.minimumBalance ?? {}, currencies),
    'statement.forWhom': text(own.statement?.forWhom),
    thankYou: own.thankYou === undefined ? '' : own.thankYou ? 'yes' : 'no',
    ...feeAnswers(own.lateFee),
  };
}

/**
 * What the fields say otherwise than for everybody. Settings that have no field here stay as they were; a pair of which
 * one half is empty takes that half from `everybody`. A fee is stated in the attester's name.
 */
export function readOwn(
  reader: Reader,
  before: Own,
  everybody: PolicySettings,
  currencies: readonly string[],
  attester: Attester,
): Own {
  const { worthACall, worthALetter } = before;
  const kept = defined({ worthACall, worthALetter });
  const sequence = reader.text('sequence');
  return {
    ...kept,
    ...(sequence === '' ? {} : { sequence: sequence === NOTHING ? null : sequence }),
    ...readWindow(reader, everybody),
    ...readSendDays(reader),
    ...defined(Object.fromEntries(wholes.map((name) => [name, reader.wholeOrNull(name) ?? undefined]))),
    ...readCaps(reader, everybody),
    ...readMinimum(reader, before, everybody, currencies),
    ...readStatement(reader, before, everybody),
    ...(reader.text('thankYou') === '' ? {} : { thankYou: reader.text('thankYou') === 'yes' }),
    ...(reader.text('lateFee.kind') === ''
      ? {}
      : { lateFee: readFee(reader, before.lateFee ?? null, attester) }),
  };
}

function defined(own: { readonly [F in keyof PolicySettings]?: PolicySettings[F] | undefined }): Own {
  return Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) as Own;
}

function readWindow(reader: Reader, { window }: PolicySettings): Own {
  const [from, to] = [reader.text('window.from'), reader.text('window.to')];
  return from === '' && to === '' ? {} : { window: { from: from || window.from, to: to || window.to } };
}

/** None ticked: as for everybody; a customer who hears nothing at all has no sequence, or is paused. */
function readSendDays(reader: Reader): Own {
  const days = reader.list('sendDays').map(Number).filter(Number.isSafeInteger);
  return days.length === 0 ? {} : { sendDays: days };
}

function readCaps(reader: Reader, { caps }: PolicySettings): Own {
  const [perWeek, perMonth] = [reader.wholeOrNull('caps.perWeek'), reader.wholeOrNull('caps.perMonth')];
  if (perWeek === null && perMonth === null) return {};
  return { caps: { perWeek: perWeek ?? caps.perWeek, perMonth: perMonth ?? caps.perMonth } };
}

/** Amounts stand together: whoever has one of their own has all of their own, begun with everybody's. */
function readMinimum(
  reader: Reader,
  before: Own,
  everybody: PolicySettings,
  currencies: readonly string[],
): Own {
  const written = currencies.some((code) => reader.text(`minimumBalance.${code}`) !== '');
  if (!written) return {};
  return {
    minimumBalance: reader.amounts(
      'minimumBalance',
      currencies,
      before.minimumBalance ?? everybody.minimumBalance,
    ),
  };
}

function readStatement(reader: Reader, before: Own, everybody: PolicySettings): Own {
  const forWhom = statementFor.find((one) => one === reader.text('statement.forWhom'));
  const { businessDay } = before.statement ?? everybody.statement;
  return forWhom === undefined ? {} : { statement: { forWhom, businessDay } };
}
