import type { Step } from '../policies/step.ts';
import { same } from '../policies/words/same.ts';
import { speaksOfTheEnd } from './step-made.ts';
import type { NewTouch } from './touch.store.ts';
import { stepOf } from './touch-step.ts';

/** Of a touch that stands, what says how it was made. */
export interface MadeTouch {
  readonly step_key: string;
  readonly step: unknown;
  readonly state: string;
  readonly recipient_name: string;
  readonly recipient_email: string;
  readonly recipient_address: string | null;
  readonly recipient_phone: string | null;
  readonly style: string;
}

export type Fresh = Pick<
  NewTouch,
  'stepKey' | 'step' | 'recipientName' | 'recipientEmail' | 'recipientAddress' | 'recipientPhone' | 'style'
>;

/**
 * Why a touch would not be made like this any more, although its figures are the same, or null: it goes elsewhere, the
 * law became stricter with them, a promise broke or a plan ended, or a preview's policy was changed. The fresh one is
 * made from the step that stands (SEQ-17), so that a change of the policy is none to what waits for a person or is released.
 */
export function whyMadeOtherwise(standing: MadeTouch, fresh: Fresh): string | null {
  if (standing.step_key !== fresh.stepKey) return 'another step is due now.';
  if (standing.recipient_email !== fresh.recipientEmail) return 'the customer’s address changed.';
  if (standing.recipient_address !== fresh.recipientAddress) return 'the customer’s address changed.';
  if (standing.recipient_phone !== fresh.recipientPhone) return 'the customer’s number changed.';
  if (standing.style !== fresh.style) return 'the style of sender changed.';
  const step = stepOf(standing);
  if (callsOther(standing, fresh)) return 'whoever is to be called changed.';
  return (
    whyOver(step, fresh.step) ?? whyStricter(step, fresh.step) ?? whyPreviewed(standing, step, fresh.step)
  );
}

/** P11: the escalation contact may have no number of their own, so that only the name tells. */
function callsOther(standing: MadeTouch, { step, recipientName }: Fresh): boolean {
  return (
    step.channel === 'call' &&
    stepOf(standing).recipients.escalation &&
    standing.recipient_name !== recipientName
  );
}

/** R11: a promise that broke, or a plan that ended, since it was planned is spoken of; whoever released it did not see that. */
function whyOver(step: Step, made: Step): string | null {
  if (made.template === step.template || !speaksOfTheEnd(made)) return null;
  return 'what was agreed came to its end since it was planned, and the message speaks of that.';
}

/** What a message says is worded by the law of the day; whom it reaches, and who looks first, stands with the touch. */
function whyStricter(step: Step, made: Step): string | null {
  if (copies(step) && !copies(made)) return 'nobody may be copied in any more.';
  return made.needsPerson && !step.needsPerson ? 'a person must look at it first now.' : null;
}

function copies({ recipients }: Step): boolean {
  return recipients.escalation || recipients.contacts;
}

/** Nobody was promised anything with a preview: it follows every change. */
function whyPreviewed({ state }: MadeTouch, step: Step, made: Step): string | null {
  return state === 'planned' && !same(step, made) ? 'the policy changed since it was planned.' : null;
}
