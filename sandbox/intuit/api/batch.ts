import type { SandboxContext } from '../../context.ts';
import { BookView } from '../book-view.ts';
import type { Wire } from '../wire/shared.ts';
import { queryResponse } from './answers.ts';
import { invalidParameter, unsupported } from './faults.ts';
import { Refused } from './reply.ts';
import { once } from './requestid.store.ts';
import { type Body, writeAttachable } from './writes.ts';

const MOST = 30;

/** POST /batch: queries and new notes; an item that fails carries its own Fault, the answer is 200 all the same. */
export function batchResponse(ctx: SandboxContext, realmId: string, body: Body, requestId?: string): Wire {
  const items = body.BatchItemRequest;
  if (!Array.isArray(items) || items.length === 0) throw new Refused(invalidParameter('BatchItemRequest'));
  if (items.length > MOST)
    throw new Refused(invalidParameter(`BatchItemRequest has more than ${MOST} items`));
  return { BatchItemResponse: (items as Body[]).map((item) => one(ctx, realmId, item, requestId)) };
}

function one(ctx: SandboxContext, realmId: string, item: Body, requestId: string | undefined): Wire {
  const bId = item.bId;
  try {
    if (typeof item.Query === 'string') {
      return { bId, QueryResponse: queryResponse(item.Query, new BookView(ctx, realmId)) };
    }
    if (item.Attachable !== undefined && item.operation === 'create') {
      const id = requestId === undefined ? undefined : `${requestId}${bId}`;
      return {
        bId,
        ...once(ctx, realmId, id, () => writeAttachable(ctx, realmId, item.Attachable as Body)),
      };
    }
    throw new Refused(unsupported(String(item.operation)));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { bId, Fault: error.refusal.body(ctx.clock.now()).Fault };
  }
}
