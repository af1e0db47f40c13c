import { addDays, type Day, daysBetween, instantAt, weekday } from '../domain/day.ts';
import type { Known } from '../dunning/decide.ts';
import { emptyHistory } from '../dunning/history.ts';
import { type BookAhead, type SimulatedTouch, simulate } from '../dunning/simulate.ts';
import { type Channel, channels } from '../policies/step.ts';
import type { HoldFact } from '../receivables/holds.ts';
import { type ReconcileInput, reconcile } from '../receivables/reconcile.ts';
import { knownOn, type PastCustomer, type PastRows, pastOf } from './replay-facts.ts';

export type Reading = 'nightly' | 'before_sending';

export interface ReplayInput {
  /** The policies, debtors and company; its histories are not used: the replay begins with none. */
  readonly known: Known;
  readonly rows: PastRows;
  /** Everything about today's customers that the mirror knows only as it is now. */
  readonly frame: Pick<ReconcileInput, 'families' | 'baseCurrency' | 'sentElsewhere'>;
  /** Both days are played. */
  readonly from: Day;
  readonly to: Day;
}

/** A touch that would have asked for what was not owed any more when it left. */
export interface WrongTouch {
  readonly customerId: string;
  readonly customerName: string;
  readonly currency: string;
  readonly day: Day;
  readonly stepName: string;
  readonly channel: Channel;
  readonly askedMinor: number;
  /** What too much was asked for. */
  readonly tooMuchMinor: number;
  readonly invoices: readonly {
    readonly number: string | null;
    readonly statedMinor: number;
    readonly openMinor: number;
  }[];
}

export interface Week {
  /** Its Monday. */
  readonly from: Day;
  readonly touches: Readonly<Record<Channel, number>>;
}

/** What a policy would have done with these books. */
export interface Replayed {
  readonly touches: number;
  readonly byChannel: Readonly<Record<Channel, number>>;
  readonly customersReached: number;
  /** S4: how many a person would have released. */
  readonly needPerson: number;
  readonly weeks: readonly Week[];
  readonly callsPerWeek: number;
  readonly lettersPerWeek: number;
  /** Decided in the morning on the books of the evening before. */
  readonly wrongReadNightly: readonly WrongTouch[];
  /** Decided on the books as they were when it left: none, or the replay contradicts itself. */
  readonly wrongReadBeforeSending: readonly WrongTouch[];
}

/**
 * Plays a stretch of the past under a policy, with the decision of the real run (S7), twice: on books read once a
 * night, and read right before sending (R9). A payment counts from the day that it bears. Pure.
 */
export function replay(input: ReplayInput): Replayed {
  const past = pastOf(input.rows);
  const made = play(input, past, 'before_sending');
  const nightly = play(input, past, 'nightly');
  const numbers = new Map(input.rows.invoices.map((row) => [row.invoiceId, row.number]));
  const wrong = (touches: readonly SimulatedTouch[]): readonly WrongTouch[] =>
    touches.flatMap((touch) => wrongOf(touch, input, past, numbers));
  const weeks = weeksOf(made, input.from, input.to);
  const byChannel = countByChannel(made);
  const perWeek = (count: number): number =>
    Math.round((count * 70) / (daysBetween(input.from, input.to) + 1)) / 10;
  return {
    touches: made.length,
    byChannel,
    customersReached: new Set(made.map((touch) => touch.draft.customerId)).size,
    needPerson: made.filter((touch) => touch.draft.needsPerson).length,
    weeks,
    callsPerWeek: perWeek(byChannel.call),
    lettersPerWeek: perWeek(byChannel.letter),
    wrongReadNightly: wrong(nightly),
    wrongReadBeforeSending: wrong(made),
  };
}

function play(
  { known, rows, frame, from, to }: ReplayInput,
  past: ReadonlyMap<string, PastCustomer>,
  reading: Reading,
): readonly SimulatedTouch[] {
  const lag = reading === 'nightly' ? 1 : 0;
  const membersOf = (id: string): readonly string[] => known.membersOf.get(id) ?? [id];
  const holdsOf = holdsBy(rows.holds);
  const paidOn = Map.groupBy(rows.payments, (row) => `${row.customerId} ${row.currency}`);
  const book: BookAhead = {
    customerIds: [...known.membersOf.keys()],
    positionsOn: (customerId, day) => {
      const members = membersOf(customerId);
      const then = members.flatMap((id) => past.get(id)?.at(knownOn(day, reading)) ?? []);
      const invoices = then.flatMap((each) => each.invoices);
      if (invoices.length === 0) return [];
      const families = new Map(
        members.flatMap((id) => {
          const own = frame.families.get(id);
          return own === undefined ? [] : [[id, own] as const];
        }),
      );
      return reconcile({
        ...frame,
        families,
        today: day,
        debtors: [customerId],
        facts: {
          invoices,
          credits: then.flatMap((each) => each.credits),
          holds: holdsOf(members, invoices),
          unreadable: [],
        },
        ledgerFigures: new Map(),
      });
    },
    changesAfter: (customerId, day) => {
      const days = membersOf(customerId).map((id) => past.get(id)?.changesAfter(addDays(day, -lag)) ?? null);
      const next = days.filter((each) => each !== null).sort()[0];
      return next === undefined ? null : addDays(next, lag);
    },
    historyOn: (day) => (_id, currency, members) => {
      const seen = knownOn(day, reading);
      const days = members.flatMap((id) => paidOn.get(`${id} ${currency}`) ?? []).map((row) => row.on);
      return {
        ...emptyHistory,
        lastPaymentOn:
          days
            .filter((on) => on <= seen)
            .sort()
            .at(-1) ?? null,
      };
    },
  };
  const begins = instantAt(from, '00:00', known.company.time_zone);
  return simulate({ known, book, from: begins, days: daysBetween(from, to) + 1 });
}

/** Holds of the company, of these customers and of these invoices, as they stood. */
function holdsBy(holds: readonly HoldFact[]) {
  const company = holds.filter((hold) => hold.scope === 'company');
  const ofCustomer = Map.groupBy(
    holds.filter((hold) => hold.scope === 'customer'),
    (hold) => hold.customerId ?? '',
  );
  const ofInvoice = Map.groupBy(
    holds.filter((hold) => hold.scope === 'invoice'),
    (hold) => hold.invoiceId ?? '',
  );
  return (
    members: readonly string[],
    invoices: readonly { readonly invoiceId: string }[],
  ): readonly HoldFact[] => [
    ...company,
    ...members.flatMap((id) => ofCustomer.get(id) ?? []),
    ...invoices.flatMap((row) => ofInvoice.get(row.invoiceId) ?? []),
  ];
}

/** A touch is wrong when one of its invoices had less open on its day than it says. */
function wrongOf(
  { draft, step, day }: SimulatedTouch,
  { known }: ReplayInput,
  past: ReadonlyMap<string, PastCustomer>,
  numbers: ReadonlyMap<string, string | null>,
): readonly WrongTouch[] {
  const members = known.membersOf.get(draft.customerId) ?? [draft.customerId];
  const openOf = (invoiceId: string): number =>
    members.reduce((sum, id) => sum + (past.get(id)?.openOf(invoiceId, day) ?? 0), 0);
  const invoices = draft.invoices.flatMap(({ invoiceId, openMinor: statedMinor }) => {
    const openMinor = openOf(invoiceId);
    return openMinor < statedMinor
      ? [{ number: numbers.get(invoiceId) ?? null, statedMinor, openMinor }]
      : [];
  });
  if (invoices.length === 0) return [];
  return [
    {
      customerId: draft.customerId,
      customerName: known.debtors.get(draft.customerId)?.name ?? draft.customerId,
      currency: draft.currency,
      day,
      stepName: draft.stepName,
      channel: step.channel,
      askedMinor: draft.askMinor,
      tooMuchMinor: invoices.reduce((sum, each) => sum + each.statedMinor - each.openMinor, 0),
      invoices,
    },
  ];
}

function countByChannel(touches: readonly SimulatedTouch[]): Readonly<Record<Channel, number>> {
  const of = Map.groupBy(touches, (touch) => touch.step.channel);
  return Object.fromEntries(channels.map((channel) => [channel, of.get(channel)?.length ?? 0])) as Record<
    Channel,
    number
  >;
}

function weeksOf(touches: readonly SimulatedTouch[], from: Day, to: Day): readonly Week[] {
  const mondayOf = (day: Day): Day => addDays(day, 1 - weekday(day));
  const of = Map.groupBy(touches, (touch) => mondayOf(touch.day));
  const weeks: Week[] = [];
  for (let monday = mondayOf(from); monday <= to; monday = addDays(monday, 7))
    weeks.push({ from: monday, touches: countByChannel(of.get(monday) ?? []) });
  return weeks;
}
