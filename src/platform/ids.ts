import { randomBytes, randomInt } from 'node:crypto';

const COUNTER_BITS = 26;
/** Begins anywhere, so that two processes seldom stand at the same figure. */
let counter = randomInt(2 ** (COUNTER_BITS - 1));

/**
 * A UUID version 7 (RFC 9562, method 1: a counter) for an instant: sorts by time, so indexes grow at their end, and by
 * order of creation within one process, also while a test's clock stands still.
 */
export function newId(now: Date): string {
  counter = (counter + 1) % 2 ** COUNTER_BITS;
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  const high = counter >>> 14;
  const low = counter & 0x3fff;
  bytes.writeUInt16BE(0x7000 | high, 6);
  bytes.writeUInt16BE(0x8000 | low, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
