import type { ComposedReminder, ReminderContent } from './reminder.ts';
import { tooSoftLater, unwelcome } from './tone-words.ts';
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
 * Checks a composed reminder: the parts every one must have (P22, P24), length, threats, shame, shouting, promotion,
 * alarm. Names, numbers and addresses are the customer's and the business's own and are not judged: "Court Road
 * Bakery" threatens nobody.
 */
export function checkTone(composed: ComposedReminder, content: ReminderContent): Finding[] {
  const view = viewOf(content);
  const running = wordingIn(composed.text, view);
  return [
    ...missingParts(composed, view),
    ...subjectFaults(composed.subject),
    ...unwelcomeWords(running, content),
    ...shouting(running),
    ...length(running),
  ];
}

function missingParts({ text }: ComposedReminder, view: ReminderView): Finding[] {
  const rows = view.table.groups.flatMap((group) => group.rows);
  const parts: readonly (readonly [string, boolean])[] = [
    ['thanks', /\bthank(s|ful)?\b/i.test(text)],
    ["the invoices' numbers", rows.every((row) => row.label === 'no number' || text.includes(row.label))],
    ['the amount', text.includes(view.figure)],
    ['the due dates', rows.every((row) => text.includes(row.due))],
    ['a request with a date', text.includes(`by ${view.payBy}`) && /\bplease\b/i.test(text)],
    [
      'a way to pay, or whom to ask for one',
      /\b(View and pay|ways to pay|How to pay|payment details)\b/.test(text),
    ],
    ['whom to contact', text.includes(view.contact.name) && text.includes(view.contact.email)],
    ['how to say that something is wrong', text.includes('Something wrong?')],
    [
      "the creditor's name and address",
      text.includes([view.creditor.legalName, ...view.creditor.address].join(', ')),
    ],
    ['how to stop e-mails', text.includes(view.stop)],
    ['who the service is', view.service === null || text.includes(view.service.fullDisclosure)],
  ];
  return parts
    .filter(([, present]) => !present)
    .map(([part]) => ({ rule: 'missing', severity: 'block', words: `The reminder lacks ${part}.` }));
}

function subjectFaults(subject: string): Finding[] {
  const faults: string[] = [];
  if (subject.length > 120) faults.push('is longer than 120 characters');
  if (/[\p{Cc}\u2028\u2029]/u.test(subject)) faults.push('has a line break');
  if (/^\s*(re|fwd?)\s*:/i.test(subject)) faults.push('pretends to be an answer');
  return faults.map((fault) => ({ rule: 'subject', severity: 'block', words: `The subject ${fault}.` }));
}

function unwelcomeWords(running: string, content: ReminderContent): Finding[] {
  const found: Finding[] = unwelcome.flatMap(({ rule, why, words }) =>
    words
      .filter((word) => has(running, word))
      .map((word) => ({ rule, severity: 'block' as const, words: `Leave out “${word}”. ${why}` })),
  );
  if (content.stepKey === 'first' || content.stepKey === 'second') return found;
  const soft = tooSoftLater.filter((word) => has(running, word));
  return [
    ...found,
    ...soft.map((word) => ({
      rule: 'too_soft' as const,
      severity: 'block' as const,
      words: `“${word}” no longer fits after two reminders; say plainly what is open.`,
    })),
  ];
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

function has(text: string, word: string): boolean {
  const pattern = word.replace(/ /g, '\\s+');
  return new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, 'iu').test(text);
}

/** The running text without what is not wording: the table, addresses, names, links, the fixed disclosures. */
function wordingIn(text: string, view: ReminderView): string {
  const { service, creditor, contact } = view;
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
    view.payUrl,
    ...view.table.groups.flatMap((group) => group.rows).map((row) => row.url),
    view.stop,
    `${view.figure} ${view.figureCurrency}`,
    ...view.waysToPay,
    ...view.table.groups.flatMap((group) => group.rows).flatMap((row) => [row.label, row.reference]),
  ].filter((part): part is string => typeof part === 'string' && part.length > 1);
  const withoutTable = text
    .split('\n')
    .filter(
      (line) => !/^(- (Invoice|Invoice without number)\b.*|(Past due|Your credit|To pay): .*)$/.test(line),
    )
    .join('\n');
  return notWording
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, part) => rest.replace(wholly(part), '§'), withoutTable);
}

/** The part where it stands by itself: a name that is also a piece of a longer word takes nothing out of that word. */
function wholly(part: string): RegExp {
  const literal = part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'gu');
}
