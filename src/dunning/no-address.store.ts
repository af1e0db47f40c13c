import { type Problem, raiseProblems, resolveSubjects } from '../activity/problem.store.ts';
import type { Tx } from '../platform/db.ts';
import type { Missing } from './draft.ts';
import type { Planning } from './plan-read.store.ts';
import type { Work } from './plan-work.store.ts';
import { isPutRight } from './wrong-number.ts';

type Said = Pick<Problem, 'kind' | 'meaning' | 'action'> & { readonly what: (name: string) => string };

/** `no_recipient` is about whoever has no address at all, which their position knows; here they have one elsewhere. */
const said: Readonly<Record<Missing, Said>> = {
  postal_address: {
    kind: 'no_postal_address',
    what: (name) => `The next step for ${name} is a letter, and there is no postal address.`,
    meaning: 'The step stays open: no later reminder goes to this customer before the letter.',
    action: 'Add a postal address to the customer in the ledger, or give them a sequence without letters.',
  },
  email_address: {
    kind: 'no_email_address',
    what: (name) => `The next e-mail to ${name} has no address.`,
    meaning:
      'The customer has none, nor have the invoices that it is about; an address on another invoice is for that one. The step stays open.',
    action: 'Add an e-mail address to the customer in the ledger, or to the invoice.',
  },
};

/** Whoever has no address at all is a task already (R10). */
function hasNone({ missing, position }: Work['unreached'][number]): boolean {
  return missing === 'email_address' && position.holds.some((hold) => hold.kind === 'no_recipient');
}

/**
 * S9: what is next and has nowhere to go is a task, once a customer and kind of address, until there is one or nothing
 * of the kind is next for them any more.
 */
export async function tellNoAddress(
  tx: Tx,
  { company, known, now, asked }: Planning,
  unreached: Work['unreached'],
): Promise<void> {
  const { company_id: companyId } = company;
  for (const [missing, { kind, what, meaning, action }] of Object.entries(said)) {
    const without = unreached.filter((each) => each.missing === missing && !hasNone(each));
    const customerIds = [...new Set(without.map(({ position }) => position.customerId))];
    await raiseProblems(
      tx,
      companyId,
      now,
      customerIds.map((customerId) => {
        const name = known.debtors.get(customerId)?.name ?? customerId;
        return { kind, subject: customerId, customerId, what: what(name), meaning, action };
      }),
    );
    const others = asked.filter((id) => !customerIds.includes(id));
    await resolveSubjects(tx, companyId, now, kind, others);
  }
}

/** The task "find the number" is done once the books have no number any more that was wrong. */
export async function settleNumbers(tx: Tx, { company, known, now, asked }: Planning): Promise<void> {
  if (known.wrongNumbers.size === 0) return;
  const right = asked.filter((id) => {
    const debtor = known.wrongNumbers.has(id) ? known.debtors.get(id) : undefined;
    return debtor !== undefined && isPutRight(debtor, known.wrongNumbers);
  });
  await resolveSubjects(tx, company.company_id, now, 'phone_wrong', right);
}
