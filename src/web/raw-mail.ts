import type { FastifyReply } from 'fastify';

/**
 * Sends the HTML of a mail as a document of its own, for a frame of ours: its own styles may apply, nothing in it may
 * run, load from elsewhere than `pictures`, or reach the page around it.
 */
export function sendMailHtml(reply: FastifyReply, html: string, pictures = ''): FastifyReply {
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `img-src 'self' data: ${pictures}`.trim(),
    "frame-ancestors 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    'sandbox',
  ].join('; ');
  return reply
    .header('content-security-policy', policy)
    .header('x-content-type-options', 'nosniff')
    .type('text/html; charset=utf-8')
    .send(html);
}

/** On paper the page of a letter says that it is a preview: what is posted is what was printed, and kept. */
export function notToPost(html: string): string {
  const words = 'A preview, not to be posted: choose “Print the letter” in Duly.';
  const style = `@media print{body::before{content:"${words}";display:block;margin:0 0 12pt;padding:6pt;border:1pt solid;font:bold 12pt sans-serif}}`;
  return html.replace('</head>', `<style>${style}</style></head>`);
}

/** A frame that has no mail to show says why. */
export function sendNoMail(reply: FastifyReply, words: string): FastifyReply {
  const escaped = words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const html = `<!doctype html><meta charset="utf-8"><title>No e-mail</title><body style="font:15px/22px system-ui,sans-serif;color:#1d2429;padding:16px"><p>${escaped}</p>`;
  return sendMailHtml(reply, html);
}
