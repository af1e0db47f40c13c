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
 * touch keeps it like this. Each change has its reason.
 */
export function stepMade(
  step: Step,
  law: Law,
  history: History,
  announcing: Announcing,
): { readonly step: Step; readonly reasons: readonly Reason[] } {
  const reasons: Reason[] = [];
  let made = step;
  const blocked = (what: string) => law.blocked.find((block) => block.what === what);
  for (const { stage, days, rule } of law.deadlines) {
    if (stage !== step.stage || days <= made.payWithinDays) continue;
    made = { ...made, payWithinDays: days };
    reasons.push(lawReason(rule, `The ${step.name} gives ${days} days to pay. ${rule.words}`));
  }
  const consequence = blocked('consequence');
  if (made.consequence !== null && consequence !== undefined) {
    made = { ...made, consequence: null };
    reasons.push(lawReason(consequence.rule, `No consequence is announced. ${consequence.rule.words}`));
  }
  if (made.consequence !== null) {
    const why = whyNotAnnounced(made.consequence, announcing);
    // S4, P8: what is announced is announced by a person
    made = why === null ? { ...made, needsPerson: true } : { ...made, consequence: null };
    if (why !== null) reasons.push(why);
  }
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
