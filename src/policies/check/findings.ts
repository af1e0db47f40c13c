import type { Fault } from '../fault.ts';

/** Collects faults, each under its path; `at` gives a collector for a part of the document. */
export class Findings {
  readonly #all: Fault[];
  readonly #path: string;

  constructor(all: Fault[] = [], path = '') {
    this.#all = all;
    this.#path = path;
  }

  get all(): readonly Fault[] {
    return this.#all;
  }

  at(...parts: readonly (string | number)[]): Findings {
    return new Findings(this.#all, [this.#path, ...parts].filter((part) => part !== '').join('.'));
  }

  refuse(words: string, action: string): void {
    this.#all.push({ path: this.#path, words, action, level: 'refuse' });
  }

  warn(words: string, action: string): void {
    this.#all.push({ path: this.#path, words, action, level: 'warn' });
  }

  /** A whole number from `least` to `most`, both included; says whether it is one. */
  whole(what: string, value: number, least: number, most: number): boolean {
    if (Number.isSafeInteger(value) && value >= least && value <= most) return true;
    this.refuse(`${what} cannot be ${value}.`, `Give a whole number from ${least} to ${most}.`);
    return false;
  }

  /** A name for people: one line that says something. */
  name(what: string, value: string, most = 80): void {
    const plain = value.trim() === value && value !== '' && !/\p{Cc}/u.test(value);
    if (!plain || value.length > most)
      this.refuse(`${what} needs a name.`, `Give it one line of at most ${most} characters.`);
  }

  /** A key: what decisions and history are kept under. */
  key(what: string, value: string): void {
    if (!/^[a-z][a-z0-9_]{0,39}$/.test(value))
      this.refuse(
        `${what} has no usable key.`,
        'Use small letters, digits and _, a letter first, at most 40 of them.',
      );
  }

  /** At most so many of them. */
  atMost(what: string, list: readonly unknown[], most: number): void {
    if (list.length > most) this.refuse(`There are ${list.length} ${what}.`, `Keep it to ${most}.`);
  }
}

/** The places in the list whose key came before. */
export function repeated(keys: readonly string[]): readonly number[] {
  return keys.flatMap((key, index) => (keys.indexOf(key) < index ? [index] : []));
}
