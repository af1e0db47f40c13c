import type { Reason } from '../domain/reason.ts';
import { type Announcing, whyNotAnnounced } from '../policies/consequences/consequence.ts';
import type { Law } from '../policies/law/law.ts';
import type { Step } from '../policies/step.ts';
import { lawReason } from '../policies/style.ts';
import type { History } from './history.ts';
import { isBeforeDue } from './step-choice.ts';

/** Wording of the message that follows a promise that broke (R11). */
const PROMISE_BROKEN = 'promise_broken';

/**
 * The step as it is made for this customer: what the law asks of it is in it, and what was promised and not kept. The
 * touch keeps it like this. Each change has its reason. `inForce`: the step as the policy has it now, which may announce
 * what one that stands was planned without; null: it has lost it.
 */
export function stepMade(
  step: Step,
  law: Law,
  history: History,
  announcing: Announcing,
  inForce: Step | null,
): { readonly step: Step; readonly reasons: readonly Reason[] } {
  const reasons: Reason[] = [];
  let made = step;
  const blocked = (what: string) => law.blocked.find((block) => block.what === what);
  for (const { stage, days, rule } of law.deadlines) {
    if (stage !== step.stage || days <= made.payWithinDays) continue;
    made = { ...made, payWithinDays: days };
    reasons.push(lawReason(rule, `The ${step.name} gives ${days} days to pay. ${rule.words}`));
  }
  const said = announcedIn(made, inForce, law, announcing);
  made = said.step;
  reasons.push(...said.reasons);
  const copy = blocked('escalation_copy');
  if (made.recipients.escalation && copy !== undefined) {
    made = { ...made, recipients: { ...made.recipients, escalation: false } };
    reasons.push(lawReason(copy.rule, `Nobody is copied in. ${copy.rule.words}`));
  }
  for (const { stage, rule } of law.warnings) {
    if (stage !== null && stage !== step.stage) continue;
    made = { ...made, needsPerson: true };
    reasons.push(lawReason(rule, `A person looks first. ${rule.words}`));
  }
  if (history.promiseBrokenOn !== null && made.channel === 'email' && !isBeforeDue(step)) {
    made = { ...made, template: PROMISE_BROKEN };
    reasons.push({
      rule: 'R11',
      words: `A promise broke on ${history.promiseBrokenOn} and nothing was said of it yet: the message speaks of that.`,
    });
  }
  return { step: made, reasons };
}

/**
 * P8: what the step announces, if the law and the catalogue allow it; else nothing, and why. A touch that was planned
 * without keeps it so, whatever is allowed since: whoever released it saw nothing announced.
 */
function announcedIn(
  step: Step,
  inForce: Step | null,
  law: Law,
  announcing: Announcing,
): { readonly step: Step; readonly reasons: readonly Reason[] } {
  const wished = step.consequence ?? inForce?.consequence ?? null;
  if (wished === null) return { step, reasons: [] };
  const none = { ...step, consequence: null };
  const block = law.blocked.find(({ what }) => what === 'consequence');
  if (block !== undefined) {
    const why = lawReason(block.rule, `No consequence is announced. ${block.rule.words}`);
    return { step: none, reasons: [why] };
  }
  const why = whyNotAnnounced(wished, announcing);
  if (why !== null) return { step: none, reasons: [why] };
  // S4: what is announced is announced by a person
  if (step.consequence !== null) return { step: { ...step, needsPerson: true }, reasons: [] };
  const words = `No consequence is announced: the ${step.name} was planned before it could be.`;
  return { step: none, reasons: [{ rule: 'P8', words }] };
}
