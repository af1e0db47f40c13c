import { daysBetween } from '../domain/day.ts';
import { safeWebAddress } from '../domain/web-address.ts';
import {
  allInvoices,
  openMinorOf,
  orderedGroups,
  pastDueMinor,
  type ReminderContent,
  shortMinorOf,
  strictestFirst,
} from './reminder.ts';
import { asksNothing, kindOf } from './template.ts';

/**
 * Why this content must not be said, empty when it may be: figures that contradict one another never reach a
 * customer (promise 4). The strictest wording needs an invoice that is at its stage (S2).
 */
export function contradictions(content: ReminderContent): string[] {
  const kind = kindOf(content.template);
  return [
    ...(kind === 'reminder' || kind === 'courtesy' ? stageFaults(content) : []),
    ...invoiceFaults(content),
    ...(asksNothing(kind) ? thanksFaults(content) : askFaults(content)),
    ...consequenceFaults(content),
    ...addressFaults(content),
  ];
}

function stageFaults(content: ReminderContent): string[] {
  const found: string[] = [];
  const rank = strictestFirst.indexOf(content.stage);
  const groups = orderedGroups(content);
  if (!groups.some((group) => group.stage === content.stage))
    found.push(`no invoice is at the step ${content.stage}`);
  if (groups.some((group) => strictestFirst.indexOf(group.stage) < rank))
    found.push(`an invoice is at a stricter step than ${content.stage}`);
  // what is not due yet may stand in a message only as that
  const late = groups.filter((group) => group.stage !== 'courtesy').flatMap((group) => group.invoices);
  if (late.some((invoice) => invoice.daysLate <= 0)) found.push('an invoice is not past due');
  const early = groups.filter((group) => group.stage === 'courtesy').flatMap((group) => group.invoices);
  if (early.some((invoice) => invoice.daysLate > 0)) found.push('an invoice is past due already');
  return found;
}

function invoiceFaults({ today, ...content }: ReminderContent): string[] {
  const found: string[] = [];
  const invoices = allInvoices({ ...content, today });
  if (invoices.length === 0) found.push('it is about no invoice');
  if (!asksNothing(kindOf(content.template)) && invoices.some((invoice) => invoice.openMinor <= 0))
    found.push('an invoice has nothing open');
  if (invoices.some(({ daysLate, dueOn }) => daysLate !== Math.max(0, daysBetween(dueOn, today))))
    found.push('the days past due are not those from the due date to today');
  return found;
}

function askFaults(content: ReminderContent): string[] {
  const found: string[] = [];
  const { askMinor, creditsMinor, instalment } = content;
  const kind = kindOf(content.template);
  const invoices = allInvoices(content);
  const late = pastDueMinor(invoices);
  if (creditsMinor < 0) found.push('the credits are negative');
  if (askMinor <= 0 && kind !== 'statement') found.push('nothing is asked for');
  if (kind === 'reminder' && askMinor !== late - creditsMinor)
    found.push('the amount asked is not what is past due less the credits');
  if (kind === 'courtesy' && askMinor !== openMinorOf(invoices) - creditsMinor)
    found.push('the amount asked is not what falls due less the credits');
  if (kind === 'statement' && askMinor !== Math.max(0, late - creditsMinor))
    found.push('the amount asked is not what is past due less the credits');
  if (kind === 'instalment' && (instalment === null || askMinor !== shortMinorOf(instalment)))
    found.push('the amount asked is not that of the instalment');
  if (kind === 'instalment' && instalment?.short.some(({ dueOn }) => dueOn >= content.today))
    found.push('the instalment is not past due');
  if (kind === 'instalment' && creditsMinor !== 0) found.push('a credit counts for the plan, not beside it');
  if (content.payBy < content.today) found.push('the date asked for has passed');
  return found;
}

function thanksFaults(content: ReminderContent): string[] {
  const found: string[] = [];
  if (content.askMinor !== 0) found.push('a message that asks for nothing has an amount');
  if (kindOf(content.template) === 'thanks' && openMinorOf(allInvoices(content)) !== 0)
    found.push('an invoice is still open');
  return found;
}

/** P8: a consequence follows the last day that was given, and only for a reminder. */
function consequenceFaults({ consequence, template, payBy, today }: ReminderContent): string[] {
  if (consequence === null) return [];
  const found: string[] = [];
  if (kindOf(template) !== 'reminder') found.push('only a reminder may name a consequence');
  if (consequence.on <= payBy) found.push('the consequence would come before the date asked for has passed');
  const { accrued = null } = consequence;
  if (accrued !== null && accrued.on !== today) found.push('the interest is not reckoned to this day');
  if (accrued !== null && (accrued.interestMinor < 0 || accrued.fixedMinor < 0))
    found.push('the interest is negative');
  return found;
}

function addressFaults(content: ReminderContent): string[] {
  const found: string[] = [];
  const links = [content.payUrl, ...allInvoices(content).map((invoice) => invoice.url)];
  if (links.some((link) => link !== null && safeWebAddress(link) === null))
    found.push('the pay link is not a safe web address');
  if (content.logoUrl !== null && !isWebAddress(content.logoUrl) && !content.logoUrl.startsWith('cid:'))
    found.push('the logo is not at a web address');
  if (content.creditor.legalName.trim() === '' || content.creditor.postalAddress.trim() === '')
    found.push("the creditor's name or postal address is missing");
  return found;
}

function isWebAddress(text: string): boolean {
  // http is for a machine of one's own; whoever hosts the service has https, configuration sees to it
  return URL.canParse(text) && ['https:', 'http:'].includes(new URL(text).protocol);
}
