import { type Colour, contrast } from '../colour.ts';

/** The house's colours (looks: tokens) as a mail uses them. */
export const light = {
  paper: '#fbfaf7',
  card: '#ffffff',
  line: '#e4e1d8',
  ink: '#1d2429',
  soft: '#5b6469',
} as const;
const dark = { paper: '#14181b', card: '#1b2126', line: '#2c343a', ink: '#e8eaeb', soft: '#a3abb0' } as const;

export const SERIF = "Georgia, 'Times New Roman', serif";
export const SANS = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

/** WCAG 2: the edge of a control stands out from what is around it. */
const EDGE = 3;

/** The edge of the brand's button: its own colour, or a grey where that would melt into the card. */
export function edgeOn(colour: Colour, card: Colour): string {
  return contrast(colour, card) >= EDGE ? colour : '#868d92';
}

/**
 * What inline styles can't do: dark colours where the mail program asks for them, and less air on a phone. Programs
 * that ignore it show the light colours, which stand alone.
 */
export function styleSheet(colour: Colour): string {
  return `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
a { color: inherit; }
.figures { font-variant-numeric: tabular-nums; }
@media only screen and (max-width: 479px) {
  .side { padding-left: 20px !important; padding-right: 20px !important; }
  .half > table > tbody > tr > td { padding-left: 20px !important; padding-right: 20px !important; }
  .figures td, .figures th { white-space: normal !important; }
}
@media (prefers-color-scheme: dark) {
  body, .paper, .paper > div { background: ${dark.paper} !important; }
  .card, .card > table { background: ${dark.card} !important; }
  .card, .card td, .card th, .card div, .card p, .line td, .line th { border-color: ${dark.line} !important; }
  .ink, .ink div, .ink table, .ink a { color: ${dark.ink} !important; }
  .soft, .soft div, .soft a { color: ${dark.soft} !important; }
  .band > table > tbody > tr > td { border-color: ${colour} !important; }
  .plain td, .plain a { background: ${dark.card} !important; color: ${dark.ink} !important; border-color: #868d92 !important; }
  .brand td { border-color: ${edgeOn(colour, dark.card)} !important; }
  .logo { background: #ffffff !important; padding: 6px !important; border-radius: 6px !important; }
}`;
}
