import type { Day } from '../domain/day.ts';
import type { Sender } from '../policies/step.ts';
import type { Signer } from './signer.ts';

/** Who is to make a call. */
export interface Caller {
  readonly role: Sender;
  /** Null: the brand names nobody yet. */
  readonly name: string | null;
  /** As it follows "for": "Anna Bell, bookkeeper", "the bookkeeper". */
  readonly words: string;
}

/** P5: a call as a task: who is to make it, and from which day on. */
export interface CallTask {
  readonly for: Caller;
  /** In the company's zone. */
  readonly dueOn: Day;
}

/**
 * P5, P9: the owner of a call's task: whoever signs what the step writes, never the sales owner of a customer, who is
 * told and not tasked. `style`: of the touch, as the law allowed it. Null as signer: there is no brand.
 */
export function callerOf(
  signer: Pick<Signer, 'name' | 'title' | 'owner'> | null,
  sender: Sender,
  style: string,
): Caller {
  const role = roleOf(signer, sender, style);
  const name = signer?.name.trim() || null;
  return { role, name, words: name === null ? nameless[role] : `${name}, ${titleOf(signer, role)}` };
}

/** While the brand names no head of the business, the contact signs for them, and calls for them. */
function roleOf(signer: Pick<Signer, 'owner'> | null, sender: Sender, style: string): Sender {
  if (sender === 'owner') return signer === null || signer.owner ? 'owner' : 'bookkeeper';
  return sender === 'service' && style === 'service' ? 'service' : 'bookkeeper';
}

const nameless: Readonly<Record<Sender, string>> = {
  bookkeeper: 'the bookkeeper',
  owner: 'the owner',
  service: 'the service',
};

function titleOf(signer: Pick<Signer, 'title'> | null, role: Sender): string {
  if (role === 'owner') return signer?.title ?? 'owner';
  return role === 'service' ? 'calling for the service' : 'bookkeeper';
}
