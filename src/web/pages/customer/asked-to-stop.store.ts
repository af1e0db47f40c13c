import type { CompanyRow } from '../../../companies/company.store.ts';
import type { Day } from '../../../domain/day.ts';
import type { Tx } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import { readPeople, setPeople } from '../../../receivables/customer-people.store.ts';
import { setHold } from '../../../receivables/hold.store.ts';

/** Who asked for it, and who read that. */
interface Asked {
  readonly customerId: string;
  /** `email`: letters and calls go on; `everything`: nobody is contacted. */
  readonly what: string;
  readonly personName: string;
  readonly personId: string;
  readonly today: Day;
  readonly now: Date;
}

/**
 * What the messages promise: a person who reads “stop” stops it, with one click. It holds from this moment on: whatever
 * waits or is released does not leave (R10). Returns what was done, as a sentence. Throws UserError bad_input, not_found.
 */
export async function askedToStop(tx: Tx, company: CompanyRow, asked: Asked): Promise<string> {
  const { company_id: companyId } = company;
  const { customerId, personName, now } = asked;
  if (asked.what === 'email') {
    const people = await readPeople(tx, companyId, customerId);
    await setPeople(tx, companyId, customerId, { ...people, emailConsent: false }, personName, now);
    return 'No e-mail goes to this customer any more. Letters and calls go on as the sequence says.';
  }
  if (asked.what !== 'everything')
    throw new UserError('bad_input', 'It is not said what they asked to stop.', 'Choose one of the buttons.');
  await setHold(
    tx,
    companyId,
    {
      kind: 'do_not_contact',
      scope: 'customer',
      customerId,
      reason: 'They asked us to stop writing.',
      setBy: personName,
      setByPersonId: asked.personId,
      startsOn: asked.today,
    },
    now,
  );
  return 'Nobody writes to this customer until the hold is lifted.';
}
