import { queryError } from '../wire/problem.ts';

/** What a filter can look at: member names (dotted for nested ones) to plain values; instants and days as ms. */
export type Row = (name: string) => Value | undefined;
export type Value = string | number | boolean | null;
export type Test = (row: Row) => boolean;

type Token = { kind: 'text' | 'number' | 'word' | 'sign'; text: string };

const PATTERN =
  /\s*(?:"((?:[^"\\]|\\.)*)"|(\d+(?:\.\d+)?)|([A-Za-z_][\w.]*)|(&&|\|\||==|!=|<=|>=|<|>|=|\(|\)|,|-))/y;

/**
 * Reads Xero's `where`: comparisons joined by AND/OR/&&/||, parentheses, `DateTime(y,m,d[,h,m,s])`, `guid("…")`,
 * `null`, and `Name.Contains("…")`, StartsWith, EndsWith. Throws the QueryParseException that Xero answers.
 */
export function parseWhere(source: string): Test {
  const parser = new Parser(tokens(source));
  const test = parser.either();
  parser.end();
  return test;
}

function tokens(source: string): Token[] {
  const found: Token[] = [];
  PATTERN.lastIndex = 0;
  while (PATTERN.lastIndex < source.trimEnd().length) {
    const at = PATTERN.lastIndex;
    const match = PATTERN.exec(source);
    if (match === null)
      throw queryError(`Unexpected character at position ${at}: ${source.slice(at, at + 10)}`);
    const [, text, number, word, sign] = match;
    if (text !== undefined) found.push({ kind: 'text', text: text.replace(/\\(.)/g, '$1') });
    else if (number !== undefined) found.push({ kind: 'number', text: number });
    else if (word !== undefined) found.push({ kind: 'word', text: word });
    else found.push({ kind: 'sign', text: sign ?? '' });
  }
  return found;
}

class Parser {
  private at = 0;
  constructor(private readonly list: readonly Token[]) {}

  either(): Test {
    let left = this.both();
    while (this.take('OR', '||')) {
      const [a, b] = [left, this.both()];
      left = (row) => a(row) || b(row);
    }
    return left;
  }

  end(): void {
    const rest = this.list[this.at];
    if (rest) throw queryError(`Syntax error near '${rest.text}'`);
  }

  private both(): Test {
    let left = this.single();
    while (this.take('AND', '&&')) {
      const [a, b] = [left, this.single()];
      left = (row) => a(row) && b(row);
    }
    return left;
  }

  private single(): Test {
    if (this.take('(')) {
      const inner = this.either();
      this.need(')');
      return inner;
    }
    const name = this.next('word').text;
    const method = /^(.+)\.(Contains|StartsWith|EndsWith|ToString)$/.exec(name);
    if (method && method[2] !== 'ToString' && this.take('('))
      return this.method(method[1] ?? '', method[2] ?? '');
    const sign = this.next('sign').text;
    if (!SIGNS.has(sign)) throw queryError(`Operator '${sign}' is not understood`);
    const value = this.value();
    return (row) => compare(known(row, name), sign, value);
  }

  private method(name: string, kind: string): Test {
    const part = this.next('text').text.toLowerCase();
    this.need(')');
    if (this.take('==', '=')) this.next('word');
    return (row) => {
      const text = String(known(row, name) ?? '').toLowerCase();
      if (kind === 'Contains') return text.includes(part);
      return kind === 'StartsWith' ? text.startsWith(part) : text.endsWith(part);
    };
  }

  private value(): Value {
    if (this.take('-')) return -Number(this.next('number').text);
    const token = this.list[this.at++];
    if (token === undefined) throw queryError('Unexpected end of the where clause');
    if (token.kind === 'text') return token.text;
    if (token.kind === 'number') return Number(token.text);
    const word = token.text.toLowerCase();
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    if (word === 'guid') return this.arguments('text')[0]?.toLowerCase() ?? null;
    if (word === 'datetime') return instant(this.arguments('number').map(Number));
    throw queryError(`No property or field '${token.text}' exists in this position`);
  }

  private arguments(kind: Token['kind']): string[] {
    this.need('(');
    const found: string[] = [];
    do found.push(this.next(kind).text);
    while (this.take(','));
    this.need(')');
    return found;
  }

  private take(...texts: string[]): boolean {
    const token = this.list[this.at];
    if (!token || token.kind === 'text' || !texts.includes(token.text.toUpperCase())) return false;
    this.at += 1;
    return true;
  }

  private need(text: string): void {
    if (!this.take(text)) throw queryError(`'${text}' expected`);
  }

  private next(kind: Token['kind']): Token {
    const token = this.list[this.at++];
    if (token?.kind !== kind) throw queryError(`Syntax error near '${token?.text ?? 'the end'}'`);
    return token;
  }
}

const SIGNS = new Set(['==', '=', '!=', '<', '>', '<=', '>=']);

function instant(parts: readonly number[]): number {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function known(row: Row, name: string): Value {
  const value = row(name);
  if (value === undefined) throw queryError(`No property or field '${name}' exists`);
  return value;
}

function compare(left: Value, sign: string, right: Value): boolean {
  const [a, b] =
    typeof left === 'string' && typeof right === 'string'
      ? [left.toLowerCase(), right.toLowerCase()]
      : [left, right]; // prettier-ignore
  if (sign === '==' || sign === '=') return a === b;
  if (sign === '!=') return a !== b;
  if (a === null || b === null || typeof a !== typeof b) return false;
  if (sign === '<') return a < b;
  if (sign === '>') return a > b;
  return sign === '<=' ? a <= b : a >= b;
}
