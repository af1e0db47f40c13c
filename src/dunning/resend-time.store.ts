import type { CompanyRow } from '../companies/company.store.ts';
import { dayAt } from '../domain/day.ts';
import type { Reason } from '../domain/reason.ts';
import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import type { Channel } from '../policies/step.ts';
import { capLimits } from './caps.ts';
import { calendarOf, zonesOf } from './decide.ts';
import { onAnotherDay } from './earliest.ts';
import type { Contact } from './history.ts';
import { loadKnown } from './known.store.ts';
import { whyNotToThem } from './repetition.ts';
import type { TouchRow } from './touch.store.ts';
import { nextOpening } from './windows.ts';

/**
 * When a message may be sent again: now, or when the hours of policy and law open next (S1). The caps count it, and one
 * message a customer a day holds (S3); the gap between steps does not, as it is the same message. One that came back
 * never reached anybody, so it does not count against its own repetition. Throws UserError conflict with the rule.
 */
export async function resendTime(tx: Tx, company: CompanyRow, touch: TouchRow, now: Date): Promise<Date> {
  const { customer_id: customerId, currency } = touch;
  const { time_zone: companyZone } = company;
  const known = await loadKnown(tx, company, [customerId], now);
  const policy = known.policyOf(customerId);
  const today = dayAt(now, companyZone);
  const law = known.lawOf(customerId, today);
  const debtor = known.debtors.get(customerId);
  const calendar = calendarOf(company, debtor);
  const channel = touch.channel as Channel;
  const against = whyNotToThem(known, touch);
  if (against !== null) throw refused({ rule: '', words: against });
  const history = known.historyOf(customerId, currency, known.membersOf.get(customerId) ?? [customerId]);
  const contacts = history.contacts.filter((contact) => !isReturned(touch, contact));
  const caps = capLimits(channel, { policy, law, contacts, companyZone, debtorZone: calendar.timeZone });
  if ('never' in caps) throw refused(caps.never);
  const full = caps.find((limit) => limit.at > now);
  if (full !== undefined) throw refused(full.reason);
  const last = contacts.at(-1);
  if (last !== undefined && onAnotherDay(last, [companyZone, calendar.timeZone]).at > now)
    throw refused({ rule: 'S3', words: 'A message went to this customer today; one a day is the most.' });
  const at = nextOpening(now, { channel, policy, law, calendar, zones: zonesOf(company, debtor, law) });
  if (at instanceof Date) return at;
  throw refused(at);
}

function isReturned(touch: TouchRow, contact: Contact): boolean {
  const cameBack = touch.delivery === 'bounced' || touch.delivery === 'returned';
  return cameBack && contact.at.getTime() === touch.sent_at?.getTime() && contact.stepKey === touch.step_key;
}

function refused(reason: Reason): UserError {
  return new UserError(
    'conflict',
    `It may not be sent again now. ${reason.words}`,
    'Try again on another day, or let the next step go.',
  );
}
