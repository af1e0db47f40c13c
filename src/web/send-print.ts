import type { FastifyReply } from 'fastify';
import type { InvoicePrint } from '../books/papers.job.ts';

/** What a browser's own PDF viewer needs, and nothing else. */
const policy =
  "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

/** Sends an invoice's PDF to be looked at in the browser, or saved under the invoice's number. */
export function sendPrint(reply: FastifyReply, { pdf, number }: InvoicePrint): FastifyReply {
  const plain = (number ?? '').replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 60);
  const name = plain.replaceAll('-', '') === '' ? 'invoice' : `invoice-${plain}`;
  return reply
    .header('content-security-policy', policy)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
    .header('content-disposition', `inline; filename="${name}.pdf"`)
    .type('application/pdf')
    .send(Buffer.from(pdf));
}
