import { emailBody } from '../../src/policies/old-body.ts';

/** What of the API it needs; both of `Api` and of the tests' own wrappers. */
interface PolicyApi {
  call(method: string, address: string, body?: unknown): Promise<unknown>;
}

/**
 * Four e-mails for everybody, without calls, letters, statements and segments: for worlds whose tests are about
 * something else than the policy. Call it before the company's first plan leaves preview.
 */
export async function emailOnly(api: PolicyApi): Promise<void> {
  await api.call('PUT', '/policy', { expectedVersion: 1, document: emailBody, by: 'Dana Whitfield' });
}
