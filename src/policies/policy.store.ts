import type { Tx } from '../platform/db.ts';
import { getDocument } from './document.store.ts';
import { emailSteps, type Policy } from './policy.ts';

/** Until its callers ask `loadPolicies`: the company's settings with the four e-mails. */
export async function getPolicy(tx: Tx, companyId: string): Promise<Policy> {
  const { version, settings } = await getDocument(tx, companyId);
  return { ...settings, version, customerVersion: null, segment: null, paused: null, steps: emailSteps };
}
