import { decimalsOf, parseCurrency } from '../../../domain/currency.ts';
import { decimalText } from '../../../domain/money.ts';
import type { Amounts } from '../../../policies/policy.ts';
import { typedAmount } from '../../typed-amount.ts';
import type { Answers, FieldFaults } from './answers.ts';

/**
 * Reads the fields of a form into values. What cannot be read is noted under its field, and a value that will do
 * stands in for it; whoever reads looks at `faults` before anything is kept.
 */
export class Reader {
  readonly #values: Answers;
  readonly #faults = new Map<string, string>();

  constructor(values: Answers) {
    this.#values = values;
  }

  get faults(): FieldFaults {
    return this.#faults;
  }

  fault(name: string, words: string): void {
    this.#faults.set(name, words);
  }

  text(name: string): string {
    const value = this.#values[name];
    return (typeof value === 'string' ? value : (value?.[0] ?? '')).trim();
  }

  list(name: string): readonly string[] {
    const value = this.#values[name];
    return typeof value === 'string' ? [value] : (value ?? []);
  }

  is(name: string): boolean {
    return this.list(name).includes('yes');
  }

  /** One of these, else the first. */
  oneOf<T extends string>(name: string, known: readonly T[], otherwise: T): T {
    return known.find((one) => one === this.text(name)) ?? otherwise;
  }

  /** A whole number, with a sign or without. */
  whole(name: string): number {
    const written = this.text(name);
    if (/^-?\d{1,6}$/.test(written)) return Number(written);
    this.fault(name, written === '' ? 'Write a number.' : `“${written}” is no whole number.`);
    return 0;
  }

  /** The same, and null for an empty field. */
  wholeOrNull(name: string): number | null {
    return this.text(name) === '' ? null : this.whole(name);
  }

  /** Amounts in these currencies under `name.USD`; an empty field has none. Other currencies keep what they had. */
  amounts(name: string, currencies: readonly string[], before: Amounts = {}): Amounts {
    const others = Object.entries(before).filter(([code]) => !currencies.includes(code));
    const typed = currencies.flatMap((code): [string, number][] => {
      const currency = parseCurrency(code);
      const written = this.text(`${name}.${code}`);
      if (currency === null || written === '') return [];
      const minor = typedAmount(written, currency);
      if (minor === null) {
        const like = decimalText(5 * 10 ** decimalsOf(currency), currency);
        this.fault(`${name}.${code}`, `“${written}” is not an amount in ${code}. Write it as ${like}.`);
        return [];
      }
      return minor === 0 ? [] : [[code, minor]];
    });
    return Object.fromEntries([...others, ...typed]);
  }
}

/** The fields of `Reader.amounts`. */
export function amountAnswers(name: string, amounts: Amounts, currencies: readonly string[]): Answers {
  return Object.fromEntries(
    currencies.flatMap((code) => {
      const currency = parseCurrency(code);
      const minor = amounts[code];
      return currency === null || minor === undefined
        ? []
        : [[`${name}.${code}`, decimalText(minor, currency)]];
    }),
  );
}
