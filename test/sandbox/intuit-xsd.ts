import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface XsdType {
  base?: string;
  readonly members: Map<string, string>;
  /** Elements and attributes aside, the type holds text, which JSON calls `value`. */
  text: boolean;
}

/** The complex types of Intuit's XSD files, as far as the names of members go. */
export class Xsd {
  private readonly types = new Map<string, XsdType>();

  constructor(folder: string) {
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.xsd'))) {
      this.read(readFileSync(join(folder, file), 'utf8'));
    }
  }

  /** Where a JSON object uses a name or a nesting that the type does not know; empty: nowhere. */
  strangers(value: unknown, type: string, path = type): string[] {
    if (Array.isArray(value)) return value.flatMap((one, at) => this.strangers(one, type, `${path}[${at}]`));
    // IntuitAnyType takes anything
    if (type === 'IntuitAnyType') return [];
    if (value === null) return [`${path} is null`];
    const isObject = typeof value === 'object';
    // an id has attributes in XML, in JSON it is plain text
    const plain = type === 'id' || !this.types.has(type);
    if (plain || !isObject) return plain && fits(value, type) ? [] : [`${path} is not ${type}`];
    const members = this.members(type);
    return Object.entries(value).flatMap(([name, one]) => {
      const inner = members.get(name);
      return inner === undefined ? [`${path}.${name}`] : this.strangers(one, inner, `${path}.${name}`);
    });
  }

  private members(type: string): Map<string, string> {
    const known = this.types.get(type);
    if (known === undefined) return new Map();
    const all = new Map([...(known.base === undefined ? [] : this.members(known.base)), ...known.members]);
    if (known.text) all.set('value', 'xs:string');
    return all;
  }

  private read(xsd: string): void {
    let current: XsdType | undefined;
    for (const [, tag, rest = ''] of xsd
      .replaceAll(/<!--.*?-->/gs, '')
      .matchAll(/<xs:(\w+)((?:\s[^>]*)?)>/g)) {
      const attribute = (name: string) =>
        new RegExp(`\\s${name}="([^"]*)"`).exec(rest)?.[1]?.replace(/^(?!xs:)\w+:/, '');
      const name = attribute('name');
      if (tag === 'complexType' && name !== undefined) {
        current = { members: new Map(), text: false };
        this.types.set(name, current);
      } else if (tag === 'simpleContent' && current !== undefined) current.text = true;
      else if (tag === 'extension' && current !== undefined && !current.text)
        current.base = attribute('base') ?? '';
      else if ((tag === 'element' || tag === 'attribute') && current !== undefined) {
        const member = name ?? attribute('ref');
        if (member !== undefined) current.members.set(member, attribute('type') ?? member);
      }
    }
  }
}

function fits(value: unknown, type: string): boolean {
  if (/^xs:(decimal|int|long|integer|positiveInteger|nonNegativeInteger)$/.test(type))
    return typeof value === 'number';
  if (type === 'xs:boolean') return typeof value === 'boolean';
  return typeof value === 'string';
}
