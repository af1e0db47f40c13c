import type { Colour } from '../colour.ts';
import { escapeHtml } from '../plain.ts';
import type { ReminderView } from '../view.ts';
import { light, SANS, styleSheet } from './style.ts';

/** The page around a layout's sections: language, preview line, colours for light and dark. */
export function frame(
  view: ReminderView,
  { colour, language }: { readonly colour: Colour; readonly language: string },
  sections: readonly string[],
): string {
  return `<mjml lang="${language}" dir="ltr"><mj-head>
<mj-title>${escapeHtml(view.subject)}</mj-title>
<mj-preview>${escapeHtml(view.preheader)}</mj-preview>
<mj-raw><meta name="color-scheme" content="light dark" /><meta name="supported-color-schemes" content="light dark" /></mj-raw>
<mj-attributes><mj-all font-family="${SANS}" /><mj-text font-size="16px" line-height="24px" color="${light.ink}" padding="6px 32px" /></mj-attributes>
<mj-style>${styleSheet(colour)}</mj-style>
</mj-head><mj-body width="600px" background-color="${light.paper}" css-class="paper">
<mj-section padding="16px 0 0"><mj-column><mj-spacer height="1px" /></mj-column></mj-section>
<mj-section css-class="card band" background-color="${light.card}" border-top="4px solid ${colour}" padding="12px 0"><mj-column><mj-spacer height="1px" /></mj-column></mj-section>
${sections.join('\n')}
</mj-body></mjml>`;
}
