/** QuickBooks' query language, read strictly. Pure. */
type Operator = '=' | '<' | '>' | '<=' | '>=' | 'LIKE' | 'IN';

export interface Condition {
  readonly property: string;
  readonly operator: Operator;
  /** One value; for IN all of them. */
  readonly values: readonly string[];
}

export interface Query {
  readonly entity: string;
  readonly count: boolean;
  readonly where: readonly Condition[];
  readonly order: readonly { readonly property: string; readonly descending: boolean }[];
  /** 1-based. */
  readonly start: number;
  /** At most 1000; more is silently cut. */
  readonly max: number;
}

/** A query that can't be answered: 4000 does not parse, 4001 parses but makes no sense. */
export class QueryError extends Error {
  constructor(
    readonly code: '4000' | '4001',
    detail: string,
  ) {
    super(detail);
    this.name = 'QueryError';
  }
}

type Kind = 'word' | 'text' | 'number' | 'sign' | 'end';

interface Token {
  readonly kind: Kind;
  readonly text: string;
  readonly column: number;
}

const TOKEN = /\s*(?:'((?:\\.|[^'\\])*)'|([A-Za-z_][\w.]*)|(-?\d+(?:\.\d+)?)|(<=|>=|[*,()=<>]))/y;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    const column = at + 1 + (text.slice(at).length - text.slice(at).trimStart().length);
    if (found === null)
      throw new QueryError('4000', `QueryParserError: Lexical error at line 1, column ${column}.`);
    const [, quoted, word, number, sign] = found;
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replaceAll(/\\(.)/gs, '$1'), column });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, column });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, column });
    else tokens.push({ kind: 'sign', text: sign ?? '', column });
    at = TOKEN.lastIndex;
  }
  tokens.push({ kind: 'end', text: '<EOF>', column: text.length + 1 });
  return tokens;
}

class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  get next(): Token {
    return this.tokens[this.at] ?? { kind: 'end', text: '<EOF>', column: 0 };
  }

  fail(): never {
    const { text, column } = this.next;
    throw new QueryError('4000', `QueryParserError: Encountered "${text}" at line 1, column ${column}.`);
  }

  /** Takes the next token when it is this keyword or sign; keywords in any case. */
  take(text: string): boolean {
    const { kind } = this.next;
    if ((kind !== 'word' && kind !== 'sign') || this.next.text.toUpperCase() !== text) return false;
    this.at += 1;
    return true;
  }

  need(text: string): void {
    if (!this.take(text)) this.fail();
  }

  of(kind: Kind): string {
    const { text } = this.next;
    if (this.next.kind !== kind) this.fail();
    this.at += 1;
    return text;
  }
}

/** Reads `SELECT * | count(*) FROM Entity [WHERE …] [ORDERBY …] [STARTPOSITION n] [MAXRESULTS n]`. */
export function parseQuery(text: string): Query {
  const reader = new Reader(tokenize(text));
  reader.need('SELECT');
  const count = reader.take('COUNT');
  if (count) for (const sign of ['(', '*', ')']) reader.need(sign);
  else reader.need('*');
  reader.need('FROM');
  const entity = reader.of('word');
  const where = reader.take('WHERE') ? list(reader, 'AND', condition) : [];
  const order = orderBy(reader);
  const start = reader.take('STARTPOSITION') ? atLeast(reader, 1) : 1;
  const max = reader.take('MAXRESULTS') ? Math.min(1000, atLeast(reader, 0)) : 100;
  reader.of('end');
  return { entity, count, where, order, start, max };
}

function list<T>(reader: Reader, separator: string, one: (reader: Reader) => T): T[] {
  const found = [one(reader)];
  while (reader.take(separator)) found.push(one(reader));
  return found;
}

function condition(reader: Reader): Condition {
  const property = reader.of('word');
  if (reader.take('IN')) {
    reader.need('(');
    const values = list(reader, ',', value);
    reader.need(')');
    return { property, operator: 'IN', values };
  }
  for (const operator of ['=', '<=', '>=', '<', '>', 'LIKE'] as const) {
    if (reader.take(operator)) return { property, operator, values: [value(reader)] };
  }
  return reader.fail();
}

/** Values are quoted, numbers too; only true and false may stand bare. */
function value(reader: Reader): string {
  if (reader.take('TRUE')) return 'true';
  if (reader.take('FALSE')) return 'false';
  return reader.of('text');
}

function orderBy(reader: Reader): Query['order'] {
  if (reader.take('ORDER')) reader.need('BY');
  else if (!reader.take('ORDERBY')) return [];
  return list(reader, ',', (one) => {
    const property = one.of('word');
    const descending = one.take('DESC');
    if (!descending) one.take('ASC');
    return { property, descending };
  });
}

function atLeast(reader: Reader, least: number): number {
  const number = Number(reader.of('number'));
  if (number < least) {
    throw new QueryError(
      '4001',
      `QueryValidationError: value ${number} is too small. Min allowed value is ${least}.`,
    );
  }
  return Math.floor(number);
}
