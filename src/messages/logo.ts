/** A picture as the brand keeps it; `bytes` is base64. */
export interface Logo {
  readonly type: 'image/png' | 'image/jpeg';
  readonly bytes: string;
}

interface PixelSize {
  readonly width: number;
  readonly height: number;
}

const MAX_BYTES = 200_000;
const MAX_SIDE = 4_000;
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * The logo, or what is wrong with it in words. What counts is the first bytes, not what the upload calls itself:
 * an SVG can carry script, and mail readers do not show it.
 */
export function checkLogo(input: unknown): { readonly logo: Logo } | { readonly fault: string } {
  if (typeof input !== 'object' || input === null || !('bytes' in input) || typeof input.bytes !== 'string')
    return { fault: 'The logo could not be read. Choose the file again.' };
  const bytes = Buffer.from(input.bytes, 'base64');
  if (bytes.length > MAX_BYTES)
    return { fault: `The logo is ${Math.ceil(bytes.length / 1000)} kB; at most 200 kB can be sent.` };
  const type = typeOf(bytes);
  const size = type === null ? null : sizeOf(bytes, type);
  if (type === null || size === null)
    return { fault: 'The logo is not a PNG or JPEG picture. Save it as PNG and choose it again.' };
  if (size.width > MAX_SIDE || size.height > MAX_SIDE)
    return { fault: `The logo is ${size.width} × ${size.height} pixels; at most 4,000 a side.` };
  return { logo: { type, bytes: bytes.toString('base64') } };
}

/** The size at which a mail shows the logo: as it is, but at most `max`, sides in proportion. */
export function shownSize(logo: Logo, max: PixelSize): PixelSize {
  const size = sizeOf(Buffer.from(logo.bytes, 'base64'), logo.type);
  if (size === null) return max;
  const scale = Math.min(1, max.width / size.width, max.height / size.height);
  return {
    width: Math.max(1, Math.round(size.width * scale)),
    height: Math.max(1, Math.round(size.height * scale)),
  };
}

function typeOf(bytes: Buffer): Logo['type'] | null {
  if (PNG_SIGNATURE.every((value, at) => bytes[at] === value)) return 'image/png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  return null;
}

function sizeOf(bytes: Buffer, type: Logo['type']): PixelSize | null {
  const size = type === 'image/png' ? pngSize(bytes) : jpegSize(bytes);
  return size !== null && size.width > 0 && size.height > 0 ? size : null;
}

function pngSize(bytes: Buffer): PixelSize | null {
  if (bytes.length < 24 || bytes.toString('latin1', 12, 16) !== 'IHDR') return null;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** Walks a JPEG's segments to the frame header (SOF0 … SOF15, without the tables that share its numbers). */
function jpegSize(bytes: Buffer): PixelSize | null {
  let at = 2;
  while (at + 9 <= bytes.length) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff) return null;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
