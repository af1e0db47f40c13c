/**
 * The sandbox's only stylesheet. Classes for everybody's pages: `card`, `row` (items side by side), `facts`
 * (definition list), `figure` (the one big number), `num` (right-aligned), `late`, `soon`, `paid`, `quiet`, `chip`,
 * `consent` (who and what one says yes to), `button` and `button plain`, `tabs`, `scroll` (around wide tables), `prose`.
 */
export const css = `
:root { --paper:#FBFAF7; --card:#FFFFFF; --line:#E4E1D8; --ink:#1D2429; --quiet:#5C6368; --duly:#0B6B63; --on-duly:#FFFFFF;
  --soon:#8A6100; --late:#A4281C; --paid:#1E6B3A; --stripe:#F3EFE3; }
@media (prefers-color-scheme: dark) { :root { --paper:#14181B; --card:#1B2126; --line:#2C343A; --ink:#E8EAEB; --quiet:#A3A9AD;
  --duly:#4FC3B5; --on-duly:#0D1F1D; --soon:#E0B252; --late:#F08A7E; --paid:#7CC796; --stripe:#232A2F; } }
* { box-sizing: border-box; }
body { margin:0; background:var(--paper); color:var(--ink); font:15px/22px system-ui, sans-serif; font-variant-numeric:tabular-nums; }
.bar { display:flex; flex-wrap:wrap; gap:4px 16px; align-items:baseline; padding:12px 20px; border-bottom:1px solid var(--line);
  background:repeating-linear-gradient(135deg, var(--stripe) 0 12px, var(--paper) 12px 24px); }
.bar .mark { font-weight:700; color:var(--ink); text-decoration:none; }
.bar .what { color:var(--quiet); font-size:13px; }
.bar nav { margin-left:auto; display:flex; gap:16px; }
main { max-width:1080px; margin:0 auto; padding:20px; }
h1 { font-size:20px; line-height:28px; margin:0 0 4px; } h2 { font-size:16px; line-height:24px; margin:0 0 8px; }
p { margin:0 0 12px; } a { color:var(--duly); }
:focus-visible { outline:2px solid var(--duly); outline-offset:2px; }
.quiet { color:var(--quiet); } .late { color:var(--late); } .soon { color:var(--soon); } .paid { color:var(--paid); }
.card { background:var(--card); border:1px solid var(--line); border-radius:6px; padding:16px; margin:0 0 16px; }
.grid { display:grid; grid-template-columns:repeat(auto-fit, minmax(min(100%, 340px), 1fr)); gap:16px; align-items:start; }
.grid > .card { margin:0; } .grid { margin-bottom:16px; }
.row { display:flex; flex-wrap:wrap; gap:8px 12px; align-items:end; }
.tight { flex-wrap:nowrap; } .tight input { flex:1 1 120px; min-width:120px; }
.facts { display:grid; grid-template-columns:max-content 1fr; gap:4px 16px; margin:0; } .facts dt { color:var(--quiet); } .facts dd { margin:0; overflow-wrap:anywhere; }
.figure { font-size:32px; line-height:40px; font-weight:600; margin:0; }
.chip { display:inline-block; border:1px solid currentColor; border-radius:6px; padding:0 6px; font-size:12px; line-height:18px; }
.scroll { overflow-x:auto; } table { border-collapse:collapse; width:100%; font-size:13px; line-height:20px; }
th { text-align:left; font-weight:600; color:var(--quiet); } th, td { padding:6px 12px 6px 0; border-bottom:1px solid var(--line); vertical-align:top; }
tr:last-child :is(td, tbody th) { border-bottom:0; } .num { text-align:right; white-space:nowrap; } .nowrap { white-space:nowrap; }
.tabs { display:flex; gap:16px; margin:0 0 12px; } .tabs a[aria-current] { color:var(--ink); font-weight:600; text-decoration:none; border-bottom:2px solid var(--duly); }
label { display:block; font-size:13px; color:var(--quiet); }
input, select, textarea { font:inherit; color:var(--ink); background:var(--paper); border:1px solid var(--quiet); border-radius:6px; padding:6px 8px; max-width:100%; }
input:disabled { opacity:.6; }
button, .button { font:inherit; display:inline-block; background:var(--duly); color:var(--on-duly); border:1px solid var(--duly); border-radius:6px; padding:6px 12px; min-height:36px; cursor:pointer; text-decoration:none; }
button.plain, .button.plain { background:transparent; color:var(--duly); }
button.danger { background:transparent; color:var(--late); border-color:var(--late); }
form { margin:0; } form + .quiet, form + p { margin-top:8px; } td form { text-align:right; } .message { border-left:4px solid var(--duly); padding:8px 12px; background:var(--card); margin:0 0 16px; }
.message.bad { border-color:var(--late); } pre, .prose { white-space:pre-wrap; overflow-wrap:anywhere; margin:0; } pre.prose { font:inherit; }
.consent { max-width:560px; margin:24px auto; padding:24px; }
.consent fieldset { border:0; border-top:1px solid var(--line); margin:16px 0 0; padding:12px 0 0; min-width:0; }
.consent legend { float:left; width:100%; font-weight:600; padding:0; margin:0 0 4px; }
.consent label { clear:both; color:var(--ink); font-size:15px; padding:6px 0; overflow-wrap:anywhere; }
.consent h2 { border-top:1px solid var(--line); margin:12px 0 4px; padding:12px 0 0; font-size:15px; line-height:22px; }
.consent .only { border-top:1px solid var(--line); margin:12px 0 16px; padding:12px 0 0; }
.consent ul { margin:0 0 16px; padding-left:20px; }
@media (max-width: 640px) { main { padding:12px; } .bar { padding:10px 12px; } .bar nav { margin-left:0; width:100%; } .facts { grid-template-columns:1fr; gap:0; } .facts dd { margin-bottom:8px; } }
`;
