import { createHash } from 'node:crypto';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True when the text is a GUID, the only form in which Xero names anything. */
function isGuid(text: string): boolean {
  return GUID.test(text);
}

/** The id as Xero writes it: itself when it is a GUID already, otherwise a GUID derived from it, always the same. */
export function guid(id: string): string {
  if (isGuid(id)) return id.toLowerCase();
  const hex = createHash('sha256').update(`xero:${id}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
