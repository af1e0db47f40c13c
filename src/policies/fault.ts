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

/** Throws one UserError `bad_input` with every fault that stands in the way of saving; `field`: path of the first. */
export function refuseFaults(faults: readonly Fault[]): void {
  const [first, ...more] = faults.filter(({ level }) => level === 'refuse');
  if (first === undefined) return;
  if (more.length === 0) throw new UserError('bad_input', first.words, first.action, first.path);
  const all = [first, ...more].map(({ words, action }) => `${words} ${action}`).join(' ');
  throw new UserError('bad_input', all, 'Mend these and save again.', first.path);
}
