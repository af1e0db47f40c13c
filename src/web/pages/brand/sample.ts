import { parseCurrency } from '../../../domain/currency.ts';
import { addDays, type Day } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import type { Brand } from '../../../messages/brand.ts';
import type { ReminderContent } from '../../../messages/reminder.ts';
import { signerOf } from '../../../messages/signer.ts';

export interface SampleCompany {
  readonly legal_name: string;
  readonly postal_address: string;
  readonly country: string;
  readonly base_currency: string;
  readonly email: string | null;
  readonly phone: string | null;
}

/** A reminder to nobody, for looking at the brand: the second step, one part payment, the company's own currency. */
export function sampleReminder(
  company: SampleCompany,
  brand: Brand,
  style: 'own' | 'service',
  today: Day,
  logoUrl: string | null,
): ReminderContent {
  const currency = parseCurrency(company.base_currency) ?? parseCurrency('USD');
  if (currency === null) throw new RangeError('the runtime knows no currency');
  const invoice = (number: string, daysLate: number, openMinor: number, totalMinor = openMinor) => ({
    number,
    reference: null,
    dueOn: addDays(today, -daysLate),
    daysLate,
    openMinor,
    totalMinor,
    url: null,
  });
  const second = [invoice('1042', 16, 124_000), invoice('1051', 9, 38_450, 78_450)];
  return {
    brand,
    style,
    signer: signerOf(brand, 'bookkeeper'),
    creditor: {
      legalName: company.legal_name,
      postalAddress: brand.postalAddress || company.postal_address,
      country: company.country,
      email: company.email,
      phone: company.phone,
    },
    customer: { name: 'Ridgeway Joinery', firstName: 'Sam' },
    channel: 'email',
    template: 'second',
    stage: 'second',
    language: null,
    reference: '4K7-219',
    currency,
    locale: localeOf(company.country),
    groups: [{ stage: 'second', invoices: second }],
    creditsMinor: 0,
    askMinor: second.reduce((sum, each) => sum + each.openMinor, 0),
    today,
    payBy: addDays(today, 7),
    payUrl: null,
    logoUrl,
    earlier: 1,
    letterOn: null,
    promisedOn: null,
    instalment: null,
    copiedTo: null,
    head: null,
    wroteOn: null,
    announcedOn: null,
    consequence: null,
    disclosures: [],
    stop: null,
  };
}
