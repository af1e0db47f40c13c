import type { SandboxCompany } from '../../books/model.ts';
import { msBare, msDay } from './dates.ts';
import type { Wire } from './envelope.ts';
import { guid } from './ids.ts';
import { zoneWord } from './zones.ts';

const VERSIONS = new Set(['AU', 'NZ', 'US']);

/** `/Organisation`: the company's profile. `createdAt` is an ISO instant. */
export function organisation(company: SandboxCompany, createdAt: string): Wire {
  return {
    Name: company.name,
    LegalName: company.legalName,
    PaysTax: true,
    Version: versionOf(company.country),
    OrganisationType: 'COMPANY',
    BaseCurrency: company.baseCurrency,
    CountryCode: company.country,
    IsDemoCompany: false,
    OrganisationStatus: company.suspended ? 'INACTIVE' : 'ACTIVE',
    FinancialYearEndDay: 31,
    FinancialYearEndMonth: 3,
    SalesTaxBasis: 'PAYMENTS',
    SalesTaxPeriod: 'TWOMONTHS',
    DefaultSalesTax: 'Tax Exclusive',
    DefaultPurchasesTax: 'Tax Exclusive',
    ...(company.lockedUntil ? lockDates(company.lockedUntil) : {}),
    CreatedDateUTC: msBare(createdAt),
    OrganisationEntityType: 'COMPANY',
    Timezone: zoneWord(company.timeZone),
    ShortCode: shortCode(company.id),
    OrganisationID: guid(company.id),
    Edition: 'BUSINESS',
    Class: 'PREMIUM',
    Addresses: [
      {
        AddressType: 'STREET',
        AddressLine1: company.address.line1,
        City: company.address.city,
        Region: company.address.region,
        PostalCode: company.address.postalCode,
        Country: company.address.country,
      },
    ],
    Phones: company.phone ? [{ PhoneType: 'OFFICE', PhoneNumber: company.phone }] : [],
    ExternalLinks: [],
    PaymentTerms: {},
  };
}

/** Everybody but advisers is locked out to the one day, everybody to the other: here the end of the year before. */
function lockDates(lockedUntil: string): Wire {
  const year = Number(lockedUntil.slice(0, 4)) - (lockedUntil.slice(5) < '03-31' ? 1 : 0);
  return { PeriodLockDate: msDay(lockedUntil), EndOfYearLockDate: msDay(`${year}-03-31`) };
}

/** Xero's product region. */
function versionOf(country: string): string {
  if (country === 'GB') return 'UK';
  return VERSIONS.has(country) ? country : 'GLOBAL';
}

/** The `!xxxxx` that deep links carry. */
function shortCode(companyId: string): string {
  return `!${guid(companyId).replaceAll('-', '').slice(0, 5)}`;
}

const ACTIONS = [
  'CreateApprovedInvoice',
  'CreateDraftInvoice',
  'CreateInvoicePayment',
  'AttachFilesIntoInvoice',
  'UseMulticurrency',
  'CreateSentQuote',
  'CreateDraftQuote',
  'CreateRepeatingInvoice',
]; // prettier-ignore

/** `/Organisation/Actions`: what the connected person may do. */
export function actions(): Wire[] {
  return ACTIONS.map((Name) => ({ Name, Status: 'ALLOWED' }));
}
