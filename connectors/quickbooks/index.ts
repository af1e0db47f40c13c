import type { Ledger, LedgerProvider } from '../../src/ports/ledger.ts';
import { readChanges } from './changes.ts';
import { type QuickBooksClient, quickBooksClient } from './client.ts';
import { readAll } from './first-sync.ts';
import { limits } from './limits.ts';
import { findNote, writeNote } from './notes.ts';
import { quickBooksOAuth } from './oauth.ts';
import { invoicePdf, onlineInvoiceUrls } from './papers.ts';
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
      return parseProfile(info, await client.get('preferences'));
    },
    readAll: (resumeFrom) => readAll(client, now, resumeFrom),
    readChanges: (cursor, confirm = []) => readChanges(client, now, cursor, confirm),
    receivables: () => receivables(client),
    writeNote: (note) => writeNote(client, note),
    findNote: (invoiceId, marker) => findNote(client, invoiceId, marker),
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
