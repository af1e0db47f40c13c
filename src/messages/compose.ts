import { contradictions } from './contradictions.ts';
import { ownLayout } from './layout/own.ts';
import type { LayoutInput } from './layout/parts.ts';
import { serviceLayout } from './layout/service.ts';
import { type MergeFields, renderHtml, renderText } from './liquid.ts';
import { oneLine, shorten } from './plain.ts';
import type { ComposedReminder, ReminderContent } from './reminder.ts';
import { type FilledWording, textOf } from './text.ts';
import { viewOf } from './view.ts';
import { fieldsOf } from './wording/fields.ts';
import { type ChosenWording, type Wording, wordingFor } from './wording/words.ts';

/**
 * The mail as it leaves: subject, sender's name, HTML and text, from the same figures. Throws RangeError when the
 * figures contradict one another (`contradictions` says how), TemplateError when a wording can't be filled in: such a
 * message must not be sent. Without `wording` it takes the template's, in the customer's language (CON-07).
 */
export async function composeReminder(
  content: ReminderContent,
  wording?: Wording | ChosenWording,
): Promise<ComposedReminder> {
  refuseContradictions(content);
  const chosen = chosenOf(content, wording);
  const view = viewOf(content);
  const fields = fieldsOf(content);
  const { colour, logo } = content.brand;
  const words = fillWording(chosen.wording, fields, renderHtml);
  const { logoUrl } = content;
  const input: LayoutInput = { view, words, colour, language: chosen.language, logo, logoUrl };
  const mjml = view.service === null ? ownLayout(input) : serviceLayout(input, view.service);
  // loading it takes longer than everything else of the program together, and few processes write a message
  const { default: mjml2html } = await import('mjml');
  const { html } = await mjml2html(mjml, { validationLevel: 'strict', fonts: {}, keepComments: true });
  return {
    subject: view.subject,
    fromName: fromNameOf(content),
    // MJML indents deeply; a mail program cuts a mail off by its size
    html: html.replace(/\n[ \t\n]+/g, '\n'),
    text: textOf(view, fillWording(chosen.wording, fields, renderText)),
  };
}

/** Throws RangeError: what contradicts itself is never said, by whatever channel. */
export function refuseContradictions(content: ReminderContent): void {
  const wrong = contradictions(content);
  if (wrong.length > 0) throw new RangeError(`this message must not be sent: ${wrong.join('; ')}`);
}

function chosenOf(content: ReminderContent, given: Wording | ChosenWording | undefined): ChosenWording {
  if (given === undefined) return wordingFor(content.template, content.language);
  return 'wording' in given ? given : { wording: given, language: 'en' };
}

/** The paragraphs of a wording with its merge fields filled in. Throws TemplateError. */
export function fillWording(
  wording: Wording,
  fields: MergeFields,
  render: (source: string, fields: MergeFields) => string[],
): FilledWording {
  return {
    opening: render(wording.opening, fields),
    request: render(wording.request, fields),
    closing: render(wording.closing, fields),
  };
}

/** `own`: a person of the business; `service`: the service. */
export function fromNameOf({ brand, style, signer }: ReminderContent): string {
  return style === 'service'
    ? shorten(oneLine(brand.serviceName), 100)
    : shorten(`${oneLine(signer.name)}, ${oneLine(brand.name)}`, 100);
}
