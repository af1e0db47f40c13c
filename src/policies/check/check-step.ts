import { asConsequenceKind } from '../consequences/consequence.ts';
import type { Step } from '../step.ts';
import { stages } from '../step.ts';
import { ownStepKeys, stepTemplates } from '../templates.ts';
import { stageNames } from '../words/wording-names.ts';
import { checkAmounts } from './check-amounts.ts';
import type { Findings } from './findings.ts';

/** P7: after the last notice at least one more week. */
const LAST_CHANCE_DAYS = 7;
const MOST_PAY_WITHIN = 90;

/** A step by itself; how it stands to the others of its sequence is `checkSteps`. `segments`: keys of the document. */
export function checkStep(found: Findings, step: Step, segments: readonly string[]): void {
  found.at('key').key('The step', step.key);
  if (ownStepKeys.includes(step.key))
    found.at('key').refuse(`“${step.key}” is a key that Duly uses itself.`, 'Give the step another key.');
  found.at('name').name('The step', step.name);
  checkOffset(found, step);
  checkWording(found.at('template'), step);
  const last = step.stage === 'final';
  if (
    found.at('payWithinDays').whole('The days to pay', step.payWithinDays, 1, MOST_PAY_WITHIN) &&
    last &&
    step.payWithinDays < LAST_CHANCE_DAYS
  )
    found
      .at('payWithinDays')
      .refuse(
        `${named(step)} gives ${step.payWithinDays} days, and it is the last chance.`,
        `Give at least ${LAST_CHANCE_DAYS} days.`,
      );
  if (last && !step.needsPerson)
    found
      .at('needsPerson')
      .refuse(
        `${named(step)} is a final notice and would leave by itself.`,
        'Final notices always need a person: let one approve it.',
      );
  checkWaiting(found.at('waitsBusinessDays'), step);
  checkConditions(found.at('conditions'), step, segments);
  if (step.consequence !== null) checkConsequence(found.at('consequence'), step);
}

/** A step in words, for a fault. */
export function named(step: Pick<Step, 'name' | 'key'>): string {
  return `“${(step.name.trim() === '' ? step.key : step.name).slice(0, 80)}”`;
}

/** R1: what is not past due yet may only be mentioned kindly, and a courtesy is over once it is. */
function checkOffset(found: Findings, step: Step): void {
  if (!found.at('offsetDays').whole('The day of a step', step.offsetDays, -60, 730)) return;
  if (step.stage === 'courtesy' && step.offsetDays > 0)
    found
      .at('offsetDays')
      .refuse(
        `${named(step)} is a courtesy before the due date, yet comes after it.`,
        'Give it a day of 0 or below, or a later stage.',
      );
  if (step.stage !== 'courtesy' && step.offsetDays <= 0)
    found
      .at('offsetDays')
      .refuse(
        `${named(step)} says that something is late, yet comes before that is so.`,
        'Give it at least 1 day, or make it a courtesy.',
      );
}

/** The text must exist, be made for the channel, and not be more severe than the step. */
function checkWording(found: Findings, step: Step): void {
  const wording = Object.hasOwn(stepTemplates, step.template) ? stepTemplates[step.template] : undefined;
  if (wording === undefined)
    found.refuse(`There is no wording “${step.template.slice(0, 40)}”.`, 'Choose one from the list.');
  else if (wording.channel !== step.channel)
    found.refuse(
      `${named(step)} goes by ${step.channel}, and its wording is made for ${wording.channel}.`,
      `Choose a wording for ${step.channel}.`,
    );
  else if (stages.indexOf(wording.from) > stages.indexOf(step.stage))
    found.refuse(
      `The wording of ${named(step)} is that of the stage “${stageNames[wording.from]}”, and the step is milder.`,
      'Choose a milder wording, or a later stage.',
    );
}

function checkWaiting(found: Findings, { channel, waitsBusinessDays }: Step): void {
  if (waitsBusinessDays === null) return;
  if (channel === 'call' || channel === 'letter')
    found.whole('The days a task waits', waitsBusinessDays, 1, 60);
  else found.refuse('Only calls and letters wait for somebody to do them.', 'Leave it empty.');
}

function checkConditions(found: Findings, { conditions }: Step, segments: readonly string[]): void {
  const { segments: only, minimum, debtorTypes, daysSincePayment } = conditions;
  if (only !== null) {
    if (only.length === 0)
      found.at('segments').refuse('The step is for no segment at all.', 'Choose at least one, or all.');
    for (const [index, key] of only.entries())
      if (!segments.includes(key))
        found
          .at('segments', index)
          .refuse(`There is no segment “${key.slice(0, 40)}”.`, 'Choose one of the policy.');
  }
  checkAmounts(found.at('minimum'), minimum);
  if (debtorTypes?.length === 0)
    found
      .at('debtorTypes')
      .refuse('The step is for no type of customer at all.', 'Choose at least one, or all.');
  if (daysSincePayment !== null)
    found.at('daysSincePayment').whole('The days since a payment', daysSincePayment, 1, 365);
}

/** P8, S2: a consequence is said late, in writing, and by a person's leave. */
function checkConsequence(found: Findings, step: Step): void {
  const key = step.consequence ?? '';
  if (asConsequenceKind(key) === null)
    found.refuse(
      `${named(step)} announces “${key.slice(0, 40)}”, which is no consequence that can be announced.`,
      'Choose one of the catalogue, or none.',
    );
  const late = step.stage === 'third' || step.stage === 'final';
  const written = step.channel === 'email' || step.channel === 'letter';
  if (!late || !written || !step.needsPerson)
    found.refuse(
      `${named(step)} may not announce a consequence.`,
      `Announce it in an e-mail or a letter of the stage “${stageNames.third}” or “${stageNames.final}” that a person approves.`,
    );
}
