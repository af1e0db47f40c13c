import type { World } from './world.ts';

export interface Mail {
  readonly to: string;
  /** ISO instant of acceptance, by the sandbox's clock. */
  readonly at: string;
  readonly touchId: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface SandboxInvoice {
  readonly id: string;
  readonly number?: string;
  readonly customerId: string;
  readonly currency: string;
  readonly dueDate?: string;
  readonly balanceMinor: number;
}

interface WireMail {
  readonly at: string;
  readonly request: {
    readonly To: string;
    readonly Subject: string;
    readonly TextBody: string;
    readonly HtmlBody: string;
    readonly Metadata: Readonly<Record<string, string>>;
  };
}

/** What the mail provider accepted, oldest first, as it came over the wire. */
export async function mailsOf(world: World): Promise<readonly Mail[]> {
  const mails = await world.control<WireMail[]>('GET', '/mails');
  return mails.map(({ at, request }) => ({
    to: request.To,
    at,
    touchId: request.Metadata.ob ?? '',
    subject: request.Subject,
    text: request.TextBody,
    html: request.HtmlBody,
  }));
}
