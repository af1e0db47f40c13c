/** Writes a sample company into the books: its half year, event by event, each stamped with its own moment. */

import type { Desk } from './desk.ts';
import { seededUuid } from './ids.ts';
import type { BooksApi, SandboxInvoice } from './model.ts';
import { type Prng, prng } from './prng.ts';
import { dayIn } from './readings.ts';
import { addCustomers } from './sample-customers.ts';
import type { Sample } from './sample-names.ts';
import { daysFrom, type PlannedInvoice, planInvoices } from './sample-plan.ts';

interface Moment {
  readonly at: string;
  readonly happen: () => void;
}

/** Generates the company as it stands at the desk's "now" and returns its id. The same seed gives the same company. */
export function generate(desk: Desk, books: BooksApi, sample: Sample, seed: number): string {
  const { vendor, timeZone } = sample.company;
  const random = prng(seed * 2 + (vendor === 'xero' ? 1 : 0));
  const id = vendor === 'xero' ? seededUuid(`${seed}/${sample.company.name}`) : realmId(random);
  const now = desk.stamp();
  const today = dayIn(now, timeZone);
  desk.write(() => {
    books.addCompany({ ...sample.company, id });
    const started = instantOf(daysFrom(today, -200), '09:00', timeZone, now);
    const people = desk.backdate(started, () => addCustomers(books, id, sample, random));
    const moments: Moment[] = [];
    const writer = { books, id, sample, moments, now, today, random, numbers: numbering(sample) };
    for (const planned of planInvoices(sample, people, today, random)) schedule(writer, planned);
    moments.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    for (const { at, happen } of moments) desk.backdate(at, happen);
    desk.backdate(instantOf(daysFrom(today, -60), '16:00', timeZone, now), () => {
      books.mergeCustomer(id, people.odd.merged.id, people.ordinary[vendor === 'xero' ? 0 : 1]?.id ?? '');
      books.updateCustomer(id, people.odd.archived.id, { active: false });
    });
  });
  return id;
}

interface Writer {
  readonly books: BooksApi;
  readonly id: string;
  readonly sample: Sample;
  readonly moments: Moment[];
  readonly now: string;
  readonly today: string;
  readonly random: Prng;
  readonly numbers: () => string;
}

function schedule(writer: Writer, planned: PlannedInvoice): void {
  const { books, id, moments, random } = writer;
  const minute = () => String(random.whole(0, 59)).padStart(2, '0');
  const at = (day: string, time: string) => instantOf(day, time, writer.sample.company.timeZone, writer.now);
  const totalMinor = planned.lines.reduce((sum, line) => sum + line.amountMinor, 0);
  let invoice: SandboxInvoice | undefined;
  const made = at(planned.date, `09:${minute()}`);
  moments.push({
    at: made,
    happen: () => {
      invoice = addInvoice(writer, planned, totalMinor, made);
    },
  });
  const later = (day: string, time: string, act: (one: SandboxInvoice) => void) =>
    moments.push({ at: at(day, time), happen: () => invoice && act(invoice) });
  if (planned.settledOn) {
    const day = planned.settledOn;
    later(day, `14:${minute()}`, (one) => pay(writer, one, day, totalMinor, totalMinor));
  }
  if (planned.partPaid) {
    const minor = Math.round((totalMinor * planned.partPaid) / 100) * 100;
    const day = daysFrom(planned.dueDate ?? planned.date, -2);
    later(day, `15:${minute()}`, (one) => pay(writer, one, day, minor, minor));
  }
  if (planned.credit) {
    const { kind, share } = planned.credit;
    const minor = Math.max(100, Math.round((totalMinor * share) / 100) * 100);
    const day = daysFrom(writer.today, -5);
    later(day, `16:${minute()}`, (one) => {
      if (kind === 'payment') return pay(writer, one, day, minor, 0);
      const { customerId, currency } = one;
      const number = kind === 'credit_note' ? { number: `CN-${writer.numbers()}` } : {};
      books.addCredit(id, {
        customerId,
        kind,
        date: day,
        currency,
        totalMinor: minor,
        status: 'open',
        ...number,
      });
    });
  }
  if (planned.fate === 'voided')
    later(daysFrom(planned.date, 3), '11:20', (one) => books.voidInvoice(id, one.id));
}

function addInvoice(writer: Writer, planned: PlannedInvoice, totalMinor: number, at: string): SandboxInvoice {
  const { customer, fate, settledOn } = planned;
  return writer.books.addInvoice(writer.id, {
    customerId: customer.id,
    date: planned.date,
    currency: customer.currency,
    totalMinor,
    status: 'open',
    lines: planned.lines,
    disputed: planned.disputed,
    ...(fate !== 'unnumbered' && { number: writer.numbers() }),
    ...(planned.dueDate && { dueDate: planned.dueDate }),
    ...(fate !== 'unsent' && { sentAt: at }),
    ...(settledOn && { settlesOn: settledOn }),
    ...planned.change,
  });
}

function pay(
  writer: Writer,
  invoice: SandboxInvoice,
  date: string,
  totalMinor: number,
  applyMinor: number,
): void {
  const { customerId, currency } = invoice;
  writer.books.addPayment(
    writer.id,
    {
      customerId,
      date,
      currency,
      totalMinor,
      status: 'open',
      reference: writer.random.pick(['ACH', 'Card', 'Cheque', 'Transfer']),
    },
    applyMinor > 0 ? [{ invoiceId: invoice.id, amountMinor: applyMinor }] : [],
  );
}

function numbering(sample: Sample): () => string {
  let n = sample.firstNumber;
  return () => sample.numbered(n++);
}

/** A QuickBooks realm id is a string of 16 digits, above what a float holds exactly. */
function realmId(random: Prng): string {
  return `934145${Array.from({ length: 10 }, () => random.whole(0, 9)).join('')}`;
}

/** The instant of a local time, but never later than `now`. */
function instantOf(day: string, time: string, timeZone: string, now: string): string {
  const at = Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timeZone).epochMilliseconds;
  return new Date(Math.min(at, Date.parse(now))).toISOString();
}
