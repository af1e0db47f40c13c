import type { TemplateKey } from '../template.ts';
import { english } from './en/english.ts';

/**
 * What one message says, as Liquid templates of plain text; the merge fields are those of `fields.ts`. The figure, the
 * table, the ways to pay, the contact and the disclosures are the layout's: no wording can leave them out.
 */
export interface Wording {
  /** Thanks, then the point: which invoices, how much, since when. */
  readonly opening: string;
  /** What is asked, by when. */
  readonly request: string;
  /** What to do when that does not fit. */
  readonly closing: string;
}

/** A language's wordings; whatever it lacks is said in English. */
export type Wordings = Partial<Readonly<Record<TemplateKey, Wording>>>;

/** By BCP 47 language, the plain one: `de`, not `de-AT`. English first; a language is added by adding it here. */
const languages: Readonly<Record<string, Wordings>> = { en: english };

export interface ChosenWording {
  readonly wording: Wording;
  /** The language it is really in. */
  readonly language: string;
}

/** CON-07: the template in the customer's language, in English where there is none. */
export function wordingFor(
  template: TemplateKey,
  language: string | null,
  known: Readonly<Record<string, Wordings>> = languages,
): ChosenWording {
  const plain = language?.split('-')[0]?.toLowerCase() ?? 'en';
  const found = Object.hasOwn(known, plain) ? known[plain]?.[template] : undefined;
  return found === undefined
    ? { wording: english[template], language: 'en' }
    : { wording: found, language: plain };
}
