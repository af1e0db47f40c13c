/** A book of real receivables as CSV: see the columns below; dates are day/month/year. Pure. */
export interface BookRow {
  readonly line: number;
  readonly customer: string;
  readonly number: string;
  /** Days, `YYYY-MM-DD`. */
  readonly date: string;
  readonly dueDate: string;
  readonly settlesOn: string;
  readonly totalMinor: number;
  readonly disputed: boolean;
}

/** Everything that is wrong with the file, each with its line. */
export class BookFileError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The book can't be loaded:\n- ${faults.slice(0, 20).join('\n- ')}`);
    this.name = 'BookFileError';
  }
}

const COLUMNS = [
  'customerID',
  'invoiceNumber',
  'InvoiceDate',
  'DueDate',
  'InvoiceAmount',
  'Disputed',
  'SettledDate',
] as const;
type Column = (typeof COLUMNS)[number];

/** Reads the rows in the order of the file; throws BookFileError that names every bad line. */
export function readBook(text: string): BookRow[] {
  const [head = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const names = cells(head);
  const missing = COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0) throw new BookFileError([`line 1: the columns ${missing.join(', ')} are missing`]);
  const faults: string[] = [];
  const seen = new Map<string, number>();
  const rows = lines.flatMap((words, i) => {
    if (words.trim() === '') return [];
    const line = i + 2;
    const fields = cells(words);
    if (fields.length !== names.length) {
      faults.push(`line ${line}: ${fields.length} fields where the head has ${names.length}`);
      return [];
    }
    const field = (column: Column) => fields[names.indexOf(column)]?.trim() ?? '';
    const row = readRow(line, field, (fault) => faults.push(`line ${line}: ${fault}`));
    const before = seen.get(row.number);
    if (before !== undefined) faults.push(`line ${line}: invoice ${row.number} is on line ${before} already`);
    seen.set(row.number, line);
    return [row];
  });
  if (rows.length === 0 && faults.length === 0) faults.push('there is no row below the head');
  if (faults.length > 0) throw new BookFileError(faults);
  return rows;
}

function readRow(line: number, field: (column: Column) => string, fault: (words: string) => void): BookRow {
  const day = (column: Column) => {
    const found = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(field(column));
    try {
      const [, d, m, y] = (found ?? []).map(Number);
      return Temporal.PlainDate.from(
        { year: y ?? 0, month: m ?? 0, day: d ?? 0 },
        { overflow: 'reject' },
      ).toString();
    } catch {
      fault(`${column} "${field(column)}" is not a day written day/month/year`);
      return '';
    }
  };
  const filled = (column: Column) => {
    if (field(column) === '') fault(`${column} is empty`);
    return field(column);
  };
  const [date, dueDate, settlesOn] = [day('InvoiceDate'), day('DueDate'), day('SettledDate')];
  if (dueDate && dueDate < date) fault(`DueDate lies before InvoiceDate`);
  if (settlesOn && settlesOn < date) fault(`SettledDate lies before InvoiceDate`);
  const disputed = field('Disputed');
  if (!/^(yes|no)$/i.test(disputed)) fault(`Disputed "${disputed}" is neither Yes nor No`);
  return {
    line,
    customer: filled('customerID'),
    number: filled('invoiceNumber'),
    date,
    dueDate,
    settlesOn,
    totalMinor: cents(field('InvoiceAmount'), fault),
    disputed: /^yes$/i.test(disputed),
  };
}

/** Two decimals at most, as text: a float never touches the amount. */
function cents(text: string, fault: (words: string) => void): number {
  const found = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text);
  if (found === null) {
    fault(`InvoiceAmount "${text}" is not an amount with at most two decimals`);
    return 0;
  }
  return Number(`${found[1]}${(found[2] ?? '').padEnd(2, '0')}`);
}

/** The fields of a line; a field may stand in double quotes, with "" for a quote in it. */
function cells(line: string): string[] {
  const found: string[] = [];
  for (const match of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    found.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
  }
  return found;
}
