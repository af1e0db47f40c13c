import { timingSafeEqual } from 'node:crypto';
import type { FastifyError, FastifyPluginAsync } from 'fastify';
import type { SandboxContext } from '../context.ts';
import { mailControl } from './control.routes.ts';
import { emailRoutes } from './email.routes.ts';
import { mailboxRoutes } from './mailbox/mailbox.routes.ts';
import { messageRoutes } from './messages.routes.ts';
import { PostmarkRefusal } from './refusal.ts';
import { runtimeOf } from './runtime.ts';
import { suppressionRoutes } from './suppressions.routes.ts';

/** Stands in for api.postmarkapp.com. */
export function postmark(ctx: SandboxContext): FastifyPluginAsync {
  return async (app) => {
    const runtime = runtimeOf(ctx);
    app.addHook('preClose', async () => runtime.stop());
    app.addHook('preHandler', async (request) => {
      const given = String(request.headers['x-postmark-server-token'] ?? '');
      if (given !== 'POSTMARK_API_TEST' && !equal(given, ctx.config.postmark.serverToken)) {
        throw new PostmarkRefusal(
          401,
          10,
          'No Account or Server API tokens were supplied in the HTTP headers, or they are invalid. Please add a header named X-Postmark-Server-Token.',
        ); // prettier-ignore
      }
    });
    app.setErrorHandler<FastifyError>((error, _request, reply) => {
      const refusal = error instanceof PostmarkRefusal ? error : refusalOf(error);
      const { status, code, message } = refusal;
      if (status === 413)
        return reply.code(413).type('text/html').send('<html>413 Request Entity Too Large</html>');
      return reply
        .code(status)
        .header('x-pm-apierrorcode', String(code))
        .send({ ErrorCode: code, Message: message });
    });
    emailRoutes(app, runtime);
    messageRoutes(app, runtime);
    suppressionRoutes(app, runtime);
  };
}

/** Registered without a prefix: the pages below /mailbox and the control routes below /control/mails. */
export function mailbox(ctx: SandboxContext): FastifyPluginAsync {
  return async (app) => {
    const runtime = runtimeOf(ctx);
    mailControl(app, runtime);
    mailboxRoutes(app, runtime);
  };
}

function refusalOf(error: FastifyError): PostmarkRefusal {
  if (error.statusCode === 413) return new PostmarkRefusal(413, 0, error.message);
  if (error.statusCode === 415) {
    const words =
      'Your HTTP request does not have the Accept and Content-Type headers set to application/json.';
    return new PostmarkRefusal(415, 409, words);
  }
  if (error.statusCode === 400) return new PostmarkRefusal(422, 402, `Invalid JSON: ${error.message}`);
  return new PostmarkRefusal(500, 500, error.message);
}

function equal(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}
