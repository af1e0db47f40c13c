import type { Reason } from '../domain/reason.ts';
import { whyNotAnnounced, whyNotToDebtor } from '../policies/consequences/consequence.ts';
import type { Step } from '../policies/step.ts';
import { lawReason } from '../policies/style.ts';
import type { NextStepInput } from './next-step.ts';
import { isBeforeDue, type Pending } from './step-choice.ts';

/** Wordings of the message that follows a promise that broke, and a payment plan that ended (R11). */
const PROMISE_BROKEN = 'promise_broken';
const PLAN_ENDED = 'plan_ended';

/** Whether it is made to speak of what was agreed and came to its end. */
export function speaksOfTheEnd({ template }: Pick<Step, 'template'>): boolean {
  return template === PROMISE_BROKEN || template === PLAN_ENDED;
}

/**
 * The step as it is made for this customer: what the law asks of it is in it, and what was promised and not kept. The
 * touch keeps it like this. Each change has its reason. `inForce`: the step as the policy has it now, which may announce
 * what one that stands was planned without; null: it has lost it. `advances`: the invoices that go through a step with it.
 */
export function stepMade(
  step: Step,
  input: Pick<NextStepInput, 'law' | 'policy' | 'history' | 'announcing' | 'plans'>,
  inForce: Step | null,
  advances: readonly Pick<Pending, 'line'>[],
): { readonly step: Step; readonly reasons: readonly Reason[] } {
  const { law } = input;
  const reasons: Reason[] = [];
  let made = step;
  const blocked = (what: string) => law.blocked.find((block) => block.what === what);
  for (const { stage, days, rule } of law.deadlines) {
    if (stage !== step.stage || days <= made.payWithinDays) continue;
    made = { ...made, payWithinDays: days };
    reasons.push(lawReason(rule, `The ${step.name} gives ${days} days to pay. ${rule.words}`));
  }
  const said = announcedIn(made, inForce, input);
  made = said.step;
  reasons.push(...said.reasons);
  const copy = blocked('escalation_copy');
  const { recipients } = made;
  if ((recipients.escalation || recipients.contacts) && copy !== undefined) {
    // nor whoever else gets invoices there: a reminder tells more than the invoice did
    made = { ...made, recipients: { ...recipients, escalation: false, contacts: false } };
    const instead = made.channel === 'call' ? 'The billing contact is called.' : 'Nobody is copied in.';
    reasons.push(lawReason(copy.rule, `${instead} ${copy.rule.words}`));
  }
  for (const { stage, rule } of law.warnings) {
    if (stage !== null && stage !== step.stage) continue;
    made = { ...made, needsPerson: true };
    reasons.push(lawReason(rule, `A person looks first. ${rule.words}`));
  }
  const over = made.channel === 'email' && !isBeforeDue(step) ? whatIsOver(input, advances) : null;
  if (over !== null) {
    made = { ...made, template: over.template };
    reasons.push(over.reason);
  }
  return { step: made, reasons };
}

/** R11: what was agreed and came to its end without being kept, and of which nothing was said yet: the later of the two. */
function whatIsOver(
  { history, plans }: Pick<NextStepInput, 'history' | 'plans'>,
  advances: readonly Pick<Pending, 'line'>[],
): { readonly template: string; readonly reason: Reason } | null {
  const isAbout = (invoices: ReadonlySet<string>): boolean =>
    advances.some(({ line }) => invoices.has(line.invoiceId));
  const ended = plans.ended.filter((plan) => isAbout(plan.invoiceIds));
  const { promiseInvoices: promised } = history;
  const brokenOn = promised === undefined || isAbout(promised) ? history.promiseBrokenOn : null;
  const endedOn = ended
    .map((plan) => plan.endedOn)
    .sort()
    .at(-1);
  if (endedOn !== undefined && (brokenOn === null || endedOn >= brokenOn))
    return {
      template: PLAN_ENDED,
      reason: {
        rule: 'R11',
        words: `A payment plan ended on ${endedOn}, as an instalment was short, and nothing was said of it yet: the message speaks of that.`,
      },
    };
  if (brokenOn === null) return null;
  return {
    template: PROMISE_BROKEN,
    reason: {
      rule: 'R11',
      words: `A promise broke on ${brokenOn} and nothing was said of it yet: the message speaks of that.`,
    },
  };
}

/**
 * P8: what the step announces, if the law and the catalogue allow it; else nothing, and why. A touch that was planned
 * without keeps it so, whatever is allowed since: whoever released it saw nothing announced.
 */
function announcedIn(
  step: Step,
  inForce: Step | null,
  { law, policy, announcing }: Pick<NextStepInput, 'law' | 'policy' | 'announcing'>,
): { readonly step: Step; readonly reasons: readonly Reason[] } {
  const wished = step.consequence ?? inForce?.consequence ?? null;
  if (wished === null) return { step, reasons: [] };
  const none = { ...step, consequence: null };
  const forbidden = whyNotToDebtor(wished, law, policy.lateFee);
  if (forbidden.length > 0) return { step: none, reasons: forbidden };
  const why = whyNotAnnounced(wished, announcing);
  if (why !== null) return { step: none, reasons: [why] };
  // S4: what is announced is announced by a person
  if (step.consequence !== null) return { step: { ...step, needsPerson: true }, reasons: [] };
  const words = `No consequence is announced: the ${step.name} was planned before it could be.`;
  return { step: none, reasons: [{ rule: 'P8', words }] };
}
