/** Members that are amounts. */
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
    return typeof value === 'number' && AMOUNTS.has(name) ? rawJSON(printed(value)) : value;
  });
}

/**
 * The same amount is printed in several ways by Intuit's servers, so that none can be counted on: 100 as `100`,
 * `100.0` or `100.00`, a tenth as `0.1` or `0.10`; nothing is `0`. Which one follows from the amount.
 */
function printed(amount: number): string {
  const text = String(amount);
  const [whole = '', decimals] = text.split('.');
  if (decimals === undefined) return text + (['', '.0', '.00'][Math.abs(amount) % 3] ?? '');
  return decimals.length === 1 && Number(whole) % 2 === 0 ? `${text}0` : text;
}
