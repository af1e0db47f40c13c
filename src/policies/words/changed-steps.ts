import type { Sequence } from '../document.ts';
import type { Step } from '../step.ts';
import { same } from './same.ts';
import { announcedWords, channelWords, offsetWords, senderWords } from './step-words.ts';
import { stageNames, templateNames } from './wording-names.ts';

/** What differs between the sequences of two policies, a sentence each. */
export function sequenceChanges(before: readonly Sequence[], after: readonly Sequence[]): readonly string[] {
  const old = new Map(before.map((sequence) => [sequence.key, sequence]));
  const kept = new Set(after.map(({ key }) => key));
  const gone = before
    .filter(({ key }) => !kept.has(key))
    .map(({ name }) => `The sequence “${name}” is gone.`);
  const changed = after.flatMap((sequence) => {
    const was = old.get(sequence.key);
    return was === undefined
      ? [`New sequence “${sequence.name}” with ${sequence.steps.length} steps.`]
      : sequenceChange(was, sequence);
  });
  const orderSame = same(
    before.filter(({ key }) => kept.has(key)).map(({ key }) => key),
    after.filter(({ key }) => old.has(key)).map(({ key }) => key),
  );
  return [...gone, ...changed, ...(orderSame ? [] : ['The list of sequences has another order.'])];
}

function sequenceChange(was: Sequence, is: Sequence): readonly string[] {
  const old = new Map(was.steps.map((step) => [step.key, step]));
  const kept = new Set(is.steps.map(({ key }) => key));
  const words = [
    ...(was.name === is.name ? [] : [`it was called “${was.name}”.`]),
    ...(was.paused === is.paused ? [] : [is.paused ? 'it is paused.' : 'it is resumed.']),
    ...was.steps.filter(({ key }) => !kept.has(key)).map(({ name }) => `“${name}” is gone.`),
    ...is.steps.flatMap((step) => {
      const before = old.get(step.key);
      return before === undefined
        ? [`new step “${step.name}”, ${offsetWords(step)}.`]
        : stepChange(before, step).map((change) => `“${step.name}” ${change}.`);
    }),
  ];
  const orderWas = was.steps.filter(({ key }) => kept.has(key)).map(({ key }) => key);
  const orderIs = is.steps.filter(({ key }) => old.has(key)).map(({ key }) => key);
  const order = same(orderWas, orderIs) ? [] : ['the steps have another order.'];
  return [...words, ...order].map((change) => `“${is.name}”: ${change}`);
}

/** Ends of sentences that begin with the step's name. */
function stepChange(was: Step, is: Step): readonly string[] {
  const moved = was.offsetDays !== is.offsetDays || was.offsetUnit !== is.offsetUnit;
  const differs = <F extends keyof Step>(field: F): boolean => !same(was[field], is[field]);
  return [
    ...(differs('name') ? [`was called “${was.name}”`] : []),
    ...(moved ? [`comes ${offsetWords(is)} (was ${offsetWords(was)})`] : []),
    ...(differs('channel') ? [`goes by ${channelWords[is.channel]}`] : []),
    ...(differs('stage') ? [`has the stage “${stageNames[is.stage]}”`] : []),
    ...(differs('template') ? [`has the wording “${templateNames[is.template] ?? is.template}”`] : []),
    ...(differs('sender') ? [`comes from ${senderWords[is.sender]}`] : []),
    ...(differs('recipients') ? ['reaches other people'] : []),
    ...(differs('needsPerson') ? [is.needsPerson ? 'waits for a person' : 'needs no person'] : []),
    ...(differs('payWithinDays') ? [`gives ${is.payWithinDays} days to pay`] : []),
    ...(differs('conditions') ? ['has other conditions'] : []),
    ...(differs('consequence') ? [`announces ${announcedWords(is.consequence)}`] : []),
    ...(differs('waitsBusinessDays') ? ['waits otherwise to be done'] : []),
    ...(differs('repeat') ? [is.repeat === null ? 'does not repeat' : 'repeats'] : []),
  ];
}
