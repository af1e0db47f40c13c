import type { Paper } from './paper.ts';

/** The letter's look: 11 pt serif, the address where the envelope's window is, the sheet's own size on the screen. */
export function letterStyle(paper: Paper): string {
  const { margin } = paper;
  return `
@page { size: ${paper.size}; margin: ${margin.top} ${margin.side} ${margin.bottom}; }
* { box-sizing: border-box; }
:root { --top: ${margin.top}; --side: ${margin.side}; --at: ${paper.addressTop}; --left: ${paper.addressLeft}; --right: ${paper.referencesLeft}; --body: ${paper.bodyTop}; }
html { background: #efede7; }
body { margin: 0; font: 11pt/1.34 Georgia, 'Times New Roman', serif; color: #1d2429; }
.sheet { position: relative; width: ${paper.width}; min-height: ${paper.height}; margin: 24px auto; padding: var(--top) var(--side) ${margin.bottom}; background: #fff; display: flex; flex-direction: column; }
.front { height: calc(var(--body) - var(--top)); flex: none; }
.name { margin: 0; font-size: 17pt; line-height: 1.25; }
.logo { display: block; max-height: 48px; max-width: 60mm; margin-bottom: 2mm; }
.window { position: absolute; top: var(--at); left: var(--left); width: ${paper.addressWidth}; }
.return { margin: 0 0 2.5mm; font-size: 7pt; line-height: 1.2; color: #5b6469; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
address { font-style: normal; line-height: 1.25; overflow-wrap: anywhere; }
.references { position: absolute; top: var(--at); left: var(--right); margin: 0; font-size: 9.5pt; line-height: 1.3; }
.references div { margin-bottom: 1.6mm; }
dt { color: #5b6469; font-size: 8.5pt; }
dd { margin: 0; font-variant-numeric: tabular-nums; }
main { flex: 1; }
h1 { font-size: 12pt; font-weight: 600; margin: 0 0 3.2mm; line-height: 1.3; }
h2 { font-size: 11pt; font-weight: 600; margin: 0; }
.second h2 { margin-bottom: 4mm; }
p { margin: 0 0 2.3mm; overflow-wrap: anywhere; }
.keep { break-inside: avoid; }
.soft { color: #5b6469; }
table { width: 100%; border-collapse: collapse; margin: 1mm 0 3mm; font-size: 10pt; line-height: 1.25; font-variant-numeric: tabular-nums; }
th, td { font-weight: normal; text-align: right; vertical-align: top; padding: 1.1mm 0 1.1mm 3mm; border-top: 0.3mm solid #d6d2c8; }
th:first-child { text-align: left; padding-left: 0; overflow-wrap: anywhere; }
td, thead th { white-space: nowrap; }
thead th { border-top: 0; color: #5b6469; font-size: 9pt; }
th[scope='rowgroup'], .strong th, .strong td { font-weight: 600; }
tr { break-inside: avoid; }
.signature { margin: 9mm 0 0; font-size: 12pt; }
.place { font-size: 9.5pt; line-height: 1.35; }
.small { flex: none; border-top: 0.3mm solid #d6d2c8; padding-top: 2mm; font-size: 8pt; line-height: 1.35; color: #5b6469; }
.small p { margin: 0 0 1mm; }
.note { width: ${paper.width}; max-width: 100%; margin: 24px auto 0; padding: 12px 16px; background: #fff; color: #8a6100; font: 15px/22px system-ui, sans-serif; }
@media (prefers-color-scheme: dark) { html { background: #14181b; } .note { background: #1b2126; color: #e0b252; } }
@media screen and (max-width: 820px) {
  .sheet { width: auto; min-height: 0; margin: 0; padding: 20px; }
  .front { height: auto; }
  .window, .references { position: static; width: auto; margin: 0 0 20px; }
  .front { margin-top: 0; }
  .return { display: none; }
  .name { margin-bottom: 16px; }
}
@media print {
  html { background: none; }
  .note { display: none; }
  .sheet { width: auto; min-height: 0; margin: 0; padding: 0; }
  article.sheet { min-height: calc(${paper.height} - var(--top) - ${margin.bottom} - 3mm); }
  .window, .references { top: calc(var(--at) - var(--top)); }
  .window { left: calc(var(--left) - var(--side)); }
  .references { left: calc(var(--right) - var(--side)); }
  .second { break-before: page; }
}`;
}
