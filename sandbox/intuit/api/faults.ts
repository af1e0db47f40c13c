import type { Wire } from '../wire/shared.ts';
import { envelopeTime } from '../wire/stamps.ts';

/** An answer that is an error, in one of Intuit's spellings. */
export interface Refusal {
  readonly status: number;
  readonly body: (now: Date) => Wire;
  /** What it says in XML, where that is put differently. */
  readonly xmlBody?: (now: Date) => Wire;
  /** Sent as XML even to those who ask for JSON. */
  readonly xml?: boolean;
}

/** The ordinary error of the accounting API. */
export function fault(
  code: string,
  message: string,
  detail: string,
  options: { status?: number; type?: string; element?: string } = {},
): Refusal {
  return {
    status: options.status ?? 400,
    body: (now) => ({
      Fault: {
        Error: [
          {
            Message: message,
            Detail: detail,
            code,
            ...(options.element !== undefined && { element: options.element }),
          },
        ],
        type: options.type ?? 'ValidationFault',
      },
      time: envelopeTime(now),
    }),
  };
}

/**
 * The gateway's own error, before the accounting API is reached: in JSON lower case, null members, a number for
 * the time; in XML like any other.
 */
function gateway(status: number, name: string, code: string, detail: string | null, type: string): Refusal {
  const message = `message=${name}; errorCode=${code.padStart(6, '0')}; statusCode=${status}`;
  return {
    status,
    xmlBody: fault(code, message, detail ?? '', { type }).body,
    body: (now) => ({
      warnings: null,
      intuitObject: null,
      fault: {
        error: [
          {
            message,
            detail,
            code,
            element: null,
          },
        ],
        type,
      },
      report: null,
      queryResponse: null,
      batchItemResponse: [],
      attachableResponse: [],
      syncErrorResponse: null,
      requestId: null,
      time: now.getTime(),
      status: null,
      cdcresponse: [],
    }),
  };
}

export const unauthorized = (detail: string | null) =>
  gateway(401, 'AuthenticationFailed', '3200', detail, 'AUTHENTICATION');

export const forbidden = () => gateway(403, 'ApplicationAuthorizationFailed', '3100', null, 'AUTHORIZATION');

/** No Retry-After: Intuit sends none. */
export const throttled = () =>
  fault(
    '3001',
    'message=ThrottleExceeded; errorCode=003001; statusCode=429',
    'The request limit was reached.  Try again later',
    { status: 429, type: 'SERVICE' },
  );

/**
 * The app has used up the month's reads. Reconstructed: Intuit says that reads are blocked, but shows no answer.
 * Told from the ordinary throttle by its Detail only.
 */
export const monthUsedUp = () =>
  fault(
    '3001',
    'message=ThrottleExceeded; errorCode=003001; statusCode=429',
    'The monthly limit of CorePlus API calls was reached. Calls are blocked until the next month.',
    { status: 429, type: 'SERVICE' },
  );

export const notFound = () =>
  fault(
    '610',
    'Object Not Found',
    "Object Not Found : Something you're trying to use has been made inactive. " +
      'Check the fields with accounts, customers, items, vendors or employees.',
    { element: '' },
  );

export const stale = () =>
  fault(
    '5010',
    'Stale Object Error',
    'Stale Object Error : You and root were working on this at the same time. ' +
      'Root finished before you did, so your work was not saved.',
    { element: '' },
  );

export const system = () =>
  fault(
    '10000',
    'An application error has occurred while processing your request',
    'System Failure Error: java.lang.NullPointerException',
    { status: 500, type: 'SystemFault', element: '' },
  );

export const closedPeriod = (day: string) =>
  fault(
    '6210',
    'Account Period Closed, Cannot Update Through Services API',
    `The account period has closed and the account books cannot be updated through the QBO Services API. ` +
      `Please use the QBO website to make these changes.${day && ` The books are closed to ${day}.`}`,
    { element: '' },
  );

export const suspended = () =>
  fault(
    '6190',
    'Invalid Company Status',
    "Subscription period has ended or canceled or there was a billing problem : You can't add data to " +
      'QuickBooks Online because your trial or subscription period ended, you canceled your subscription, ' +
      'or there was a billing problem.',
    { element: '' },
  );

export const unsupported = (what: string) =>
  fault('500', 'Unsupported Operation', `Operation ${what} is not supported.`, { element: '' });

export const missing = (element: string) =>
  fault(
    '2020',
    'Required param missing, need to supply the required value for the API',
    `Required parameter ${element} is missing in the request`,
    { element },
  );

export const invalidParameter = (detail: string, element = '') =>
  fault('2010', 'Request has invalid or unsupported property', `Property Name:${detail}`, { element });

export const tooLong = (element: string, max: number) =>
  fault(
    '2050',
    'String length is either shorter or longer than supported by specification',
    `${element} : Max Length ${max}`,
    { element },
  );

export const unreadable = (detail: string) =>
  fault(
    '6000',
    'A business validation error has occurred while processing your request',
    `Business Validation Error: ${detail}`,
    { element: '' },
  );
