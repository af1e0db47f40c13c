import type { Law } from '../../policies/law/law.ts';
import { step } from '../../policies/step.ts';

/** Nothing is asked with it, and it moves nothing along: the customer hears that something will not happen. */
export const withdrawalStep = step({
  key: 'consequence_withdrawn',
  name: 'withdrawal of a consequence',
  offsetDays: 0,
  stage: 'courtesy',
  template: 'consequence_withdrawn',
});

/** Of no sequence: a person released it, and no plan takes it back because of what the sequence says. */
export function isWithdrawal(touch: { readonly step_key: string }): boolean {
  return touch.step_key === withdrawalStep.key;
}

/** The law, or their own word, allows no e-mail: words to which the sentence adds its full stop; null: it does. */
export function whyNoEmail({ blocked }: Pick<Law, 'blocked'>): string | null {
  const against = blocked.find(({ what }) => what === 'email');
  if (against === undefined) return null;
  return `the law allows no e-mail to this customer: ${against.rule.words.replace(/\.$/, '')}`;
}
