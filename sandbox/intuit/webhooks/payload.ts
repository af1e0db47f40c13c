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

/**
 * How a company's webhooks look. `cloudevents`: an array, as today; `cloudevents_batch` and `cloudevents_json`: the
 * same under another content type; `cloudevents_single`: one event a call, no array; `classic`: the form of before 2026.
 */
export const HOOK_FORMATS = [
  'cloudevents',
  'cloudevents_batch',
  'cloudevents_json',
  'cloudevents_single',
  'classic',
] as const;
export type HookFormat = (typeof HOOK_FORMATS)[number];

const CONTENT_TYPE: Readonly<Record<HookFormat, string>> = {
  cloudevents: 'application/cloudevents+json',
  cloudevents_batch: 'application/cloudevents-batch+json; charset=utf-8',
  cloudevents_json: 'application/json',
  cloudevents_single: 'application/cloudevents+json; charset=utf-8',
  classic: 'application/json; charset=utf-8',
};

/** The calls that tell of these notices: their bytes and content types. */
export function hookBodies(
  notices: readonly Notice[],
  format: HookFormat,
): { body: string; contentType: string }[] {
  const contentType = CONTENT_TYPE[format];
  const bodies =
    format === 'classic'
      ? [classic(notices)]
      : format === 'cloudevents_single'
        ? cloudEvents(notices)
        : [cloudEvents(notices)];
  return bodies.map((one) => ({ body: JSON.stringify(one), contentType }));
}

/** Today's form: an array of CloudEvents that may mix companies. Times carry nanoseconds. */
function cloudEvents(notices: readonly Notice[]): unknown[] {
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
function classic(notices: readonly Notice[]): unknown {
  const byRealm = Map.groupBy(notices, (one) => one.realmId);
  return {
    eventNotifications: [...byRealm].map(([realmId, list]) => ({
      realmId,
      dataChangeEvent: {
        entities: list.map((one) => ({
          name: one.entity,
          id: one.entityId,
          operation: CLASSIC_VERBS[one.verb],
          lastUpdated: pacific(one.at),
          ...(one.deletedId !== undefined && { deletedId: one.deletedId }),
        })),
      },
    })),
  };
}

/** `2015-10-05T14:42:19-0700`: the time of Intuit's own machines, its offset without a colon. */
function pacific(at: string): string {
  const zoned = Temporal.Instant.from(at).toZonedDateTimeISO('America/Los_Angeles');
  return zoned
    .toString({ smallestUnit: 'second', timeZoneName: 'never' })
    .replace(/([+-]\d\d):(\d\d)$/, '$1$2');
}

/** `intuit-signature`: base64 of the HMAC-SHA256 over the bytes sent. */
export function signature(body: string, verifierToken: string): string {
  return createHmac('sha256', verifierToken).update(body).digest('base64');
}
