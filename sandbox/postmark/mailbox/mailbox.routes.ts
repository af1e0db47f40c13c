import type { FastifyInstance, FastifyReply } from 'fastify';
import { page } from '../../pages/layout.tsx';
import type { Mail } from '../mails.ts';
import type { PostmarkRuntime } from '../runtime.ts';
import { mailboxCss } from './css.ts';
import { listPage } from './list.view.tsx';
import { mailPage, type Tab } from './mail.view.tsx';

const PAGE = 50;
/** A mail may show styles and pictures and open links in a new tab; it can run nothing and reach nothing else. */
const MAIL_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src http: https: data:; font-src 'none'; frame-ancestors 'self'";
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src data:; frame-src 'self'; form-action 'self'; base-uri 'none'";

type WithId = { Params: { id: string } };
type Attachment = { Name?: unknown; Content?: unknown; ContentType?: unknown };

/** The mailbox for a person, below /mailbox. */
export function mailboxRoutes(app: FastifyInstance, runtime: PostmarkRuntime): void {
  app.get('/mailbox.css', async (_request, reply) => reply.type('text/css').send(mailboxCss));

  app.get<{ Querystring: { to?: string; page?: string } }>('/mailbox', async (request, reply) => {
    const to = request.query.to ?? '';
    const found = runtime.mails
      .all()
      .filter((mail) => mail.recipients.some((each) => each.toLowerCase().includes(to.trim().toLowerCase())))
      .toReversed();
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    const number = Math.min(pages, Math.max(1, Math.trunc(Number(request.query.page)) || 1));
    const mails = found.slice((number - 1) * PAGE, number * PAGE);
    return html(reply, listPage({ mails, total: found.length, to, page: number, pages }));
  });

  app.get<WithId & { Querystring: { tab?: string } }>('/mailbox/:id', async (request, reply) => {
    const mail = runtime.mails.get(request.params.id);
    if (!mail) return missing(reply);
    const wished = request.query.tab;
    const usual: Tab = mail.request.HtmlBody ? 'html' : 'text';
    const tab: Tab = wished === 'html' || wished === 'text' || wished === 'headers' ? wished : usual;
    const attachments = attachmentsOf(mail).map((each) => ({
      name: String(each.Name ?? 'file'),
      type: String(each.ContentType ?? ''),
      bytes: bytesOf(each).length,
    }));
    return html(reply, mailPage(mail, tab, attachments));
  });

  app.get<WithId>('/mailbox/:id/html', async (request, reply) => {
    const mail = runtime.mails.get(request.params.id);
    if (!mail) return missing(reply);
    const body = withBase(String(mail.request.HtmlBody ?? '<p>This mail has no HTML part.</p>'));
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', MAIL_POLICY)
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer')
      .send(body);
  });

  app.get<{ Params: { id: string; at: string } }>('/mailbox/:id/attachments/:at', async (request, reply) => {
    const mail = runtime.mails.get(request.params.id);
    const file = mail && attachmentsOf(mail)[Number(request.params.at)];
    if (!file) return missing(reply);
    const name = encodeURIComponent(String(file.Name ?? 'file'));
    return reply
      .type('application/octet-stream')
      .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
      .header('x-content-type-options', 'nosniff')
      .send(bytesOf(file));
  });
}

function html(reply: FastifyReply, body: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('content-security-policy', PAGE_POLICY).send(body);
}

function missing(reply: FastifyReply): FastifyReply {
  return html(reply.code(404), page('No such mail', 'This mail is not here (any more).'));
}

function attachmentsOf(mail: Mail): Attachment[] {
  const list = mail.request.Attachments;
  return Array.isArray(list) ? (list as Attachment[]) : [];
}

function bytesOf(file: Attachment): Buffer {
  return Buffer.from(String(file.Content ?? ''), 'base64');
}

/** Links open beside the mailbox, not inside the frame. */
function withBase(body: string): string {
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(body) ? body.replace(/<head[^>]*>/i, (head) => head + base) : base + body;
}
