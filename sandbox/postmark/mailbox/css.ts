/** What the mailbox needs beside the sandbox's own stylesheet. */
export const mailboxCss = `
.mails { list-style:none; margin:0; padding:0; background:var(--card); border:1px solid var(--line); border-radius:6px; }
.mails li + li { border-top:1px solid var(--line); }
.mails a { display:grid; grid-template-columns:minmax(180px, 1fr) 2fr max-content; gap:4px 16px; padding:10px 16px; color:inherit; text-decoration:none; }
.mails a:hover .subject, .mails a:focus-visible .subject { color:var(--duly); text-decoration:underline; }
.mails .to, .mails .when { color:var(--quiet); font-size:13px; } .mails .to { overflow-wrap:anywhere; }
.mails .bounced { color:var(--late); }
.search { margin:0 0 16px; }
.paper { width:100%; height:78vh; min-height:480px; border:1px solid var(--line); border-radius:6px; background:#FFFFFF; }
.facts.card { margin:8px 0 16px; } .headers + h2 { margin-top:16px; }
.headers td { overflow-wrap:anywhere; } .headers th { white-space:nowrap; }
@media (max-width: 640px) { .mails a { grid-template-columns:1fr; gap:0; padding:12px; } .mails .subject { grid-row:1; } .headers tr { display:grid; } .headers th { border-bottom:0; padding-bottom:0; } .paper { height:70vh; } }
`;
