import fc from 'fast-check';

/*
 * A random history of a ledger, as fast-check makes and shrinks it: nothing but small numbers and words, so that any
 * part of it may be left out and the rest still means something. Who and what a number stands for is decided when the
 * history is played (ledger-model.ts): the n-th of those for which the ledger allows it; if there is none, nothing happens.
 */
type Nth = number;

export type Op =
  | { readonly op: 'customer'; readonly currency: Nth; readonly parent: Nth; readonly bills: boolean }
  | {
      readonly op: 'invoice';
      readonly who: Nth;
      readonly currency: Nth;
      readonly amount: number;
      readonly due: number | null;
      readonly state: 'open' | 'draft' | 'submitted';
      readonly sent: boolean;
    }
  | {
      readonly op: 'payment';
      readonly who: Nth;
      readonly currency: Nth;
      readonly on: readonly Nth[];
      readonly percent: number;
      readonly extra: number;
    }
  | {
      readonly op: 'credit';
      readonly who: Nth;
      readonly currency: Nth;
      readonly amount: number;
      readonly kind: 'credit_note' | 'overpayment' | 'prepayment';
    }
  | { readonly op: 'apply'; readonly source: Nth; readonly invoice: Nth; readonly percent: number }
  | { readonly op: 'unapply' | 'approve' | 'email' | 'activate'; readonly which: Nth }
  | {
      readonly op: 'end';
      readonly what: 'invoice' | 'payment' | 'credit';
      readonly which: Nth;
      readonly how: 'void' | 'delete';
    }
  | {
      readonly op: 'amount';
      readonly what: 'invoice' | 'payment';
      readonly which: Nth;
      readonly amount: number;
    }
  | { readonly op: 'redate'; readonly which: Nth; readonly due: number | null }
  | { readonly op: 'move' | 'merge'; readonly which: Nth; readonly to: Nth }
  | { readonly op: 'parent'; readonly which: Nth; readonly to: Nth; readonly bills: boolean }; // prettier-ignore

/** How the books are read at the end of a round. `none`: not at all, so that changes of several rounds come together. */
export type Sync = 'changes' | 'none' | 'sweep' | 'anew';

/** What passes before a round's changes, and how it ends. */
export interface Passing {
  readonly days: number;
  /** UTC, `HH:MM`: near midnight it is another day in the company's zone. */
  readonly time: string;
  readonly sync: Sync;
}

export interface Round extends Passing {
  /** Done before the clock moves: at the very instant of the reading before. */
  readonly late: readonly Op[];
  readonly ops: readonly Op[];
}

export interface Customer {
  readonly currency: Nth;
  /** 0: none; n: the n-th customer before it. */
  readonly parent: Nth;
  readonly bills: boolean;
}

export interface History {
  readonly customers: readonly Customer[];
  readonly rounds: readonly Round[];
}

const nth = fc.nat(11);
const percent = fc.constantFrom(100, 100, 50, 33, 1, 99);
const currency = fc.nat(3);
const amount = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 500_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 12 }) },
  // more than ninety-nine billion in most currencies: still exact
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 9_999_999_999_999 }) },
);
/** Days from today to the due day; the edges of every age are among them. */
const due = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(0, -1, 1, -30, -31, -60, -61, -90, -91) },
  { weight: 5, arbitrary: fc.integer({ min: -120, max: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom(null) },
);
const bills = fc.constantFrom(true, true, false);
const how = fc.constantFrom('void' as const, 'delete' as const);

const invoice = fc.record({
  op: fc.constant('invoice' as const),
  who: nth,
  currency,
  amount,
  due,
  state: fc.constantFrom('open', 'open', 'open', 'draft', 'submitted' as const),
  sent: fc.constantFrom(true, true, false),
});
const payment = fc.record({
  op: fc.constant('payment' as const),
  who: nth,
  currency,
  on: fc.array(nth, { maxLength: 4 }),
  percent,
  extra: fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 90_000 }) },
  ),
});
const credit = fc.record({
  op: fc.constant('credit' as const),
  who: nth,
  currency,
  amount,
  kind: fc.constantFrom('credit_note' as const, 'overpayment' as const, 'prepayment' as const),
});
const op: fc.Arbitrary<Op> = fc.oneof(
  { weight: 9, arbitrary: invoice },
  { weight: 6, arbitrary: payment },
  { weight: 4, arbitrary: credit },
  {
    weight: 4,
    arbitrary: fc.record({ op: fc.constant('apply' as const), source: nth, invoice: nth, percent }),
  },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('unapply' as const), which: nth }) },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constantFrom('approve' as const, 'email' as const, 'activate' as const),
      which: nth,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constant('end' as const),
      what: fc.constantFrom('invoice' as const, 'payment' as const, 'credit' as const),
      which: nth,
      how,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant('amount' as const),
      what: fc.constantFrom('invoice' as const, 'invoice' as const, 'payment' as const),
      which: nth,
      amount,
    }),
  },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('redate' as const), which: nth, due }) },
  {
    weight: 2,
    arbitrary: fc.record({ op: fc.constantFrom('move' as const, 'merge' as const), which: nth, to: nth }),
  },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('parent' as const), which: nth, to: nth, bills }) },
  {
    weight: 1,
    arbitrary: fc.record({ op: fc.constant('customer' as const), currency, parent: fc.nat(3), bills }),
  },
); // prettier-ignore

const time = fc.constantFrom('00:20', '06:55', '10:30', '13:05', '23:40');

/** Days that pass between two readings: none, one, a week, a month and those between; at times two readings are skipped. */
const passing = fc.record({
  days: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(0, 1, 29, 30, 31) },
    { weight: 3, arbitrary: fc.nat(28) },
  ),
  time,
  sync: fc.constantFrom(
    ...['changes', 'changes', 'changes', 'changes', 'changes', 'none', 'none', 'sweep', 'anew' as const],
  ),
}) as fc.Arbitrary<Passing>;

const ROUNDS = 6;
const customer = fc.record({ currency, parent: fc.nat(3), bills });

function roundsOf(least: { rounds: number; ops: number }): fc.Arbitrary<readonly Round[]> {
  const round = fc.record({
    days: fc.nat(31),
    time,
    sync: fc.constantFrom('changes', 'none', 'sweep', 'anew' as const),
    late: fc.array(op, { maxLength: 2 }),
    ops: fc.array(op, { minLength: least.ops, maxLength: 6, size: 'max' }),
  }) as fc.Arbitrary<Round>;
  return fc.array(round, { minLength: least.rounds, maxLength: ROUNDS });
}

function historyOf(least: { customers: number; rounds: number; ops: number }): fc.Arbitrary<History> {
  return fc.record({
    customers: fc.array(customer, { minLength: least.customers, maxLength: 4, size: 'max' }),
    rounds: roundsOf(least),
  });
}

/** Many histories that are played in one set of books pass their days together. */
export const schedule = fc.array(passing, { minLength: ROUNDS, maxLength: ROUNDS });

/** Histories that are long enough for something to happen in them. */
export const history = historyOf({ customers: 1, rounds: ROUNDS, ops: 1 });

/** What a history that failed is made smaller by: anything may be left out of it. */
export const smallerHistory = historyOf({ customers: 0, rounds: 0, ops: 0 });

/** The history with the days of a common schedule. */
export function timed(of: History, common: readonly Passing[]): History {
  const rounds = common.map((pass, at) => {
    const { late, ops } = of.rounds[at] ?? { late: [], ops: [] };
    // the last round always ends with a reading
    const sync = pass.sync === 'none' && at === common.length - 1 ? 'changes' : pass.sync;
    return { ...pass, sync, late, ops };
  });
  return { ...of, rounds };
}
