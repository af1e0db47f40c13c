/**
 * How real customers pay, measured on IBM's public "Late Payment Histories": 2,466 invoices of 100 customers,
 * all on 30 days. Only these figures are kept, never the rows.
 */
import type { Prng } from './prng.ts';

/** Share of invoices settled after their due day, and share disputed. */
export const LATE_SHARE = 0.3556;
export const DISPUTED_SHARE = 0.2275;

/** Share disputed among the late (68 % of the disputed were late) and among those settled in time. */
const DISPUTED_IF_LATE = 0.4367;
const DISPUTED_IF_IN_TIME = 0.112;

/** Points of a distribution: [share of cases, value at or below]. */
type Quantiles = readonly (readonly [share: number, value: number])[];

/** Days late, of those that were late: median 8, mean 9.7. */
const DAYS_LATE: Quantiles = [
  [0, 0.5],
  [0.1, 2],
  [0.2, 3],
  [0.3, 4.5],
  [0.4, 6],
  [0.5, 8],
  [0.6, 10],
  [0.7, 12],
  [0.8, 15],
  [0.9, 20],
  [0.95, 24],
  [0.99, 30],
  [1, 45],
];

/** Days before the due day, of those settled in time. */
const DAYS_EARLY: Quantiles = [
  [0, 0],
  [0.1, 2],
  [0.2, 4],
  [0.3, 6],
  [0.4, 8],
  [0.5, 10],
  [0.6, 12],
  [0.7, 14],
  [0.8, 18],
  [0.9, 23],
  [1, 30],
];

/** A customer's own share of late invoices: most are rarely or nearly always late. Its mean is LATE_SHARE. */
const CUSTOMER_LATE_SHARE: Quantiles = [
  [0, 0],
  [0.1, 0],
  [0.2, 0.04],
  [0.3, 0.07],
  [0.4, 0.18],
  [0.5, 0.25],
  [0.6, 0.37],
  [0.7, 0.58],
  [0.8, 0.77],
  [0.9, 0.88],
  [1, 1],
];

export interface Behaviour {
  readonly disputed: boolean;
  /** Settled day − due day; above 0 is late. */
  readonly daysAfterDue: number;
}

/** Each of `count` customers' share of late invoices, spread over the whole distribution and shuffled. */
export function lateShares(random: Prng, count: number): number[] {
  const shares = Array.from({ length: count }, (_, i) => valueAt(CUSTOMER_LATE_SHARE, (i + 0.5) / count));
  return random.shuffled(shares);
}

/** When an invoice on `termsDays` is settled by a customer of the given lateness, and whether it was disputed. */
export function drawBehaviour(random: Prng, lateShare: number, termsDays: number): Behaviour {
  if (random.chance(lateShare)) {
    const daysAfterDue = Math.max(1, Math.round(valueAt(DAYS_LATE, random.next())));
    return { disputed: random.chance(DISPUTED_IF_LATE), daysAfterDue };
  }
  const early = Math.min(termsDays, Math.round(valueAt(DAYS_EARLY, random.next())));
  return { disputed: random.chance(DISPUTED_IF_IN_TIME), daysAfterDue: early === 0 ? 0 : -early };
}

function valueAt(points: Quantiles, share: number): number {
  const at = points.findIndex(([upTo]) => upTo >= share);
  const [high, low] = [points[at] ?? points.at(-1), points[Math.max(0, at - 1)]];
  if (high === undefined || low === undefined) throw new RangeError('A distribution needs points');
  if (high[0] === low[0]) return high[1];
  return low[1] + ((share - low[0]) / (high[0] - low[0])) * (high[1] - low[1]);
}
