import type { DocStore } from '../store.ts';
import type { HookFormat } from './webhooks/payload.ts';

/** Switches of a QuickBooks company that the sandbox's own ledger has no row for. */
export interface IntuitSettings {
  /** A payments account is on: invoices then have an online link. */
  paymentsOn: boolean;
  autoApplyCredit: boolean;
  autoApplyPayments: boolean;
  /** Users number their invoices themselves, so a number may be missing. */
  customTxnNumbers: boolean;
  /** How webhooks are sent; `cloudevents` is today's form. */
  webhookFormat: HookFormat;
  /** How long (sandbox clock) a `requestid` is remembered; null: for ever. */
  requestIdHours: number | null;
}

const USUAL: IntuitSettings = {
  paymentsOn: true,
  autoApplyCredit: false,
  autoApplyPayments: true,
  customTxnNumbers: false,
  webhookFormat: 'cloudevents',
  requestIdHours: null,
};

/** The switches of one company; what was never set has its usual value. */
export function settingsOf(store: DocStore, realmId: string): IntuitSettings {
  return { ...USUAL, ...store.all<Partial<IntuitSettings>>('intuit.settings').get(realmId) };
}

/** Changes switches of one company and returns them all. */
export function changeSettings(
  store: DocStore,
  realmId: string,
  change: Partial<IntuitSettings>,
): IntuitSettings {
  const next = { ...settingsOf(store, realmId), ...change };
  store.put('intuit.settings', realmId, next);
  return next;
}
