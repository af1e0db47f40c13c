import { tableLines } from '../text.ts';
import type { LetterView } from './letter.ts';

/** The letter as plain text: everything the page says, in the same order. */
export function letterText(letter: LetterView): string {
  const { view, words } = letter;
  const optional = (text: string | null): string[] => (text === null ? [] : [text]);
  const blocks = [
    [letter.head.name, ...letter.head.lines].join('\n'),
    letter.to.join('\n'),
    letter.references.map(({ label, value }) => `${label}: ${value}`).join('\n'),
    letter.matter,
    view.greeting,
    ...words.opening,
    ...optional(view.others),
    ...(view.table === null ? [] : tableLines(view.table, null)),
    ...optional(view.credit),
    ...words.request,
    ...optional(view.consequence),
    ...optional(payWords(letter)?.join('\n') ?? null),
    ...words.closing,
    `Something wrong? Tell us: ${reachWords(letter)}.`,
    ['Kind regards,', ...letter.signature].join('\n'),
    ['--', ...letter.smallPrint].join('\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** How to pay, a heading and its lines; null where nothing is to be paid. */
export function payWords({ view }: LetterView): readonly string[] | null {
  if (view.waysToPay === null) return null;
  return view.waysToPay.length > 0
    ? ['How to pay', ...view.waysToPay]
    : [`For the payment details, ask ${view.contact.name}.`];
}

/** How to reach the person who signed. */
export function reachWords({ view }: LetterView): string {
  const { email, phone } = view.contact;
  return phone === null ? `write to ${email}` : `call ${phone} or write to ${email}`;
}
