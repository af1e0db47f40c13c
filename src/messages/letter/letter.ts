import { fillWording, fromNameOf, refuseContradictions } from '../compose.ts';
import { renderText } from '../liquid.ts';
import { oneLine, shorten } from '../plain.ts';
import { leadingInvoices, type ReminderContent } from '../reminder.ts';
import { kindOf, titles } from '../template.ts';
import { contactLines, type FilledWording } from '../text.ts';
import { type ReminderView, viewOf } from '../view.ts';
import { fieldsOf, invoiceName } from '../wording/fields.ts';
import { counted, dayWords } from '../wording/phrases.ts';
import { wordingFor } from '../wording/words.ts';
import { type Paper, paperOf } from './paper.ts';

/** Room on the first page for the table's rows and sums, beside all that every letter says. */
const FIRST_PAGE_LINES = 6;
/** So many characters of it take a line more than one row of the table. */
const LONG_SENTENCE = 120;

/** A letter as it is printed; plain text throughout. */
export interface LetterView {
  readonly paper: Paper;
  readonly language: string;
  /** Name above the letter, and what the service says of itself below it. */
  readonly head: { readonly name: string; readonly lines: readonly string[] };
  readonly logoUrl: string | null;
  /** The small line above the address, so that the post can return it. */
  readonly returnTo: string;
  /** As it stands in the window: the name, then the address. */
  readonly to: readonly string[];
  readonly addressMissing: boolean;
  readonly references: readonly { readonly label: string; readonly value: string }[];
  readonly matter: string;
  readonly view: ReminderView;
  readonly words: FilledWording;
  /** The table is on a page of its own. */
  readonly enclosed: boolean;
  readonly signedBy: string;
  readonly signature: readonly string[];
  readonly smallPrint: readonly string[];
}

/**
 * The letter of a content, to the lines of `address` (the name first). Throws RangeError when the figures contradict
 * one another, TemplateError when the wording can't be filled in.
 */
export function letterOf(content: ReminderContent, address: readonly string[]): LetterView {
  refuseContradictions(content);
  const posted: ReminderContent = { ...content, channel: 'letter' };
  const view = viewOf(posted);
  const { wording, language } = wordingFor(posted.template, posted.language);
  const rows =
    view.table === null ? 0 : view.table.groups.flatMap((group) => [group.heading, ...group.rows]).length;
  const to = address.map((line) => shorten(oneLine(line), 60)).filter((line) => line !== '');
  const { creditor, service } = view;
  return {
    paper: paperOf(content.creditor.country),
    language,
    head:
      service === null
        ? { name: view.brandName, lines: [] }
        : { name: service.name, lines: [service.forCreditor] },
    logoUrl: content.logoUrl,
    returnTo: [creditor.legalName, ...creditor.address].join(' · '),
    to: to.length === 0 ? [oneLine(content.customer.name)] : to,
    addressMissing: to.length < 2,
    references: referencesOf(posted, view),
    matter: matterOf(posted),
    view,
    words: fillWording(wording, fieldsOf(posted), renderText),
    enclosed: rows + (view.table?.totals.length ?? 0) > roomFor(view),
    signedBy: fromNameOf(posted),
    signature: contactLines(view),
    smallPrint: [
      ...(service === null ? [] : [service.fullDisclosure]),
      ...view.disclosures,
      [creditor.legalName, ...creditor.address].join(', '),
    ],
  };
}

/** What is said besides takes the place of rows. */
function roomFor(view: ReminderView): number {
  const besides = [view.service, view.others, view.credit, view.consequence, ...view.disclosures];
  const ways = Math.max(0, (view.waysToPay?.length ?? 0) - 2);
  // terms of interest, with what they come to, are a paragraph of several lines
  const more = Math.floor((view.consequence?.length ?? 0) / LONG_SENTENCE);
  return FIRST_PAGE_LINES - besides.filter((one) => one !== null).length - ways - more;
}

function referencesOf(content: ReminderContent, view: ReminderView): LetterView['references'] {
  const asks = content.askMinor > 0;
  return [
    { label: 'Date', value: dayWords(content.today, content.locale) },
    { label: 'Our reference', value: view.reference },
    ...(view.figure === null
      ? []
      : [
          {
            label: kindOf(content.template) === 'statement' ? 'Open' : 'Amount',
            value: `${view.figure.amount} ${view.figure.currency}`.trim(),
          },
        ]),
    ...(asks ? [{ label: 'Please pay by', value: dayWords(content.payBy, content.locale) }] : []),
  ];
}

function matterOf(content: ReminderContent): string {
  const title = titles[content.template];
  const leading = leadingInvoices(content);
  const [only] = leading;
  const what =
    leading.length === 1 && only !== undefined
      ? invoiceName(only, content.locale)
      : counted(leading.length, 'invoice');
  return kindOf(content.template) === 'statement'
    ? `${title} of ${dayWords(content.today, content.locale)}`
    : `${title}: ${what}`;
}
