import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { bookTruth } from '../../sandbox/books/book.ts';
import { openBooks } from '../../sandbox/books/books.ts';
import { readBook } from '../../sandbox/books/csv.ts';
import { openStore } from '../../sandbox/store.ts';

const HEAD =
  'countrycode,customerID,PaperlessDate,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,Disputed,SettledDate,PaperlessBill,DaysToSettle,DaysLate';
const row = (
  customer: string,
  number: string,
  date: string,
  due: string,
  amount: string,
  disputed: string,
  settled: string,
) => `391,${customer},01/01/2013,${number},${date},${due},${amount},${disputed},${settled},Paper,0,0`;
const BOOK = [
  HEAD,
  row('B-2', '900', '02/01/2013', '01/02/2013', '10.5', 'No', '10/02/2013'),
  row('A-1', '901', '01/01/2013', '31/01/2013', '99.99', 'Yes', '20/01/2013'),
  row('A-1', '902', '15/01/2013', '14/02/2013', '7', 'No', '14/02/2013'),
  '',
].join('\r\n');

const dir = mkdtempSync(join(tmpdir(), 'sandbox-csv-'));
afterAll(() => rmSync(dir, { recursive: true }));

function opened(now: string, dataDir?: string) {
  const bookFile = join(dir, 'book.csv');
  writeFileSync(bookFile, BOOK);
  const store = openStore(dataDir);
  const clock = { now: () => new Date(now), set: () => {} };
  return { ...openBooks(store, clock, { seed: 1, bookFile }), close: () => store.close() };
}

const states = ({ books }: ReturnType<typeof opened>) =>
  books.companies().map((one) => bookTruth(books, one.id).map((truth) => [truth.number, truth.balanceMinor]));

describe('a real book', () => {
  it('lets invoices appear and settle on their days in the zone of the company, however the clock steps', () => {
    const book = opened('2012-12-31T12:00:00Z');
    expect(states(book)).toEqual([[], []]);
    book.advance(new Date('2013-01-01T04:59:59Z'));
    expect(states(book)).toEqual([[], []]);
    book.advance(new Date('2013-01-02T12:00:00Z'));
    expect(states(book)).toEqual([[['901', 9_999]], [['900', 1_050]]]);
    book.advance(new Date('2013-01-20T12:00:00Z'));
    book.advance(new Date('2013-01-20T12:00:00Z'));
    expect(states(book)).toEqual([
      [
        ['901', 0],
        ['902', 700],
      ],
      [['900', 1_050]],
    ]);
    book.advance(new Date('2013-12-01T12:00:00Z'));
    const leap = opened('2013-12-01T12:00:00Z');
    for (const { id } of book.books.companies()) {
      expect(leap.books.invoices(id)).toEqual(book.books.invoices(id));
      expect(leap.books.payments(id)).toEqual(book.books.payments(id));
    }
  });

  it('goes on where it was after a restart, and tells the truth of each invoice', () => {
    const dataDir = join(dir, 'data');
    const first = opened('2013-01-16T12:00:00Z', dataDir);
    first.close();
    const second = opened('2013-02-12T12:00:00Z', dataDir);
    expect(states(second)).toEqual([
      [
        ['901', 0],
        ['902', 700],
      ],
      [['900', 0]],
    ]);
    const [id = ''] = second.books.companies().map((one) => one.id);
    expect(bookTruth(second.books, id)[0]).toMatchObject({
      number: '901',
      date: '2013-01-01',
      due: '2013-01-31',
      settlesOn: '2013-01-20',
      disputed: true,
      totalMinor: 9_999,
    });
    second.close();
  });

  it('leaves alone what was paid or voided by hand in the meantime', () => {
    const book = opened('2013-01-16T12:00:00Z');
    const [id = ''] = book.books.companies().map((one) => one.id);
    const [first] = book.books.invoices(id);
    book.books.voidInvoice(id, first?.id ?? '');
    book.advance(new Date('2013-03-01T12:00:00Z'));
    expect(book.books.payments(id).map((payment) => payment.totalMinor)).toEqual([700]);
  });

  it('names every bad line of a file', () => {
    const bad = [
      HEAD,
      row('A-1', '1', '31/02/2013', '01/03/2013', '5', 'No', '02/03/2013'),
      row('', '2', '01/01/2013', '31/01/2013', '1.234', 'No', '20/01/2013'),
      row('A-1', '3', '01/01/2013', '31/01/2013', '-5', 'Maybe', '31/12/2012'),
      row('A-1', '3', '01/01/2013', '31/01/2013', '5', 'No', '01/02/2013'),
      'short,row',
    ].join('\n');
    expect(() => readBook(bad)).toThrow(
      expect.objectContaining({
        faults: [
          'line 2: InvoiceDate "31/02/2013" is not a day written day/month/year',
          'line 3: customerID is empty',
          'line 3: InvoiceAmount "1.234" is not an amount with at most two decimals',
          'line 4: SettledDate lies before InvoiceDate',
          'line 4: Disputed "Maybe" is neither Yes nor No',
          'line 4: InvoiceAmount "-5" is not an amount with at most two decimals',
          'line 5: invoice 3 is on line 4 already',
          'line 6: 2 fields where the head has 12',
        ],
      }),
    );
    expect(() => readBook('a,b\n1,2')).toThrow('InvoiceDate');
    expect(() => readBook(HEAD)).toThrow('no row');
  });
});
