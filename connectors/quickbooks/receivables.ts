import type { Known, LedgerReceivable, LedgerReceivables } from '../../src/ports/ledger.ts';
import type { QuickBooksClient } from './client.ts';
import { type Place, start } from './cursor.ts';
import { whereAll } from './first-sync.ts';
import { parseCustomer } from './parse.ts';
import { readPage } from './query.ts';

/**
 * `Customer.Balance` of every customer, inactive ones included, in the customer's currency (R15). It doesn't
 * contain the balances of sub-customers (`BalanceWithJobs` does), so the sum counts nothing twice. A
 * customer whose row or balance can't be read is named as such, and the others are compared all the same. One read for
 * each thousand customers.
 */
export async function receivables(
  client: QuickBooksClient,
  { baseCurrency: home }: Known,
): Promise<LedgerReceivables> {
  const found = new Map<string, LedgerReceivable>();
  const unread = new Set<string>();
  for (let place: Place | null = start; place !== null; ) {
    const page = await readPage(client, 'Customer', whereAll('Customer'), place);
    for (const raw of page.rows) {
      const parsed = parseCustomer(raw, home);
      if ('rejected' in parsed) {
        if (parsed.rejected.id !== null) unread.add(parsed.rejected.id);
        continue;
      }
      const { customerId, balanceCurrency: currency, ledgerBalanceMinor: minor } = parsed.value;
      if (currency === null || minor === null) unread.add(customerId);
      else found.set(customerId, { customerId, currency, minor });
    }
    place = page.next;
  }
  return { sums: [...found.values()], unread: [...unread] };
}
