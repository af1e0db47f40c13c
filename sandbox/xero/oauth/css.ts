/** What the consent page needs beside the sandbox's own stylesheet. */
export const consentCss = `
.consent { max-width:560px; margin:24px auto; padding:24px; }
.consent fieldset { border:0; border-top:1px solid var(--line); margin:16px 0 0; padding:12px 0 0; min-width:0; }
.consent legend { float:left; width:100%; font-weight:600; padding:0; margin:0 0 4px; }
.consent label { clear:both; color:var(--ink); font-size:15px; padding:6px 0; overflow-wrap:anywhere; }
.consent h2 { border-top:1px solid var(--line); margin:12px 0 4px; padding:12px 0 0; font-size:15px; line-height:22px; }
.consent ul { margin:0 0 16px; padding-left:20px; }
`;
