import type { BookView } from '../book-view.ts';
import { address, head, present, type Stamped, type Wire } from './shared.ts';

/** `CompanyInfo`. QuickBooks doesn't print the company's time zone in it. */
export function companyInfoWire(row: Stamped, view: BookView): Wire {
  const company = view.company;
  return present({
    ...head(row, view),
    CompanyName: company.name,
    LegalName: company.legalName,
    CompanyAddr: address(company.address, '1'),
    LegalAddr: address(company.address, '2'),
    CustomerCommunicationAddr: address(company.address, '3'),
    Email: { Address: company.email },
    CustomerCommunicationEmailAddr: { Address: company.email },
    PrimaryPhone: { FreeFormNumber: company.phone },
    WebAddr: {},
    Country: company.country,
    SupportedLanguages: 'en',
    FiscalYearStartMonth: 'January',
    CompanyStartDate: '2019-01-02',
    NameValue: [
      { Name: 'NeoEnabled', Value: 'true' },
      { Name: 'SubscriptionStatus', Value: company.suspended ? 'EXPIRED' : 'PAID' },
      { Name: 'OfferingSku', Value: 'QuickBooks Online Plus' },
    ],
  });
}

/** `Preferences`, the groups that matter for receivables. Built-in reminders of QuickBooks are not in it. */
export function preferencesWire(row: Stamped, view: BookView): Wire {
  const { company, settings } = view;
  return {
    ...head(row, view),
    AccountingInfoPrefs: present({
      FirstMonthOfFiscalYear: 'January',
      UseAccountNumbers: false,
      TaxYearMonth: 'January',
      ClassTrackingPerTxn: false,
      TrackDepartments: false,
      CustomerTerminology: 'Customers',
      BookCloseDate: company.lockedUntil,
    }),
    SalesFormsPrefs: {
      CustomTxnNumbers: settings.customTxnNumbers,
      ETransactionPaymentEnabled: settings.paymentsOn,
      ETransactionEnabledStatus: settings.paymentsOn ? 'Enabled' : 'NotApplicable',
      DefaultTerms: { value: '3' },
      DefaultCustomerMessage: 'Thank you for your business.',
      EmailCopyToCompany: false,
      AllowDeposit: true,
      AutoApplyCredit: settings.autoApplyCredit,
      AutoApplyPayments: settings.autoApplyPayments,
    },
    EmailMessagesPrefs: {
      InvoiceMessage: {
        Subject: `Invoice from ${company.name}`,
        Message: `Your invoice is attached. Thank you for your business.\n\n${company.name}`,
      },
    },
    CurrencyPrefs: {
      MultiCurrencyEnabled: view.multiCurrency,
      HomeCurrency: { value: view.home },
    },
  };
}
