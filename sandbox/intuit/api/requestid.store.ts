import type { SandboxContext } from '../../context.ts';
import { settingsOf } from '../settings.ts';
import type { Wire } from '../wire/shared.ts';
import { tooLong } from './faults.ts';
import { Refused } from './reply.ts';

const LONGEST = 50;

/**
 * Does a write once for each `requestid` of a realm: a repeat gets the first answer again, whatever it carries.
 * Write and memory become durable together; a write that was refused is not remembered. Without an id: just does it.
 * How long Intuit remembers is documented nowhere: for ever here, unless the company's settings say otherwise.
 */
export function once(
  { clock, store }: SandboxContext,
  realmId: string,
  requestId: string | undefined,
  write: () => Wire,
): Wire {
  if (requestId === undefined || requestId === '') return write();
  if (requestId.length > LONGEST) throw new Refused(tooLong('requestid', LONGEST));
  const key = `${realmId}/${requestId}`;
  const now = clock.now().getTime();
  const { requestIdHours } = settingsOf(store, realmId);
  const before = store.all<{ body: Wire; at: number }>('intuit.requestid').get(key);
  const forgets = requestIdHours === null ? Infinity : requestIdHours * 3_600_000;
  if (before !== undefined && now - before.at < forgets) return before.body;
  return store.transaction(() => {
    const body = write();
    store.put('intuit.requestid', key, { body, at: now });
    return body;
  });
}
