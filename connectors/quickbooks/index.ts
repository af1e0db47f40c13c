import type { Ledger, LedgerProvider } from '../../src/ports/ledger.ts';
import { readChanges } from './changes.ts';
import { type QuickBooksClient, quickBooksClient } from './client.ts';
import { readAll } from './first-sync.ts';
import { limits } from './limits.ts';
import { readNames } from './names.ts';
import { noteStands, notesOn, writeNote } from './notes.ts';
import { quickBooksOAuth } from './oauth.ts';
import { readCustomers, readInvoices, readOpenInvoices } from './open-invoices.ts';
import { invoicePdf, linksACall, onlineInvoiceUrls } from './papers.ts';
import { parseProfile } from './profile.ts';
import { receivables } from './receivables.ts';
import type { QuickBooksDeps, QuickBooksSettings } from './settings.ts';
import { readWebhook } from './webhook.ts';

export type { QuickBooksSettings } from './settings.ts';

/** QuickBooks Online as a ledger. Nothing is called before one of its methods is. */
export function quickbooks(settings: QuickBooksSettings, deps: QuickBooksDeps): LedgerProvider {
  const oauth = quickBooksOAuth(settings, deps);
  return {
    key: 'quickbooks',
    signInKey: 'intuit',
    label: 'QuickBooks Online',
    booksWord: 'company',
    configured: settings.clientId !== '' && settings.clientSecret !== '',
    authorizeUrl: oauth.authorizeUrl,
    exchangeCode: oauth.exchangeCode,
    refresh: oauth.refresh,
    // one token set is one company: revoking it ends exactly this connection
    disconnect: (_access, refreshToken) => oauth.revoke(refreshToken),
    limits,
    open: (realmId, access, gate) =>
      openLedger(quickBooksClient(settings, deps, { realmId, access, gate }), () => deps.clock.now()),
    readWebhook: (rawBody, headers) => readWebhook(settings.webhookToken, rawBody, headers),
    invoicePageUrl: (realmId, invoiceId) => invoicePageUrl(settings, realmId, invoiceId),
  };
}

function openLedger(client: QuickBooksClient, now: () => Date): Ledger {
  return {
    async profile() {
      const info = await client.get(`companyinfo/${encodeURIComponent(client.realmId)}`);
      const about = parseProfile(info, await client.get('preferences'));
      const terms = await readNames(client);
      return terms === null ? about : { ...about, terms };
    },
    // QuickBooks' own automatic reminders can't be seen through its API
    ownReminders: async () => null,
    readAll: (resumeFrom, known) => readAll(client, now, resumeFrom, known),
    readChanges: (cursor, options) => readChanges(client, now, cursor, options),
    readOpenInvoices: (known) => readOpenInvoices(client, now, known),
    readInvoices: (ids, known) => readInvoices(client, now, ids, known),
    readCustomers: (ids, known) => readCustomers(client, now, ids, known),
    receivables: (known) => receivables(client, known),
    writeNote: (note) => writeNote(client, note),
    notesOn: (invoiceId) => notesOn(client, invoiceId),
    noteStands: (noteId) => noteStands(client, noteId),
    linksACall,
    onlineInvoiceUrls: (invoiceIds) => onlineInvoiceUrls(client, invoiceIds),
    invoicePdf: (invoiceId) => invoicePdf(client, invoiceId),
  };
}

/** The real address names no company: QuickBooks shows the one the person is signed in to. */
function invoicePageUrl(settings: QuickBooksSettings, realmId: string, invoiceId: string): string {
  const id = encodeURIComponent(invoiceId);
  if (settings.appUrl === undefined || settings.appUrl === '') {
    return `https://qbo.intuit.com/app/invoice?txnId=${id}`;
  }
  return `${settings.appUrl.replace(/\/+$/, '')}/${encodeURIComponent(realmId)}/invoices/${id}`;
}
