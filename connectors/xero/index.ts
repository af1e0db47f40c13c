import type { Ledger, LedgerProvider } from '../../src/ports/ledger.ts';
import { readCustomers, readInvoices } from './by-id.ts';
import { type XeroClient, xeroClient } from './client.ts';
import { listConnections } from './connections.ts';
import type { XeroDeps, XeroSettings } from './deps.ts';
import { identityProof } from './identity.ts';
import { limits } from './limits.ts';
import { notesOn, writeNote } from './notes.ts';
import { authorizeUrl, disconnect, exchangeCode, refresh } from './oauth.ts';
import { invoicePdf, linksACall, onlineInvoiceUrls } from './papers.ts';
import { ownReminders, readProfile } from './profile.ts';
import { readAll, readChanges } from './read.ts';
import { readOpenInvoices, readReceivables } from './receivables.ts';
import { readWebhook } from './webhook.ts';

/** Xero as a ledger. All of its calls go to the addresses in `settings`. */
export function xero(settings: XeroSettings, deps: XeroDeps): LedgerProvider {
  const proof = identityProof(settings, deps);
  return {
    key: 'xero',
    signInKey: 'xero',
    label: 'Xero',
    booksWord: 'organisation',
    sharesTokens: true,
    configured: settings.clientId !== '' && settings.clientSecret !== '',
    authorizeUrl: (request) => authorizeUrl(settings, request),
    exchangeCode: (exchange) => exchangeCode(settings, deps, proof, exchange),
    refresh: (refreshToken) => refresh(settings, deps, refreshToken),
    openBooks: (accessToken) => listConnections(settings.apiUrl, deps, async () => accessToken),
    disconnect: (access, refreshToken, books) => disconnect(settings, deps, access, refreshToken, books),
    limits,
    open: (tenantId, access, gate) =>
      ledger(xeroClient({ apiUrl: settings.apiUrl, tenantId, access, gate }, deps), deps),
    readWebhook: (rawBody, headers) => readWebhook(settings.webhookKey, rawBody, headers),
    invoicePageUrl: (tenantId, invoiceId) => invoicePageUrl(settings.appUrl ?? '', tenantId, invoiceId),
  };
}

function ledger(client: XeroClient, deps: XeroDeps): Ledger {
  return {
    profile: () => readProfile(client),
    ownReminders: () => ownReminders(client),
    readAll: (resumeFrom) => readAll(client, deps.clock, resumeFrom),
    readChanges: (cursor, options) => readChanges(client, deps.clock, cursor, options),
    readOpenInvoices: () => readOpenInvoices(client),
    readInvoices: (ids) => readInvoices(client, deps.clock, ids),
    readCustomers: (ids) => readCustomers(client, ids),
    receivables: () => readReceivables(client),
    writeNote: (note) => writeNote(client, note),
    notesOn: (invoiceId) => notesOn(client, invoiceId),
    // a history note can't be taken away
    noteStands: async () => true,
    linksACall,
    onlineInvoiceUrls: (invoiceIds) => onlineInvoiceUrls(client, invoiceIds),
    invoicePdf: (invoiceId) => invoicePdf(client, invoiceId),
  };
}

/** Xero's own site opens the invoice in whichever organisation the person looked at last. */
function invoicePageUrl(appUrl: string, tenantId: string, invoiceId: string): string {
  const id = encodeURIComponent(invoiceId);
  if (appUrl !== '') return `${appUrl}/${encodeURIComponent(tenantId)}/invoices/${id}`;
  return `https://go.xero.com/AccountsReceivable/View.aspx?InvoiceID=${id}`;
}
