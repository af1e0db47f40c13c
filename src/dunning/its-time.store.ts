import type { CompanyRow } from '../companies/company.store.ts';
import { dayAt, formatDay } from '../domain/day.ts';
import { localeOf } from '../domain/locale.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { calendarOf } from './decide.ts';
import type { Contact } from './history.ts';
import { loadKnown } from './known.store.ts';
import type { TouchRow } from './touch.store.ts';

/**
 * S1, S3: a call is made at its time, and on a day on which nothing else was said to the customer, in whatever currency;
 * a day of the company's or of theirs. Throws UserError conflict (field `anyway`) with the reason.
 */
export async function requireItsTime(
  tx: Tx,
  company: CompanyRow,
  touch: Pick<TouchRow, 'customer_id' | 'currency' | 'planned_for' | 'recipient_name'>,
  now: Date,
): Promise<void> {
  const { customer_id: customerId, currency, planned_for: at } = touch;
  const known = await loadKnown(tx, company, [customerId], now);
  const debtor = known.debtors.get(customerId);
  const theirs = calendarOf(company, debtor).timeZone;
  const { contacts } = known.historyOf(customerId, currency, known.membersOf.get(customerId) ?? [customerId]);
  const last = contacts.findLast((contact) =>
    [company.time_zone, theirs].some((zone) => dayAt(contact.at, zone) === dayAt(now, zone)),
  );
  if (last !== undefined)
    throw refused(`${debtor?.name ?? touch.recipient_name} ${saidWords(last)} on this day already.`);
  if (at <= now) return;
  const time = Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(theirs)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' });
  const on = formatDay(dayAt(at, theirs), localeOf(company.country));
  throw refused(`This call is not due before ${on}, ${time} their time.`);
}

function saidWords({ channel, currency }: Contact): string {
  const about = `about what is owed in ${currency}`;
  if (channel === 'call') return `was called ${about}`;
  return channel === 'letter' ? `had a letter ${about}` : `had an e-mail ${about}`;
}

function refused(why: string): UserError {
  return new UserError(
    'conflict',
    why,
    'If it was made all the same, say so: it counts as contact from today on.',
    'anyway',
  );
}
