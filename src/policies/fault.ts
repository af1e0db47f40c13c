import { UserError } from '../platform/errors.ts';

/** Something in a policy that cannot be, or that whoever saves it must know. */
export interface Fault {
  /** Where, in the words of the document: `sequences.0.steps.2.offsetDays`. */
  readonly path: string;
  /** What is wrong, as a sentence. */
  readonly words: string;
  /** What to do, as a sentence. */
  readonly action: string;
  /** `refuse`: it is not saved; `warn`: it is saved, and a page says it. */
  readonly level: 'refuse' | 'warn';
}

/** One error for all faults that stand in the way of saving; `field` is the path of the first. */
export function refusal(faults: readonly Fault[]): UserError {
  const words = faults.map((fault) => `${fault.words} ${fault.action}`);
  const [first] = faults;
  return new UserError(
    'bad_input',
    faults.length === 1 ? (first?.words ?? '') : words.join(' '),
    faults.length === 1 ? (first?.action ?? '') : 'Mend these and save again.',
    first?.path ?? null,
  );
}
