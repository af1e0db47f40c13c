import type { Wire } from '../wire/shared.ts';

/** Members that are attributes in Intuit's XML. */
const ATTRIBUTES = new Set([
  'domain',
  'sparse',
  'status',
  'startPosition',
  'maxResults',
  'totalCount',
  'type',
  'code',
  'element',
]);

/** The same answer as XML, which is what QuickBooks sends to those who do not ask for JSON. Pure. */
export function toXml(body: Wire): string {
  const { time, ...content } = body;
  const stamp = time === undefined ? '' : ` time="${escaped(String(time))}"`;
  const inner = Object.entries(content)
    .map(([name, value]) => element(name, value))
    .join('');
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    `<IntuitResponse xmlns="http://schema.intuit.com/finance/v3"${stamp}>${inner}</IntuitResponse>`
  );
}

function element(name: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((one) => element(name, one)).join('');
  if (typeof value !== 'object') return `<${name}>${escaped(String(value))}</${name}>`;
  const members = Object.entries(value as Wire);
  // a reference or a memo: its value is the text, its name an attribute
  if (name !== 'ColData' && 'value' in value && typeof value.value === 'string') {
    const label = 'name' in value ? ` name="${escaped(String(value.name))}"` : '';
    const type = 'type' in value ? ` type="${escaped(String(value.type))}"` : '';
    return `<${name}${label}${type}>${escaped(String(value.value))}</${name}>`;
  }
  const isAttribute = ([key, one]: [string, unknown]) => ATTRIBUTES.has(key) && typeof one !== 'object';
  const attributes = members.filter(isAttribute).map(([key, one]) => ` ${key}="${escaped(String(one))}"`);
  const children = members.filter((one) => !isAttribute(one)).map(([key, one]) => element(key, one));
  return `<${name}${attributes.join('')}>${children.join('')}</${name}>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
