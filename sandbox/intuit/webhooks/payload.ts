import { createHmac } from 'node:crypto';

/** A change that Intuit tells the app about. */
export interface Notice {
  readonly id: string;
  readonly realmId: string;
  readonly entity: 'Invoice' | 'Payment' | 'CreditMemo' | 'Customer';
  readonly entityId: string;
  readonly verb: 'created' | 'updated' | 'deleted' | 'voided' | 'merged' | 'emailed';
  /** ISO instant. */
  readonly at: string;
  /** In a merge: the customer that is gone. */
  readonly deletedId?: string;
}

/** Today's form: an array of CloudEvents that may mix companies. Times carry nanoseconds. */
export function cloudEvents(notices: readonly Notice[]): unknown[] {
  return notices.map((one, at) => ({
    specversion: '1.0',
    id: one.id,
    source: 'intuit.dsnBgbseACLLRZNxo2dfc4evmEJdxde58xeeYcZliOU=',
    type: `qbo.${one.entity.toLowerCase()}.${one.verb}.v1`,
    datacontenttype: 'application/json',
    time: one.at.replace(/(\.\d{3})?Z$/, (_all, ms) => `${ms ?? '.000'}${String(100_003 + at * 7)}Z`),
    intuitentityid: one.entityId,
    intuitaccountid: one.realmId,
    data: {},
  }));
}

const CLASSIC_VERBS = {
  created: 'Create',
  updated: 'Update',
  deleted: 'Delete',
  voided: 'Void',
  merged: 'Merge',
  emailed: 'Emailed',
};

/** The form of before 2026, one block for each company. */
export function classic(notices: readonly Notice[]): unknown {
  const byRealm = Map.groupBy(notices, (one) => one.realmId);
  return {
    eventNotifications: [...byRealm].map(([realmId, list]) => ({
      realmId,
      dataChangeEvent: {
        entities: list.map((one) => ({
          name: one.entity,
          id: one.entityId,
          operation: CLASSIC_VERBS[one.verb],
          lastUpdated: one.at.replace(/\.\d+Z$/, '+0000'),
          ...(one.deletedId !== undefined && { deletedId: one.deletedId }),
        })),
      },
    })),
  };
}

/** `intuit-signature`: base64 of the HMAC-SHA256 over the bytes sent. */
export function signature(body: string, verifierToken: string): string {
  return createHmac('sha256', verifierToken).update(body).digest('base64');
}
