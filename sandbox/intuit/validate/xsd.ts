import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface ComplexType {
  base?: string;
  readonly groups: string[];
  readonly members: Map<string, string>;
  /** Elements and attributes aside, the type holds text, which JSON calls `value`. */
  text: boolean;
}

interface SimpleType {
  base: string;
  readonly values: Set<string>;
}

/** Intuit's XSD files, as far as names of members, kinds of values and lists of allowed values go. */
export class Xsd {
  private readonly types = new Map<string, ComplexType>();
  private readonly simple = new Map<string, SimpleType>();
  /** What may stand where the schema says `IntuitObject`: name and type of every entity. */
  private readonly entities = new Map<string, string>();
  /** Every element name there is. */
  readonly elements = new Set<string>();

  /** Reads all files of the folder; throws when there is none. */
  constructor(folder: string) {
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.xsd'))) {
      this.read(readFileSync(join(folder, file), 'utf8'));
    }
  }

  /** Where a JSON value uses a name, a nesting or a value that the type does not know; empty: nowhere. */
  strangers(value: unknown, type: string, path = type): string[] {
    if (Array.isArray(value)) return value.flatMap((one, at) => this.strangers(one, type, `${path}[${at}]`));
    // IntuitAnyType takes anything
    if (type === 'IntuitAnyType') return [];
    if (value === null) return [`${path} is null`];
    const isObject = typeof value === 'object';
    // an id has attributes in XML, in JSON it is plain text
    const plain = type === 'id' || !this.types.has(type);
    if (plain || !isObject) return plain && this.fits(value, type) ? [] : [`${path} is not ${type}`];
    const members = this.members(type);
    return Object.entries(value).flatMap(([name, one]) => {
      const inner = members.get(name) ?? (members.has('IntuitObject') ? this.entities.get(name) : undefined);
      return inner === undefined ? [`${path}.${name}`] : this.strangers(one, inner, `${path}.${name}`);
    });
  }

  private members(type: string): Map<string, string> {
    const known = this.types.get(type);
    if (known === undefined) return new Map();
    const all = new Map([
      ...(known.base === undefined ? [] : this.members(known.base)),
      ...known.groups.flatMap((group) => [...this.members(group)]),
      ...known.members,
    ]);
    if (known.text) all.set('value', 'xs:string');
    return all;
  }

  private fits(value: unknown, type: string): boolean {
    const simple = this.simple.get(type);
    if (simple === undefined) return fitsBase(value, type);
    if (!this.fits(value, simple.base)) return false;
    return simple.values.size === 0 || simple.values.has(String(value));
  }

  private read(xsd: string): void {
    let complex: ComplexType | undefined;
    let simple: SimpleType | undefined;
    // the type that is being read, and what is open inside of it
    const open: boolean[] = [];
    const tags = xsd.replaceAll(/<!--.*?-->/gs, '').matchAll(/<(\/?)xs:(\w+)((?:\s[^>]*?)?)(\/?)>/g);
    for (const [, closing, tag = '', rest = '', empty] of tags) {
      const attribute = (name: string) =>
        new RegExp(`\\s${name}="([^"]*)"`).exec(rest)?.[1]?.replace(/^(?!xs:)\w+:/, '');
      const nests = tag === 'complexType' || tag === 'group';
      const holds = nests && attribute('ref') === undefined;
      if (closing) {
        if (nests && open.pop() && !open.includes(true)) complex = undefined;
        if (tag === 'simpleType') simple = undefined;
      } else if (nests) {
        if (!empty) open.push(holds);
        if (!holds) this.enter(complex, tag, attribute);
        else if (complex === undefined && !empty) {
          complex = { groups: [], members: new Map(), text: false };
          this.types.set(attribute('name') ?? '', complex);
        }
      } else if (tag === 'simpleType') {
        simple = { base: 'xs:string', values: new Set() };
        const name = attribute('name');
        if (name !== undefined) this.simple.set(name, simple);
      } else if (simple !== undefined) {
        if (tag === 'restriction') simple.base = attribute('base') ?? 'xs:string';
        if (tag === 'enumeration') simple.values.add(attribute('value') ?? '');
      } else this.enter(complex, tag, attribute);
    }
  }

  private enter(
    type: ComplexType | undefined,
    tag: string,
    attribute: (name: string) => string | undefined,
  ): void {
    const name = attribute('name') ?? attribute('ref');
    if (tag === 'element' && name !== undefined) this.elements.add(name);
    if (type === undefined) {
      if (attribute('substitutionGroup') === 'IntuitObject') {
        this.entities.set(name ?? '', attribute('type') ?? '');
      }
      return;
    }
    if (tag === 'simpleContent') type.text = true;
    if (tag === 'group') type.groups.push(name ?? '');
    if (tag === 'extension' && !type.text) type.base = attribute('base') ?? '';
    if ((tag === 'element' || tag === 'attribute') && name !== undefined) {
      type.members.set(name, attribute('type') ?? name);
    }
  }
}

const NUMBER = /^xs:(decimal|int|long|integer|positiveInteger|nonNegativeInteger|float|double)$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

function fitsBase(value: unknown, type: string): boolean {
  // seven places are more than any amount or rate has: 0.30000000000000004 was never printed by a ledger
  if (NUMBER.test(type)) return typeof value === 'number' && /^-?\d+(\.\d{1,7})?$/.test(String(value));
  if (type === 'xs:boolean') return typeof value === 'boolean';
  if (typeof value !== 'string') return false;
  if (type === 'xs:date') return /^\d{4}-\d\d-\d\d$/.test(value);
  return type !== 'xs:dateTime' || INSTANT.test(value);
}
