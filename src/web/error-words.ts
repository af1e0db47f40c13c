import { LedgerError, UserError } from '../platform/errors.ts';

/** What a person or an API client is told. */
export interface Told {
  readonly status: number;
  readonly code: string;
  /** What happened. */
  readonly message: string;
  /** What to do, as a sentence. */
  readonly action: string;
}

/** An address that leads nowhere, asked by somebody in a company, signed in, or neither. */
export function nothingHere(asker: 'in a company' | 'signed in' | 'unknown'): Told {
  const start = {
    'in a company': 'choose a page from the menu',
    'signed in': 'start from your companies',
    unknown: 'go to the start',
  }[asker];
  return {
    status: 404,
    code: 'not_found',
    message: 'There is nothing at this address.',
    action: `Check the address, or ${start}.`,
  };
}

/** An error in words. Nothing of the inside is told. */
export function tell(error: Error): Told {
  if (error instanceof UserError)
    return { status: error.status, code: error.code, message: error.message, action: error.action };
  if (error instanceof LedgerError) return { status: 502, ...ledgerWords(error) };
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status === 413)
    return {
      status,
      code: 'too_large',
      message: 'That is too large to be taken.',
      action: 'Send something smaller.',
    };
  if (status === 415)
    return {
      status,
      code: 'bad_input',
      message: 'What was sent is of a kind that is not taken here.',
      action: 'Load the page again and send its form; the API takes JSON.',
    };
  if (status === 429)
    return {
      status,
      code: 'too_many_requests',
      message: 'That was too often in a short time.',
      action: 'Wait a minute, then try again.',
    };
  // validation and body parsing: Fastify's words name the field and hold nothing of ours
  if (status >= 400 && status < 500)
    return { status, code: 'bad_input', message: error.message, action: 'Correct it and try again.' };
  return {
    status: 500,
    code: 'internal',
    message: 'Something went wrong here. Nothing was half done.',
    action: 'Try again in a minute; if it stays, write to support.',
  };
}

function ledgerWords(error: LedgerError): Omit<Told, 'status'> {
  if (error.kind === 'reconnect_needed') {
    return {
      code: 'ledger_unavailable',
      message: 'The connection to the ledger has ended.',
      action: 'Connect the company again.',
    };
  }
  return {
    code: 'ledger_unavailable',
    message: `The ledger could not do this now: ${error.vendorSays}`,
    action: 'Try again in a few minutes.',
  };
}
