/** Members that are amounts: Intuit's servers print a whole one with a decimal, 100 as `100.0`, but nothing as `0`. */
const AMOUNTS = new Set([
  'Amount',
  'TotalAmt',
  'Balance',
  'BalanceWithJobs',
  'HomeTotalAmt',
  'HomeBalance',
  'UnappliedAmt',
  'RemainingCredit',
]);

const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** The answer as JSON text, amounts printed the way Intuit prints them. */
export function toJson(body: unknown): string {
  return JSON.stringify(body, (name, value: unknown) => {
    const whole = typeof value === 'number' && Number.isInteger(value) && value !== 0;
    return whole && AMOUNTS.has(name) ? rawJSON(`${value}.0`) : value;
  });
}
