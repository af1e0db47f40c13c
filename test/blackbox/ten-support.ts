import type { Seen } from '../companies/visitor.ts';
import type { Person } from './auth-support.ts';

export interface Found {
  /** Every page of a company, as its own member reaches it by links. */
  readonly addresses: readonly string[];
  readonly forms: readonly { readonly action: string; readonly fields: string }[];
  /** All of the pages' HTML. */
  readonly text: string;
}

/** More of the same kind (a customer's page, an invoice's) shows nothing new. */
const MOST_OF_A_KIND = 2;

/** Follows every link below `start` as that person; two pages of each kind. */
export async function crawl(person: Person, start: string): Promise<Found> {
  const waiting = [start];
  const met = new Set(waiting);
  const kinds = new Map<string, number>();
  const forms = new Map<string, string>();
  const addresses: string[] = [];
  const texts: string[] = [];
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    const kind = kindOf(address, start);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if ((kinds.get(kind) ?? 0) > MOST_OF_A_KIND) continue;
    const seen = await person.visitor.go(address);
    if (seen.status !== 200) continue;
    addresses.push(address);
    texts.push(seen.html);
    for (const form of formsOf(seen)) if (form.action.startsWith(start)) forms.set(form.action, form.fields);
    for (const link of linksOf(seen)) {
      if (!link.startsWith(start) || met.has(link)) continue;
      met.add(link);
      waiting.push(link);
    }
  }
  return {
    addresses,
    forms: [...forms].map(([action, fields]) => ({ action, fields })),
    text: texts.join('\n'),
  };
}

/** The token that a person's own forms carry. */
export async function tokenOf(person: Person, address: string): Promise<string> {
  const seen = await person.visitor.go(address);
  const token = /name="_csrf" value="([^"]+)"/.exec(seen.html)?.[1];
  if (token === undefined) throw new Error(`no form on ${seen.url} (${seen.status})`);
  return token;
}

/** The address without ids and without the values of its query. */
function kindOf(address: string, start: string): string {
  const { pathname, searchParams } = new URL(address);
  const path = pathname.slice(new URL(start).pathname.length).replaceAll(/\/[^/]*\d[^/]*/g, '/:id');
  return `${path}?${[...searchParams.keys()].join('&')}`;
}

function linksOf(seen: Seen): readonly string[] {
  return [...seen.html.matchAll(/(?:href|src|hx-get)="([^"#]+)/g)].map(
    ([, link = '']) => new URL(link.replaceAll('&amp;', '&'), seen.url).href,
  );
}

function formsOf(seen: Seen): readonly { action: string; fields: string }[] {
  return [...seen.html.matchAll(/<form\b[^>]*method="post"[^>]*>[\s\S]*?<\/form>/g)].map(([form]) => {
    const action = /action="([^"]*)"/.exec(form)?.[1] ?? seen.url;
    const fields = new URLSearchParams();
    for (const [tag] of form.matchAll(/<(?:input|textarea|select|button)\b[^>]*>/g)) {
      const name = /name="([^"]*)"/.exec(tag)?.[1];
      if (name !== undefined) fields.append(name, /value="([^"]*)"/.exec(tag)?.[1] ?? 'x');
    }
    return { action: new URL(action.replaceAll('&amp;', '&'), seen.url).href, fields: fields.toString() };
  });
}
