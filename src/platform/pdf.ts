import { LedgerError } from './errors.ts';

/** The largest print that is taken: more than any invoice needs, and what a mail can carry. */
export const PDF_MAX_BYTES = 10 * 1024 * 1024;

/** Readers look for the end mark in so many last bytes. */
const TAIL = 1_024;

/**
 * The bytes, if they are a whole PDF: begun as one and not cut off. Throws LedgerError `unavailable` for anything else,
 * such as a page in HTML with status 200; it says who answered (`vendor`), never what.
 */
export function wholePdf(bytes: Uint8Array, vendor: string): Uint8Array {
  if (bytes.byteLength > PDF_MAX_BYTES)
    throw new LedgerError('unavailable', `${vendor} sent a PDF of more than ${PDF_MAX_BYTES} bytes`);
  const latin = new TextDecoder('latin1');
  const head = latin.decode(bytes.subarray(0, TAIL));
  if (!head.includes('%PDF-'))
    throw new LedgerError('unavailable', `${vendor} sent something that is not a PDF`);
  if (!latin.decode(bytes.subarray(-TAIL)).includes('%%EOF'))
    throw new LedgerError('unavailable', `${vendor} sent a PDF that is cut off`);
  return bytes;
}
