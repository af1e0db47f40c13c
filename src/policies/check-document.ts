import type { PolicyBody } from './document.ts';
import type { Fault } from './fault.ts';

export { refusal } from './fault.ts';

/** SEQ-12: what of a policy cannot be carried out, or must be known; every fault at once. */
export function checkDocument(_document: PolicyBody): readonly Fault[] {
  return [];
}
