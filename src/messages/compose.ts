import mjml2html from 'mjml';
import { ownLayout } from './layout/own.ts';
import type { LayoutInput } from './layout/parts.ts';
import { serviceLayout } from './layout/service.ts';
import { type MergeFields, renderHtml, renderText } from './liquid.ts';
import { oneLine, shorten } from './plain.ts';
import { type ComposedReminder, contradictions, type ReminderContent } from './reminder.ts';
import { type FilledWording, textOf } from './text.ts';
import { viewOf } from './view.ts';
import { fieldsOf } from './wording/fields.ts';
import { presets, type Wording } from './wording/words.ts';

/**
 * The reminder as it leaves: subject, sender's name, HTML and text, from the same figures. Throws RangeError when the
 * figures contradict one another (`contradictions` says how), TemplateError when a wording can't be filled in: such a
 * reminder must not be sent. Without `wording` it takes the step's preset.
 */
export async function composeReminder(
  content: ReminderContent,
  wording: Wording = presets[content.stepKey],
): Promise<ComposedReminder> {
  const wrong = contradictions(content);
  if (wrong.length > 0) throw new RangeError(`this reminder must not be sent: ${wrong.join('; ')}`);
  const view = viewOf(content);
  const fields = fieldsOf(content);
  const { colour, logo } = content.brand;
  const words = fill(wording, fields, renderHtml);
  const input: LayoutInput = { view, words, colour, logo, logoUrl: content.logoUrl };
  const mjml = view.service === null ? ownLayout(input) : serviceLayout(input, view.service);
  const { html } = await mjml2html(mjml, { validationLevel: 'strict', fonts: {}, keepComments: true });
  return {
    subject: view.subject,
    fromName: fromNameOf(content),
    // MJML indents deeply; a mail program cuts a mail off by its size
    html: html.replace(/\n[ \t\n]+/g, '\n'),
    text: textOf(view, fill(wording, fields, renderText)),
  };
}

function fill(
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
function fromNameOf({ brand, style }: ReminderContent): string {
  return style === 'service'
    ? shorten(oneLine(brand.serviceName), 100)
    : shorten(`${oneLine(brand.contactName)}, ${oneLine(brand.name)}`, 100);
}
