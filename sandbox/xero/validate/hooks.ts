import { type Official, readOfficial } from './schemas.ts';

const CALL = ['entropy', 'events', 'firstEventSequence', 'lastEventSequence'];
const EVENT = [
  'resourceUrl',
  'resourceId',
  'tenantId',
  'tenantType',
  'eventCategory',
  'eventType',
  'eventDateUtc',
]; // prettier-ignore
/** Categories of August and September 2026: younger than the published file. */
const YOUNGER = ['PREPAYMENT', 'OVERPAYMENT'];

interface Call {
  readonly events: readonly ({ readonly eventCategory: string } & Record<string, unknown>)[];
}

/** A judge of the webhook bodies that the stand-in posts, from the official files in `folder`. */
export function xeroHookJudge(folder: string): (body: string) => readonly string[] {
  const official = readOfficial(folder, 'xero-webhooks.yaml', false);
  return (body) => {
    const call = JSON.parse(body) as Call;
    const strange = unknown(call, CALL);
    // "intent to receive" has no events and no sequence: the published minimum of 1 does not hold for it
    if (call.events.length === 0) return strange;
    return [...strange, ...call.events.flatMap((event) => ofEvent(official, call, event))];
  };
}

function ofEvent(official: Official, call: Call, event: Call['events'][number]): readonly string[] {
  const isCredit = event.eventCategory === 'CREDITNOTE';
  const shown = YOUNGER.includes(event.eventCategory) ? { ...event, eventCategory: 'INVOICE' } : event;
  const validate = official.at(`/components/schemas/${isCredit ? 'CreditNoteWebhookEvent' : 'WebhookEvent'}`);
  const errors = validate({ ...call, events: [shown] }) ? [] : (validate.errors ?? []);
  return [
    ...unknown(event, isCredit ? [...EVENT, 'data'] : EVENT),
    ...errors.map(({ instancePath, message }) => `${instancePath} ${message}`),
  ];
}

function unknown(row: object, known: readonly string[]): readonly string[] {
  return Object.keys(row)
    .filter((name) => !known.includes(name))
    .map((name) => `unknown member ${name}`);
}
