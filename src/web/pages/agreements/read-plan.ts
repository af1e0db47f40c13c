import { type Day, parseDay } from '../../../domain/day.ts';
import { decimalText, formatMoney, sumMinor } from '../../../domain/money.ts';
import { MOST_GRACE, MOST_INSTALMENTS } from '../../../receivables/agreements/agreement.ts';
import { proposeInstalments, type Rhythm, rhythms } from '../../agreement-figures.ts';
import {
  amountOf,
  type Cover,
  coverOf,
  dayFrom,
  type FormGround,
  type Read,
  readTold,
  sample,
  type Told,
  type Values,
} from './form.ts';

export interface PlanAsk extends Told {
  readonly instalments: readonly { readonly on: Day; readonly amountMinor: number }[];
  readonly graceBusinessDays: number;
  readonly saidBy: string;
}

export function readPlan(values: Values, ground: FormGround): Read<PlanAsk> {
  const faults: Record<string, string> = {};
  const told = readTold(values, ground, faults);
  const grace = Number(values.grace || '2');
  if (!Number.isInteger(grace) || grace < 0 || grace > MOST_GRACE)
    faults.grace = `Write a number from 0 to ${MOST_GRACE}.`;
  if (values.saidBy === '') faults.saidBy = 'Write with whom it was agreed.';
  const instalments = told === null ? [] : readRows(values, told, ground, faults);
  if (told === null || Object.keys(faults).length > 0) return { faults };
  return { ask: { ...told, instalments, graceBusinessDays: grace, saidBy: values.saidBy } };
}

/** The rows that have something in them; days that rise, and a sum that is the debt to the smallest unit. */
function readRows(
  values: Values,
  cover: Cover,
  ground: FormGround,
  faults: Record<string, string>,
): PlanAsk['instalments'] {
  const { currency, debtMinor } = cover;
  const money = (minor: number): string => formatMoney(minor, currency, ground.locale);
  const rows: { on: Day; amountMinor: number }[] = [];
  for (const [index, row] of values.rows.entries()) {
    if (row.on === '' && row.amount === '') continue;
    const on = parseDay(row.on);
    const amountMinor = amountOf(row.amount, currency);
    const fault =
      on === null || on < ground.today
        ? 'choose today or a later day'
        : amountMinor === null || amountMinor > debtMinor
          ? `write an amount like ${sample(cover)}`
          : on <= (rows.at(-1)?.on ?? '')
            ? 'choose a day after the one before it'
            : null;
    if (fault !== null) {
      faults.rows ??= `Instalment ${index + 1}: ${fault}.`;
      continue;
    }
    if (on !== null && amountMinor !== null) rows.push({ on, amountMinor });
  }
  const total = sumMinor(rows.map((row) => row.amountMinor));
  if (rows.length < 2)
    faults.rows ??= 'Write at least two instalments; what comes in one payment is a promise.';
  if (total !== debtMinor)
    faults.rows ??= `The instalments add up to ${money(total)}, and ${money(debtMinor)} is open: ${money(Math.abs(debtMinor - total))} ${total < debtMinor ? 'is missing' : 'is too much'}.`;
  return rows;
}

/** The rows that a wish for so many instalments comes to; the reason why not, at its field. */
export function proposeRows(values: Values, ground: FormGround): Read<Values['rows']> {
  const cover = coverOf(values, ground);
  if ('faults' in cover) return cover;
  const count = Number(values.count);
  if (!Number.isInteger(count) || count < 2 || count > MOST_INSTALMENTS)
    return { faults: { count: `Write a number from 2 to ${MOST_INSTALMENTS}.` } };
  const rhythm: Rhythm | undefined = rhythms.find((known) => known === values.rhythm);
  if (rhythm === undefined) return { faults: { rhythm: 'Choose one of the list.' } };
  const faults: Record<string, string> = {};
  const firstOn = dayFrom(values.firstOn, ground.today, faults, 'firstOn');
  if (firstOn === null) return { faults };
  const { debtMinor, currency } = cover.ask;
  return {
    ask: proposeInstalments(debtMinor, count, firstOn, rhythm).map((one) => ({
      on: one.on,
      amount: decimalText(one.amountMinor, currency),
    })),
  };
}
