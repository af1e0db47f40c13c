import type { Wire } from './envelope.ts';

const SINGULAR: Record<string, string> = {
  Addresses: 'Address',
  CreditNotes: 'CreditNote',
  ValidationErrors: 'ValidationError',
  Elements: 'DataContractBase',
};

/** An answer in the XML that Xero sends to whoever does not ask for JSON. */
export function toXml(body: Wire): string {
  const root = 'ErrorNumber' in body ? 'ApiException' : 'Response';
  return `<${root}>${members(JSON.parse(JSON.stringify(body)) as Wire)}</${root}>`;
}

function members(row: Wire): string {
  return Object.entries(row)
    .map(([name, value]) => element(name, value))
    .join('');
}

function element(name: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) {
    const each = SINGULAR[name] ?? name.replace(/s$/, '');
    return `<${name}>${value.map((item) => element(each, item)).join('')}</${name}>`;
  }
  if (typeof value === 'object') return `<${name}>${members(value as Wire)}</${name}>`;
  return `<${name}>${escaped(plain(String(value)))}</${name}>`;
}

/** XML carries ISO instants where JSON has `/Date(…)/`. */
function plain(text: string): string {
  const match = /^\/Date\((-?\d+)(?:\+0000)?\)\/$/.exec(text);
  return match ? new Date(Number(match[1])).toISOString() : text;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
