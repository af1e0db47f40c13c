import { escapeHtml } from '../plain.ts';
import type { ServiceView } from '../view.ts';
import { body } from './body.ts';
import { frame } from './frame.ts';
import { type LayoutInput, logoPart, name, section } from './parts.ts';
import { light, SERIF } from './style.ts';

/** The receivables service's own stationery: who it is and for whom it acts come before anything else. */
export function serviceLayout(input: LayoutInput, service: ServiceView): string {
  const { view } = input;
  return frame(view, input, [section(logoPart(input) + head(service), 0, 8), ...body(input, service.name)]);
}

function head(service: ServiceView): string {
  const line = `<mj-divider css-class="side" border-width="1px" border-color="${light.line}" padding="8px 32px" />`;
  return `<mj-text css-class="ink side" padding="0 32px" font-family="${SERIF}" font-size="22px" line-height="28px">${name(service.name)}</mj-text><mj-text css-class="soft side" padding="0 32px" color="${light.soft}">${name(service.forCreditor)}</mj-text>${line}<mj-text css-class="soft side" padding="0 32px" color="${light.soft}" font-size="14px" line-height="20px">${escapeHtml(service.status)}<br />${escapeHtml(service.disclosure)}</mj-text>${line}`;
}
