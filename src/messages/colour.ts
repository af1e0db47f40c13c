/** A colour as six hexadecimal digits in lower case: `#0b6b63`. */
export type Colour = `#${string}`;

const WHITE: Colour = '#ffffff';
/** The house's ink (looks: tokens); tried before black, since it sits more quietly beside the text. */
const INK: Colour = '#1d2429';
const BLACK: Colour = '#000000';
/** WCAG 2 AA for text of ordinary size. */
const READABLE = 4.5;

export function isColour(text: unknown): text is Colour {
  return typeof text === 'string' && /^#[0-9a-f]{6}$/.test(text);
}

/** Relative luminance by WCAG 2, 0 (black) to 1 (white). */
function luminance(colour: Colour): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** Contrast of two colours by WCAG 2, 1 to 21; the order does not matter. */
export function contrast(one: Colour, other: Colour): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The colour of text on a surface of this colour, at least 4.5:1: white when it can be read, else dark. */
export function inkOn(surface: Colour): Colour {
  // where white is below 4.5, black is above 4.6: the two contrasts multiply to 21
  return [WHITE, INK].find((ink) => contrast(surface, ink) >= READABLE) ?? BLACK;
}
