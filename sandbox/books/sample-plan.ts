/** What happens in a sample company's half year, as a list of invoices with their fate. Pure; days are company days. */
import { drawBehaviour } from './calibration.ts';
import type { SandboxInvoice, SandboxLine } from './model.ts';
import type { Prng } from './prng.ts';
import type { SampleCustomer, SampleCustomers } from './sample-customers.ts';
import type { Sample } from './sample-names.ts';

export interface PlannedInvoice {
  readonly customer: SampleCustomer;
  readonly date: string;
  readonly dueDate?: string;
  readonly lines: SandboxLine[];
  readonly disputed: boolean;
  /** Paid in full on this day. */
  readonly settledOn?: string;
  /** Share of the total (0 to 1) paid some days after the invoice was made. */
  readonly partPaid?: number;
  /** A credit of this kind, left unapplied, of this share of the total. */
  readonly credit?: {
    readonly kind: 'credit_note' | 'overpayment' | 'prepayment' | 'payment';
    readonly share: number;
  };
  readonly change?: Partial<SandboxInvoice>;
  readonly fate?: 'unsent' | 'unnumbered' | 'voided' | 'archived' | 'merged';
}

const HISTORY = 124;
const HALF_YEAR = 182;

/** All invoices of the half year before `today`, oldest first. */
export function planInvoices(
  sample: Sample,
  people: SampleCustomers,
  today: string,
  random: Prng,
): PlannedInvoice[] {
  const plan = [
    ...history(sample, people, today, random),
    ...overdue(sample, people, today, random),
    ...oddities(sample, people, today, random),
  ];
  return plan.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

/** The ordinary course of business: lateness and disputes drawn from the calibrated distributions. */
function history(sample: Sample, people: SampleCustomers, today: string, random: Prng): PlannedInvoice[] {
  const everyone = [...people.ordinary, ...people.ordinary, ...people.foreign];
  // dealt, not drawn: every customer has its turns, so that a small sample keeps the calibrated shares
  let deck: SampleCustomer[] = [];
  return Array.from({ length: HISTORY }, (_, i) => {
    if (deck.length === 0) deck = random.shuffled(everyone);
    const customer = deck.pop() ?? random.pick(everyone);
    const date = workday(daysFrom(today, -Math.round((HALF_YEAR * (HISTORY - i)) / HISTORY)));
    const dueDate = daysFrom(date, customer.termsDays);
    const { disputed, daysAfterDue } = drawBehaviour(random, customer.lateShare, customer.termsDays);
    const settledOn = daysFrom(dueDate, daysAfterDue);
    const lines = drawLines(sample, random);
    return { customer, date, dueDate, disputed, lines, ...(settledOn < today && { settledOn }) };
  });
}

/** The debts this product is for: past due since so many days, each with its complication. */
function overdue(sample: Sample, people: SampleCustomers, today: string, random: Prng): PlannedInvoice[] {
  const { odd } = people;
  const [a, b, c, d, e, f] = random.shuffled(people.ordinary);
  const cases: readonly [daysPastDue: number, SampleCustomer | undefined, Partial<PlannedInvoice>?][] = [
    [1, a],
    [4, odd.quotes],
    [6, b],
    [9, odd.manyEmails],
    [11, c, { partPaid: 0.4 }],
    [13, people.foreign[0] ?? odd.rightToLeft],
    [16, odd.noEmail],
    [24, d, { credit: { kind: 'credit_note', share: 1.1 } }],
    [27, e, { credit: { kind: 'payment', share: 0.25 } }],
    [38, odd.emoji, { fate: 'unsent' }],
    [47, odd.childBilled],
    [52, odd.childOwn, { partPaid: 0.75 }],
    [64, odd.persons],
    [93, f],
  ];
  return cases.flatMap(([daysPastDue, customer, more]) => {
    if (customer === undefined) return [];
    const dueDate = daysFrom(today, -daysPastDue);
    const date = daysFrom(dueDate, -customer.termsDays);
    return [{ customer, date, dueDate, disputed: false, lines: drawLines(sample, random), ...more }];
  });
}

type OddCase = [age: number, terms: number | undefined, SampleCustomer | undefined, Partial<PlannedInvoice>?];

/** What QuickBooks does not know: drafts, submitted invoices and prepayments. */
function onlyAtXero(...[a, b, c]: readonly (SampleCustomer | undefined)[]): OddCase[] {
  return [
    [3, 30, a, { change: { status: 'draft' }, fate: 'unsent' }],
    [40, 30, b, { change: { status: 'submitted' }, fate: 'unsent' }],
    [12, 30, c, { credit: { kind: 'prepayment', share: 0.3 } }],
  ];
}

/** One of everything that a book may hold and that must not be chased, or not yet. */
function oddities(sample: Sample, people: SampleCustomers, today: string, random: Prng): PlannedInvoice[] {
  const { odd } = people;
  const [a, b, c, d, e] = random.shuffled(people.ordinary);
  const draft = sample.company.vendor === 'xero';
  const zero = [{ description: 'Warranty visit, no charge', quantity: 1, unitMinor: 0, amountMinor: 0 }];
  const negative = [
    { description: 'Return of materials', quantity: 1, unitMinor: -8_500, amountMinor: -8_500 },
  ];
  const note = { change: { reference: '/Date(1700000000000+0000)/' } };
  const cases: readonly OddCase[] = [
    [30, 30, odd.markup],
    [20, undefined, odd.dateText, note],
    [14, 30, odd.rightToLeft],
    [25, 30, odd.parent, { change: { billEmail: 'finance@halvorsen-group.example' } }],
    [40, 30, a, { lines: zero }],
    [35, 30, b, { lines: negative }],
    [50, 30, c, { fate: 'voided' }],
    [8, 30, d, { fate: 'unnumbered' }],
    [
      45,
      30,
      e,
      { settledOn: daysFrom(today, -9), credit: { kind: draft ? 'overpayment' : 'payment', share: 0.1 } },
    ],
    [150, 30, odd.archived, { settledOn: daysFrom(today, -112), fate: 'archived' }],
    [120, 30, odd.merged, { settledOn: daysFrom(today, -95), fate: 'merged' }],
    ...(draft ? onlyAtXero(a, b, c) : []),
  ];
  return cases.flatMap(([age, terms, customer, more]) => {
    if (customer === undefined) return [];
    const date = daysFrom(today, -age);
    const due = terms === undefined ? {} : { dueDate: daysFrom(date, terms) };
    return [{ customer, date, ...due, disputed: false, lines: drawLines(sample, random), ...more }];
  });
}

function drawLines(sample: Sample, random: Prng): SandboxLine[] {
  return Array.from({ length: random.pick([1, 1, 1, 2, 2, 3]) }, () => {
    const [description, least, most] = random.pick(sample.trade);
    const unitMinor = random.whole(least * 4, most * 4) * 25;
    const quantity = most < 800 ? random.pick([1, 1, 2, 3]) : 1;
    return { description, quantity, unitMinor, amountMinor: quantity * unitMinor };
  });
}

/** The day so many days later (or, with a minus, earlier). */
export function daysFrom(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** The same day, or the Friday before a weekend. */
function workday(day: string): string {
  const late = Temporal.PlainDate.from(day).dayOfWeek - 5;
  return late > 0 ? daysFrom(day, -late) : day;
}
