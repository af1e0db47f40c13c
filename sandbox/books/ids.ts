import { createHash } from 'node:crypto';
import type { Vendor } from './model.ts';

/** The n-th id of a company: growing digits at Intuit, a version 4 shaped UUID that follows from the seed at Xero. */
export function nthId(vendor: Vendor, seed: number, companyId: string, n: number): string {
  return vendor === 'intuit' ? String(n) : seededUuid(`${seed}/${companyId}/${n}`);
}

/** A UUID that is always the same for the same words. */
export function seededUuid(words: string): string {
  const hex = createHash('sha256').update(words).digest('hex');
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
