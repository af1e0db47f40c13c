import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { FaultVendor } from './fault-kinds.ts';

/** One answer of a vendor's stand-in, before a fault spoils it. */
export interface VendorAnswer {
  readonly method: string;
  /** What stands below `/intuit` or `/xero`, with its query. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string | Buffer;
}

/** Says what is wrong with an answer; nothing: it agrees with what the vendor publishes. */
export type Judge = (answer: VendorAnswer) => readonly string[];

/** The judges of the vendors that publish schemas, from the folder of official files. */
export async function judges(official: string): Promise<ReadonlyMap<FaultVendor, Judge>> {
  // loaded only when asked for: the image that runs the sandbox has neither the files nor their readers
  const [{ intuitJudge }, { xeroJudge }] = await Promise.all([
    import('./intuit/validate/answers.ts'),
    import('./xero/validate/answers.ts'),
  ]);
  return new Map<FaultVendor, Judge>([
    ['intuit', intuitJudge(join(official, 'qbo-xsd'))],
    ['xero', xeroJudge(official)],
  ]);
}

/** Has every answer of the instance judged; `complain` is called for each that a vendor would never give. */
export function installJudge(
  app: FastifyInstance,
  vendor: FaultVendor,
  judge: Judge,
  complain: (words: string) => void,
): void {
  const judged = new WeakSet<object>();
  app.addHook('onSend', async (request, reply, payload) => {
    // a connection that a fault cuts comes by a second time, with an error nobody receives
    if (judged.has(request.raw)) return payload;
    judged.add(request.raw);
    const { kind } = request.sandboxFault ?? {};
    // what a test ordered word for word is its own business
    const own = kind === 'status' || kind === 'html' || request.url.startsWith(`/${vendor}/control/`);
    if (own || (payload !== null && typeof payload !== 'string' && !Buffer.isBuffer(payload))) return payload;
    const answer: VendorAnswer = {
      method: request.method,
      path: request.url.slice(vendor.length + 1),
      status: reply.statusCode,
      contentType: String(reply.getHeader('content-type') ?? ''),
      headers: reply.getHeaders(),
      body: (payload as string | Buffer | null) ?? '',
    };
    for (const words of judge(answer).slice(0, 5)) {
      complain(`${vendor} ${request.method} ${request.url}, answer ${reply.statusCode}: ${words}`);
    }
    return payload;
  });
}
