import type { Day } from '../../../domain/day.ts';
import { formatMoney } from '../../../domain/money.ts';
import { reducedBy } from '../../agreement-figures.ts';
import {
  amountOf,
  type Cover,
  dayFrom,
  type FormGround,
  type Read,
  readTold,
  sample,
  type Told,
  type Values,
} from './form.ts';

export interface PromiseAsk extends Told {
  readonly date: Day;
  readonly amountMinor: number | null;
  readonly saidBy: string;
}

export function readPromise(values: Values, ground: FormGround): Read<PromiseAsk> {
  const faults: Record<string, string> = {};
  const told = readTold(values, ground, faults);
  const date = dayFrom(values.date, ground.today, faults, 'date');
  const amountMinor = told === null ? null : amountAsked(values, told, ground, faults);
  if (values.saidBy === '') faults.saidBy = 'Write who said it.';
  if (told === null || date === null || Object.keys(faults).length > 0) return { faults };
  return { ask: { ...told, date, amountMinor, saidBy: values.saidBy } };
}

function amountAsked(
  values: Values,
  cover: Cover,
  { locale }: FormGround,
  faults: Record<string, string>,
): number | null {
  if (values.amount === '') return null;
  const minor = amountOf(values.amount, cover.currency);
  if (minor === null)
    faults.amount = `Write an amount like ${sample(cover)}, or leave it empty for all of it.`;
  else if (minor > cover.debtMinor)
    faults.amount = `That is more than the ${formatMoney(cover.debtMinor, cover.currency, locale)} that is open.`;
  return minor;
}

export interface OfferAsk extends Told {
  readonly reducedMinor: number;
  readonly validUntil: Day;
}

export function readOffer(values: Values, ground: FormGround): Read<OfferAsk> {
  const faults: Record<string, string> = {};
  const told = readTold(values, ground, faults);
  const validUntil = dayFrom(values.date, ground.today, faults, 'date');
  const reducedMinor = told === null ? null : readReduced(values, told, ground, faults);
  if (told === null || validUntil === null || reducedMinor === null || Object.keys(faults).length > 0)
    return { faults };
  return { ask: { ...told, reducedMinor, validUntil } };
}

/** The reduced sum, or what the discount leaves; one of the two is written, not both. */
function readReduced(
  values: Values,
  cover: Cover,
  { locale }: FormGround,
  faults: Record<string, string>,
): number | null {
  const { amount, percent } = values;
  if ((amount === '') === (percent === '')) {
    faults.amount = 'Write either the reduced sum or the discount.';
    return null;
  }
  if (percent !== '') {
    const reduced = /^\d{1,2}(\.\d{1,2})?$/.test(percent)
      ? reducedBy(cover.debtMinor, Number(percent))
      : null;
    if (reduced === null) faults.percent = 'Write a discount above 0 and below 100, for example 10 or 12.5.';
    return reduced;
  }
  const minor = amountOf(amount, cover.currency);
  if (minor === null) faults.amount = `Write an amount like ${sample(cover)}.`;
  else if (minor >= cover.debtMinor)
    faults.amount = `Write less than the ${formatMoney(cover.debtMinor, cover.currency, locale)} that is open.`;
  return minor;
}
