import type { DocStore } from '../store.ts';

/** Something that happened to a message on its way. */
interface MailEvent {
  recipient: string;
  type: 'Delivered' | 'Bounced' | 'SpamComplaint';
  /** ISO instant by the sandbox clock. */
  at: string;
  details: Record<string, string>;
}

/** An accepted message; `request` is the body exactly as it came. */
export interface Mail {
  id: string;
  at: string;
  stream: string;
  from: string;
  to: string[];
  recipients: string[];
  subject: string;
  tag?: string;
  metadata: Record<string, string>;
  request: Record<string, unknown>;
  events: MailEvent[];
}

const KIND = 'mail';

/** All mail that was accepted, in order; durable. */
export class Mails {
  constructor(private readonly store: DocStore) {}

  all(): Mail[] {
    return [...this.store.all<Mail>(KIND).values()];
  }

  get(id: string): Mail | undefined {
    return this.store.all<Mail>(KIND).get(id);
  }

  put(mail: Mail): void {
    this.store.put(KIND, mail.id, mail);
  }

  clear(): void {
    for (const { id } of this.all()) this.store.remove(KIND, id);
  }
}
