import { body } from './body.ts';
import { frame } from './frame.ts';
import { type LayoutInput, logoPart, name, section } from './parts.ts';
import { SERIF } from './style.ts';

/** A letter from a named person of the business. */
export function ownLayout(input: LayoutInput): string {
  const { view } = input;
  return frame(view, input, [section(head(input), 0, 4), ...body(input, view.brandName)]);
}

function head(input: LayoutInput): string {
  if (input.logoUrl !== null) return logoPart(input);
  return `<mj-text css-class="ink side" padding="0 32px 12px" font-family="${SERIF}" font-size="22px" line-height="28px">${name(input.view.brandName)}</mj-text>`;
}
