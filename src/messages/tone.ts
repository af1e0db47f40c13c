import type { ComposedReminder, ReminderContent } from './reminder.ts';
import { asksNothing, kindOf } from './template.ts';
import { totalLines } from './text.ts';
import { missingParts } from './tone-parts.ts';
import { asking, lateWords, tooSoftLater, unwelcome } from './tone-words.ts';
import { type ReminderView, viewOf } from './view.ts';

/** What the tone check objects to. `block`: it must not be sent like this; `warn`: a person should look at it. */
export interface Finding {
  readonly rule:
    | 'missing'
    | 'too_long'
    | 'threat'
    | 'shame'
    | 'promotion'
    | 'alarm'
    | 'too_soft'
    | 'not_due'
    | 'asks'
    | 'shouting'
    | 'subject';
  readonly severity: 'block' | 'warn';
  /** What is wrong and why, for the person who wrote it. */
  readonly words: string;
}

/** Words of running text, without the table, the names and the small print. */
const MAX_WORDS = 200;
const MAX_SENTENCE = 38;

/**
 * Checks a composed message: the parts that its kind must have (P22, P24), length, threats, shame, shouting,
 * promotion, alarm; what is not due yet is not called late, and who is thanked is asked for nothing. Names, numbers
 * and addresses are the customer's and the business's own and are not judged: "Court Road Bakery" threatens nobody.
 * Nor is an approved consequence, which is a field of its own (P8).
 */
export function checkTone(composed: ComposedReminder, content: ReminderContent): Finding[] {
  const view = viewOf(content);
  const running = wordingIn(composed.text, view);
  return [
    ...missingParts(composed.text, view, kindOf(content.template)),
    ...subjectFaults(composed.subject),
    ...wordFaults(running, content),
    ...shouting(running),
    ...length(running),
  ];
}

/** The same for words that a person may say aloud: no parts are demanded of them. */
export function checkSpoken(text: string, content: ReminderContent): Finding[] {
  const running = wordingIn(text, viewOf(content));
  return [...wordFaults(running, content), ...shouting(running)];
}

function subjectFaults(subject: string): Finding[] {
  const faults: string[] = [];
  if (subject.length > 120) faults.push('is longer than 120 characters');
  if (/[\p{Cc}\u2028\u2029]/u.test(subject)) faults.push('has a line break');
  if (/^\s*(re|fwd?)\s*:/i.test(subject)) faults.push('pretends to be an answer');
  return faults.map((fault) => ({ rule: 'subject', severity: 'block', words: `The subject ${fault}.` }));
}

function wordFaults(running: string, content: ReminderContent): Finding[] {
  const kind = kindOf(content.template);
  const strict = content.stage === 'third' || content.stage === 'final';
  const found: Finding[] = unwelcome.flatMap(({ rule, why, words }) =>
    foundIn(running, words).map((word) => ({
      rule,
      severity: 'block' as const,
      words: `Leave out “${word}”. ${why}`,
    })),
  );
  const more = (rule: Finding['rule'], words: readonly string[], why: (word: string) => string): void => {
    for (const word of foundIn(running, words)) found.push({ rule, severity: 'block', words: why(word) });
  };
  if (kind === 'reminder' && strict)
    more(
      'too_soft',
      tooSoftLater,
      (word) => `“${word}” no longer fits after two reminders; say plainly what is open.`,
    );
  if (kind === 'courtesy')
    more('not_due', lateWords, (word) => `Leave out “${word}”: nothing is past due before its date.`);
  if (asksNothing(kind))
    more('asks', asking, (word) => `Leave out “${word}”: this message asks for nothing.`);
  return found;
}

function shouting(running: string): Finding[] {
  const found: Finding[] = [];
  const capitals = running.match(/(?<![\p{L}\p{N}])\p{Lu}{4,}(?![\p{L}\p{N}])/gu) ?? [];
  for (const word of new Set(capitals))
    found.push({ rule: 'shouting', severity: 'block', words: `Write “${word}” in small letters.` });
  if (running.includes('!'))
    found.push({ rule: 'shouting', severity: 'block', words: 'Leave out the exclamation mark.' });
  return found;
}

function length(running: string): Finding[] {
  const found: Finding[] = [];
  const count = (text: string): number => text.split(/\s+/).filter(Boolean).length;
  if (count(running) > MAX_WORDS)
    found.push({
      rule: 'too_long',
      severity: 'warn',
      words: `The text has ${count(running)} words; up to ${MAX_WORDS} are read.`,
    });
  const long = running.split(/[.?:]\s|\n/).find((sentence) => count(sentence) > MAX_SENTENCE);
  if (long !== undefined)
    found.push({
      rule: 'too_long',
      severity: 'warn',
      words: `Make two sentences of “${long.trim().slice(0, 60)}…”.`,
    });
  return found;
}

/** By words: made once, as each message is held against all of the lists. */
const patterns = new Map<string, RegExp>();

function wholeWords(words: string): RegExp {
  const made =
    patterns.get(words) ??
    new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.replace(/ /g, '\\s+')})(?![\\p{L}\\p{N}])`, 'iu');
  patterns.set(words, made);
  return made;
}

/** Which of the words are in the text; one look tells that none is, as nearly always. */
function foundIn(text: string, words: readonly string[]): readonly string[] {
  if (!wholeWords(words.join('|')).test(text)) return [];
  return words.filter((word) => wholeWords(word).test(text));
}

/** The running text without what is not wording: the table, addresses, names, links, the fixed disclosures. */
function wordingIn(text: string, view: ReminderView): string {
  const { service, creditor, contact, table } = view;
  const rows = (table?.groups ?? []).flatMap((group) => group.rows);
  const notWording = [
    service?.fullDisclosure,
    service?.disclosure,
    service?.forCreditor,
    service?.status,
    service?.name,
    [creditor.legalName, ...creditor.address].join(', '),
    creditor.legalName,
    view.greeting,
    view.brandName,
    contact.email,
    contact.name,
    contact.title,
    view.payUrl,
    ...rows.map((row) => row.url),
    view.stop,
    ...view.disclosures,
    view.consequence,
    ...(view.figure === null ? [] : [`${view.figure.amount} ${view.figure.currency}`]),
    ...(view.waysToPay ?? []),
    ...rows.flatMap((row) => [row.label, row.reference]),
  ].filter((part): part is string => typeof part === 'string' && part.length > 1);
  const totals = new Set(table === null ? [] : totalLines(table));
  const names = rows.map((row) => `- ${row.name}`);
  const withoutTable = text
    .split('\n')
    .filter((line) => !totals.has(line) && !names.some((name) => line.startsWith(name)))
    .join('\n');
  return notWording
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, part) => without(rest, part), withoutTable);
}

/** Without the part where it stands by itself: a name that is also a piece of a longer word takes nothing out of that word. */
function without(text: string, part: string): string {
  let rest = '';
  let from = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, from)) {
    const end = at + part.length;
    const inside =
      /[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, at - 2), at)) ||
      /^[\p{L}\p{N}]/u.test(text.slice(end, end + 2));
    rest += text.slice(from, inside ? at + 1 : at) + (inside ? '' : '§');
    from = inside ? at + 1 : end;
  }
  return rest + text.slice(from);
}
