import { randomUUID } from 'node:crypto';
import type { Wire } from './envelope.ts';

/** A refusal, with the status and the body that Xero gives it. Thrown by handlers, sent by the error handler. */
export class XeroRefusal extends Error {
  constructor(
    readonly status: number,
    readonly body: Wire | string,
    readonly headers: Record<string, string> = {},
  ) {
    super(typeof body === 'string' ? body : JSON.stringify(body));
    this.name = 'XeroRefusal';
  }
}

/** 400 with `Elements`: each echoes what was sent and says what is wrong with it. */
export function validation(element: Wire, ...messages: string[]): XeroRefusal {
  return new XeroRefusal(400, {
    ErrorNumber: 10,
    Type: 'ValidationException',
    Message: 'A validation exception occurred',
    Elements: [{ ...element, ValidationErrors: messages.map((Message) => ({ Message })) }],
  });
}

/** 400: the `where` or `order` could not be understood. */
export function queryError(message: string): XeroRefusal {
  return new XeroRefusal(400, { ErrorNumber: 16, Type: 'QueryParseException', Message: message });
}

/** 401 or 403 as the gateway words it. */
export function gate(status: 401 | 403, detail: string): XeroRefusal {
  return new XeroRefusal(
    status,
    {
      Type: null,
      Title: status === 401 ? 'Unauthorized' : 'Forbidden',
      Status: status,
      Detail: detail,
      Instance: randomUUID(),
      Extensions: {},
    },
    status === 401 && detail.startsWith('AuthorizationUnsuccessful')
      ? { 'www-authenticate': 'insufficient_scope' }
      : {},
  );
}

/** 404 in plain text. */
export function notFound(): XeroRefusal {
  return new XeroRefusal(404, "The resource you're looking for cannot be found");
}
