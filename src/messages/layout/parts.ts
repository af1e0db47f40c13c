import { type Colour, inkOn } from '../colour.ts';
import { type Logo, shownSize } from '../logo.ts';
import { escapeHtml } from '../plain.ts';
import type { FilledWording } from '../text.ts';
import type { FigureView, ReminderView } from '../view.ts';
import { edgeOn, light, SERIF } from './style.ts';

/** What a layout is made from. `words` are escaped already, `view` and the rest are not. */
export interface LayoutInput {
  readonly view: ReminderView;
  readonly words: FilledWording;
  readonly colour: Colour;
  /** The language of `words`, as an HTML `lang`. */
  readonly language: string;
  readonly logo: Logo | null;
  readonly logoUrl: string | null;
}

/** A name in a sentence of another direction keeps its own: Arabic or Hebrew does not turn the line around. */
export function name(text: string): string {
  return `<bdi>${escapeHtml(text)}</bdi>`;
}

export function section(content: string, top = 0, bottom = 0, cssClass = 'card'): string {
  return `<mj-section css-class="${cssClass}" background-color="${light.card}" padding="${top}px 0 ${bottom}px"><mj-column>${content}</mj-column></mj-section>`;
}

/** Paragraphs of escaped HTML. */
export function paragraphs(texts: readonly string[], more: { soft?: boolean; small?: boolean } = {}): string {
  const cssClass = more.soft === true ? 'soft side' : 'ink side';
  const colour = more.soft === true ? light.soft : light.ink;
  const size = more.small === true ? 'font-size="14px" line-height="20px"' : '';
  return texts
    .map((text) => `<mj-text css-class="${cssClass}" color="${colour}" ${size}>${text}</mj-text>`)
    .join('');
}

/** The logo, at most 48 px high; its name stands in where pictures are off. */
export function logoPart(input: LayoutInput): string {
  if (input.logoUrl === null) return '';
  const alt = escapeHtml(input.view.brandName);
  const size = input.logo === null ? null : shownSize(input.logo, { width: 220, height: 48 });
  const sides = size === null ? 'height="48"' : `width="${size.width}" height="${size.height}"`;
  const style = size === null ? 'height:48px;width:auto' : `width:${size.width}px;height:${size.height}px`;
  return `<mj-text css-class="ink side" padding="0 32px 12px"><img class="logo" src="${escapeHtml(input.logoUrl)}" alt="${alt}" ${sides} style="display:inline-block;${style};font-family:${SERIF};font-size:20px;" /></mj-text>`;
}

export function figurePart(figure: FigureView): string {
  const code = figure.currency === '' ? '' : ` <span style="font-size:16px;">${figure.currency}</span>`;
  return section(
    `<mj-text css-class="ink side figures" padding="12px 32px 0" font-family="${SERIF}" font-size="36px" line-height="44px">${escapeHtml(figure.amount)}${code}</mj-text>` +
      `<mj-text css-class="soft side" padding="0 32px 12px" color="${light.soft}">${escapeHtml(figure.label)}</mj-text>`,
    4,
    4,
  );
}

/** The two things to do, of equal rank; without a pay link there is no button for it (CON-10). */
export function buttonsPart(view: ReminderView, colour: Colour): string {
  const wrong = button('plain', view.wrongUrl, 'Something wrong? Tell us', light.card, light.ink, '#868d92');
  if (view.payUrl === null)
    return `<mj-section css-class="card" background-color="${light.card}" padding="8px 0 12px"><mj-column width="300px" css-class="half"><mj-spacer height="1px" />${wrong('32px', '0')}</mj-column><mj-column width="300px"><mj-spacer height="1px" /></mj-column></mj-section>`;
  const pay = button('brand', view.payUrl, 'View and pay', colour, inkOn(colour), edgeOn(colour, light.card));
  return `<mj-section css-class="card" background-color="${light.card}" padding="8px 0 12px"><mj-column css-class="half">${pay('32px', '6px')}</mj-column><mj-column css-class="half">${wrong('6px', '32px')}</mj-column></mj-section>${opensPart(view.payOpens)}`;
}

/** Where the button leads, in words: people are told not to trust buttons in mails. */
function opensPart(words: string | null): string {
  return words === null ? '' : section(paragraphs([escapeHtml(words)], { soft: true, small: true }));
}

function button(kind: string, href: string, label: string, surface: string, ink: string, edge: string) {
  return (left: string, right: string): string =>
    `<mj-button css-class="${kind}" href="${escapeHtml(href)}" width="100%" background-color="${surface}" color="${ink}" border="1px solid ${edge}" border-radius="6px" inner-padding="12px 16px" font-size="16px" line-height="20px" padding="6px ${right} 6px ${left}">${escapeHtml(label)}</mj-button>`;
}

/** Ways to pay besides the button; where there are none at all, the person who can tell. */
export function waysPart(view: ReminderView): string {
  if (view.waysToPay === null) return '';
  if (view.waysToPay.length === 0)
    return view.payUrl === null
      ? paragraphs([`For the payment details, ask ${name(view.contact.name)}.`])
      : '';
  const title = view.payUrl === null ? 'How to pay' : 'Other ways to pay';
  return paragraphs([
    `<span style="font-weight:600;">${title}</span><br />${view.waysToPay.map(name).join('<br />')}`,
  ]);
}

/** Whom to contact: a person, by name. */
export function contactPart(view: ReminderView, office: string): string {
  const { contact } = view;
  const mail = `<a href="mailto:${escapeHtml(encodeURIComponent(contact.email).replace('%40', '@'))}" style="color:${light.ink};">${escapeHtml(contact.email)}</a>`;
  const reach = [
    ...(contact.phone === null
      ? []
      : [`<span style="white-space:nowrap;">${escapeHtml(contact.phone)}</span>`]),
    mail,
  ];
  return `<mj-text css-class="ink side" padding="8px 32px 0">Kind regards,</mj-text><mj-text css-class="ink side" padding="8px 32px 0" font-family="${SERIF}" font-size="20px" line-height="26px">${name(contact.name)}</mj-text><mj-text css-class="soft side" color="${light.soft}" padding="0 32px 8px">${contact.title === null ? '' : `${name(contact.title)}, `}${name(office)}<br />${reach.join('<br />')}</mj-text>`;
}

export function footPart(view: ReminderView): string {
  const { creditor, service } = view;
  const card = section(
    `<mj-divider css-class="side" border-width="1px" border-color="${light.line}" padding="8px 32px 12px" />` +
      paragraphs(
        [
          ...(service === null ? [] : [escapeHtml(service.fullDisclosure)]),
          ...view.disclosures.map(escapeHtml),
          `${[creditor.legalName, ...creditor.address].map(name).join(', ')}<br />Reference ${escapeHtml(view.reference)}`,
          ...(view.stop === null ? [] : [escapeHtml(view.stop)]),
        ],
        { soft: true, small: true },
      ),
    4,
    20,
  );
  return `${card}<mj-section padding="16px 0"><mj-column><mj-spacer height="1px" /></mj-column></mj-section>`;
}
