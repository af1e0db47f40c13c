import type { SandboxCustomer } from '../../books/model.ts';
import { msInstant } from './dates.ts';
import type { Wire } from './envelope.ts';
import { guid } from './ids.ts';
import { amount } from './money.ts';

/** What a customer owes in the organisation's base currency, in minor units. */
export interface ContactBalance {
  outstandingMinor: number;
  overdueMinor: number;
  baseCurrency: string;
}

/** How much of a contact an answer shows. */
export type ContactDetail = 'summary' | 'list' | 'full';

/** The contact as other documents carry it: only ContactID and Name, and empty arrays. */
export function contactStub(customer: SandboxCustomer): Wire {
  return {
    ContactID: guid(customer.id),
    Name: customer.name,
    Addresses: [],
    Phones: [],
    ContactGroups: [],
    ContactPersons: [],
    HasValidationErrors: false,
  };
}

/**
 * A contact. `full` (a paged list or a single read) has persons, terms and balances; `list` (an unpaged list)
 * and `summary` do not. `isCustomer`: has it ever had a sales invoice.
 */
export function contact(
  customer: SandboxCustomer,
  detail: ContactDetail,
  isCustomer: boolean,
  balance: ContactBalance,
  isSupplier = false,
): Wire {
  return {
    ContactID: guid(customer.id),
    ...(customer.mergedInto ? { MergedToContactID: guid(customer.mergedInto) } : {}),
    ContactStatus: customer.active ? 'ACTIVE' : 'ARCHIVED',
    Name: customer.name,
    ...(customer.firstName ? { FirstName: customer.firstName } : {}),
    ...(customer.lastName ? { LastName: customer.lastName } : {}),
    EmailAddress: customer.email ?? '',
    BankAccountDetails: '',
    ...(detail === 'summary' ? {} : { Addresses: addresses(customer), Phones: phones(customer) }),
    UpdatedDateUTC: msInstant(customer.updatedAt),
    ContactGroups: detail === 'full' ? groups(customer) : [],
    IsSupplier: isSupplier,
    IsCustomer: isCustomer,
    DefaultCurrency: customer.currency,
    ...(detail === 'full' ? fullMembers(customer, isCustomer, balance) : { ContactPersons: [] }),
    HasAttachments: false,
    HasValidationErrors: false,
  };
}

function fullMembers(customer: SandboxCustomer, isCustomer: boolean, balance: ContactBalance): Wire {
  const money = (minor: number) => amount(minor, balance.baseCurrency);
  return {
    SalesDefaultLineAmountType: 'EXCLUSIVE',
    PurchasesDefaultLineAmountType: 'EXCLUSIVE',
    PaymentTerms: { Sales: { Day: customer.termsDays, Type: 'DAYSAFTERBILLDATE' } },
    ...(isCustomer
      ? {
          Balances: {
            AccountsReceivable: {
              Outstanding: money(balance.outstandingMinor),
              Overdue: money(balance.overdueMinor),
            },
            AccountsPayable: { Outstanding: money(0), Overdue: money(0) },
          },
        }
      : {}),
    // Xero keeps five persons beside the primary one
    ContactPersons: customer.contacts.slice(0, 5).map((person) => ({
      FirstName: person.firstName,
      LastName: person.lastName,
      EmailAddress: person.email,
      IncludeInEmails: person.includeInEmails,
    })),
  };
}

function groups(customer: SandboxCustomer): Wire[] {
  return (customer.groups ?? []).map((name) => ({
    ContactGroupID: guid(`group ${name}`),
    Name: name,
    Status: 'ACTIVE',
    Contacts: [],
    HasValidationErrors: false,
  }));
}

function addresses(customer: SandboxCustomer): Wire[] {
  const { line1, city, region, postalCode, country } = customer.address;
  return [
    { AddressType: 'STREET', City: '', Region: '', PostalCode: '', Country: '' },
    {
      AddressType: 'POBOX',
      AddressLine1: line1,
      City: city,
      Region: region,
      PostalCode: postalCode,
      Country: country,
    },
  ];
}

function phones(customer: SandboxCustomer): Wire[] {
  return ['DEFAULT', 'DDI', 'FAX', 'MOBILE'].map((PhoneType) => ({
    PhoneType,
    PhoneNumber: PhoneType === 'DEFAULT' ? (customer.phone ?? '') : '',
    PhoneAreaCode: '',
    PhoneCountryCode: '',
  }));
}
