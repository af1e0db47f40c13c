/** Every answer's frame, in all 190 examples and in no schema. */
const frame = ['Id', 'Status', 'ProviderName', 'DateTimeUTC'];

/**
 * Members that Xero's own published examples carry although the published schema of that name does not know them.
 * Whatever the stand-in answers beyond schema and this list is invented, and refused.
 */
export const MEMBERS_SEEN: Readonly<Record<string, readonly string[]>> = {
  Organisations: frame,
  Actions: frame,
  InvoiceReminders: frame,
  Contacts: frame,
  Invoices: frame,
  OnlineInvoices: frame,
  HistoryRecords: frame,
  Payments: frame,
  CreditNotes: frame,
  Overpayments: frame,
  Prepayments: frame,
  ReportWithRows: frame,
  Invoice: ['DateString', 'DueDateString'],
  CreditNote: ['ID', 'DateString'],
  Overpayment: ['ID', 'DateString'],
  Prepayment: ['ID', 'DateString'],
  HistoryRecord: ['DateUTCString', 'ValidationErrors'],
  LineItem: ['ValidationErrors'],
  /** Echoes whatever was sent. */
  Element: ['*'],
  /** In no published example: seen in every capture of the token endpoint. */
  AccessToken: ['scope'],
};
