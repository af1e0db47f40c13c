import type { DocStore } from '../../store.ts';
import type { Wire } from '../wire/shared.ts';
import { tooLong } from './faults.ts';
import { Refused } from './reply.ts';

const LONGEST = 50;

/**
 * Does a write once for each `requestid` of a realm: a repeat gets the first answer again, whatever it carries.
 * Write and memory become durable together; a write that was refused is not remembered. Without an id: just does it.
 */
export function once(
  store: DocStore,
  realmId: string,
  requestId: string | undefined,
  write: () => Wire,
): Wire {
  if (requestId === undefined || requestId === '') return write();
  if (requestId.length > LONGEST) throw new Refused(tooLong('requestid', LONGEST));
  const key = `${realmId}/${requestId}`;
  const before = store.all<Wire>('intuit.requestid').get(key);
  if (before !== undefined) return before;
  return store.transaction(() => {
    const body = write();
    store.put('intuit.requestid', key, body);
    return body;
  });
}
