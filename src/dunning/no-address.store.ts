import { raiseProblems, resolveSubjects } from '../activity/problem.store.ts';
import type { Tx } from '../platform/db.ts';
import type { Position } from '../receivables/position.ts';
import type { Planning } from './plan-read.store.ts';

/**
 * S9: a letter that is next and has nowhere to go is a task, once a customer, until there is an address or no letter is
 * next for them any more.
 */
export async function tellNoAddress(
  tx: Tx,
  { company, known, now, asked }: Planning,
  unreached: readonly Position[],
): Promise<void> {
  const { company_id: companyId } = company;
  const customerIds = [...new Set(unreached.map((position) => position.customerId))];
  await raiseProblems(
    tx,
    companyId,
    now,
    customerIds.map((customerId) => ({
      kind: 'no_postal_address',
      subject: customerId,
      customerId,
      what: `The next step for ${known.debtors.get(customerId)?.name ?? customerId} is a letter, and there is no postal address.`,
      meaning: 'The step stays open: no later reminder goes to this customer before the letter.',
      action: 'Add a postal address to the customer in the ledger, or give them a sequence without letters.',
    })),
  );
  const others = asked.filter((id) => !customerIds.includes(id));
  await resolveSubjects(tx, companyId, now, 'no_postal_address', others);
}
