import { ServerClient } from 'postmark';

/** Postmark's server API; both may be '' when mail isn't configured. */
export interface PostmarkMailerSettings {
  readonly serverToken: string;
  /** The message stream that reminders go through. */
  readonly stream: string;
  /** Address of the API; may carry a port and a path. */
  readonly apiUrl: string;
}

/** What the SDK's errors leave out: whether an answer came, and if not, why. */
export interface Trace {
  status: number | null;
  causeCode: string | null;
}

/**
 * The official client for one call, with a fetch that notes what happened on the wire into `trace`. Follows no
 * redirect: every call goes to the configured address and nowhere else.
 */
export function tracedClient(
  settings: PostmarkMailerSettings,
  timeoutSeconds: number,
  trace: Trace,
): ServerClient {
  const address = new URL(settings.apiUrl);
  return new ServerClient(settings.serverToken, {
    useHttps: address.protocol === 'https:',
    requestHost: (address.host + address.pathname).replace(/\/+$/, ''),
    timeout: timeoutSeconds,
    async fetch(input, init) {
      try {
        const response = await fetch(input, { ...init, redirect: 'manual' });
        trace.status = response.status;
        return response;
      } catch (error) {
        trace.causeCode = causeOf(error);
        throw error;
      }
    },
  });
}

/** Judged by name and code, never by class: the runtime's errors may come from another realm. */
function causeOf(error: unknown): string | null {
  const { name, cause } = error as { name?: unknown; cause?: { code?: unknown } };
  if (name === 'TimeoutError') return 'timeout';
  return typeof cause?.code === 'string' ? cause.code : null;
}
