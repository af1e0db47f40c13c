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
export function letter(input: LayoutInput, office: string): string[] {
  const { view, words, colour } = input;
  const optional = (text: string | null): string[] => (text === null ? [] : [escapeHtml(text)]);
  return [
    section(paragraphs([escapeHtml(view.greeting), ...words.opening, ...optional(view.others)])),
    figurePart(view),
    tablePart(view.table),
    section(paragraphs([...optional(view.credit), ...words.request])),
    ...(view.payUrl === null
      ? [section(waysPart(view)), buttonsPart(view, colour)]
      : [buttonsPart(view, colour), section(waysPart(view))]),
    section(paragraphs(words.closing) + contactPart(view, office)),
    footPart(view),
  ];
}
