/** What an array holds, as PostgreSQL names it. */
export type ElementType = 'text' | 'bigint' | 'date' | 'timestamptz' | 'boolean';

/** PostgreSQL's own numbers of its types (pg_type.dat): fixed for ever. */
const oidOf: Readonly<Record<ElementType, number>> = {
  text: 25,
  bigint: 20,
  date: 1082,
  timestamptz: 1184,
  boolean: 16,
};

/** PostgreSQL counts days and microseconds from 2000-01-01. */
const epochMs = Date.UTC(2000, 0, 1);
const dayMs = 86_400_000;
const headerBytes = 20;
const nullLength = -1;

/** A value for one element: day `YYYY-MM-DD`, instant as ISO text or Date, integer, text, or nothing. */
export type Element = string | number | boolean | Date | null;

/**
 * One column of many rows as a parameter for `$1::text[]`, in PostgreSQL's binary form: it takes a fraction of the time
 * that the text form takes to read. A NUL, which PostgreSQL's text can't hold, and half a surrogate pair become U+FFFD.
 * Throws RangeError for a day, an instant or an integer that isn't one.
 */
export function binaryArray(type: ElementType, values: readonly Element[]): Buffer {
  const writer = new Writer(headerBytes + values.length * 16);
  writer.int32(1); // dimensions
  writer.int32(values.includes(null) ? 1 : 0);
  writer.int32(oidOf[type]);
  writer.int32(values.length);
  writer.int32(1); // the first one's number
  for (const value of values) {
    if (value === null) writer.int32(nullLength);
    else write[type](writer, value);
  }
  // PostgreSQL knows no array of nothing in one dimension
  if (values.length === 0) return binaryEmpty(type);
  return writer.bytes();
}

function binaryEmpty(type: ElementType): Buffer {
  const writer = new Writer(headerBytes);
  for (const part of [0, 0, oidOf[type]]) writer.int32(part);
  return writer.bytes();
}

const write: Readonly<Record<ElementType, (writer: Writer, value: Exclude<Element, null>) => void>> = {
  text: (writer, value) => writer.text(String(value)),
  bigint: (writer, value) => writer.int64(exact(Number(value), value)),
  date: (writer, value) => {
    writer.int32(4);
    writer.int32(exact((Date.parse(String(value)) - epochMs) / dayMs, value));
  },
  timestamptz: (writer, value) => {
    const ms = value instanceof Date ? value.getTime() : Date.parse(String(value));
    writer.int64(exact((ms - epochMs) * 1_000, value));
  },
  boolean: (writer, value) => {
    writer.int32(1);
    writer.byte(value === true ? 1 : 0);
  },
};

function exact(number: number, of: unknown): number {
  if (!Number.isSafeInteger(number)) throw new RangeError(`${String(of)} can't be stored exactly`);
  return number;
}

/** A buffer that grows. */
class Writer {
  #buffer: Buffer;
  #at = 0;

  constructor(size: number) {
    this.#buffer = Buffer.allocUnsafe(size);
  }

  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#at);
  }

  byte(value: number): void {
    this.#need(1);
    this.#buffer[this.#at++] = value;
  }

  int32(value: number): void {
    this.#need(4);
    this.#at = this.#buffer.writeInt32BE(value, this.#at);
  }

  /** With its length before it, as two halves: twenty times faster than a BigInt. */
  int64(value: number): void {
    this.#need(12);
    const high = Math.floor(value / 2 ** 32);
    this.#at = this.#buffer.writeInt32BE(8, this.#at);
    this.#at = this.#buffer.writeInt32BE(high, this.#at);
    this.#at = this.#buffer.writeUInt32BE(value - high * 2 ** 32, this.#at);
  }

  /** With its length before it. */
  text(value: string): void {
    const clean = value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
    this.#need(4 + clean.length * 3);
    const bytes = this.#buffer.write(clean, this.#at + 4, 'utf8');
    this.#buffer.writeInt32BE(bytes, this.#at);
    this.#at += 4 + bytes;
  }

  #need(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#at + bytes));
    this.#buffer.copy(larger, 0, 0, this.#at);
    this.#buffer = larger;
  }
}
