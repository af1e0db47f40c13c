import { escapeHtml } from '../plain.ts';
import { tablePart } from './invoice-table.ts';
import {
  buttonsPart,
  contactPart,
  figurePart,
  footPart,
  type LayoutInput,
  paragraphs,
  section,
  waysPart,
} from './parts.ts';

/** What both styles say, in the order of the house: from the greeting to the small print. */
export function body(input: LayoutInput, office: string): string[] {
  const { view, words, colour } = input;
  const table = view.table === null ? [] : [tablePart(view.table, view.personal ? 20 : 4)];
  const asked = [...optional(view.credit), ...words.request, ...optional(view.consequence)];
  const opening = [escapeHtml(view.greeting), ...words.opening, ...optional(view.others)];
  const signed = contactPart(view, office);
  const pay =
    view.payUrl === null
      ? [section(waysPart(view)), buttonsPart(view, colour)]
      : [buttonsPart(view, colour), section(waysPart(view))];
  // a person who writes in the first person signs below the words; figures and buttons come after, as an enclosure
  if (view.personal)
    return [
      section(paragraphs([...opening, ...asked, ...words.closing]) + signed),
      ...table,
      ...pay,
      footPart(view),
    ];
  return [
    section(paragraphs(opening)),
    ...(view.figure === null ? [] : [figurePart(view.figure)]),
    ...table,
    ...(asked.length === 0 ? [] : [section(paragraphs(asked))]),
    ...(view.waysToPay === null ? [section(paragraphs(words.closing)), buttonsPart(view, colour)] : pay),
    section((view.waysToPay === null ? '' : paragraphs(words.closing)) + signed),
    footPart(view),
  ];
}

function optional(text: string | null): string[] {
  return text === null ? [] : [escapeHtml(text)];
}
