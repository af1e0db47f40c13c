import { UserError } from '../platform/errors.ts';

/** A form that was refused: what was typed, and what is wrong with it. */
export interface Refused {
  /** Which form of the page, by the last part of the address it posts to. */
  readonly form: string;
  readonly typed: Readonly<Record<string, string>>;
  /** The name of the field that has to change; null: none in particular. */
  readonly field: string | null;
  readonly words: string;
  readonly status: number;
}

/** Where a field of a form is named otherwise than the value it carries. */
const formNames: Readonly<Record<string, string>> = {
  endsOn: 'until',
  reviewOn: 'review',
  invoiceId: 'invoice',
};

/**
 * Does the work of a form and returns what was done, in words; or what is wrong, so that the page can show the form
 * again as it was typed. What the person cannot mend in the form (a missing right, a fault of ours) is thrown on.
 */
export async function orRefused(
  form: string,
  body: unknown,
  work: () => Promise<string>,
): Promise<string | Refused> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UserError) || ![400, 404, 409].includes(error.status)) throw error;
    const field = error.field === null ? null : (formNames[error.field] ?? error.field);
    return {
      form,
      typed: typedIn(body),
      field,
      words: `${error.message} ${error.action}`,
      status: error.status,
    };
  }
}

/** What a form shows: what was typed before it was refused, or what it begins with. */
export class Typed {
  readonly refused: Refused | null;

  /** `form` as in Refused; a refusal of another form of the page is none of this one. */
  constructor(form: string, refused: Refused | null | undefined) {
    this.refused = refused?.form === form ? refused : null;
  }

  text(name: string, fresh = ''): string {
    return this.refused === null ? fresh : (this.refused.typed[name] ?? '');
  }

  fault(name: string): string | undefined {
    return this.refused?.field === name ? this.refused.words : undefined;
  }

  /** What belongs to no field that is shown. */
  rest(shown: readonly string[]): string | undefined {
    if (this.refused === null || shown.includes(this.refused.field ?? '')) return undefined;
    return this.refused.words;
  }

  /** For the control of a field: its name, what it holds, and that it is wrong, which is also where the page opens. */
  control(name: string, fresh = '') {
    const value = this.text(name, fresh);
    if (this.fault(name) === undefined) return { name, value };
    return { name, value, 'aria-invalid': 'true' as const, autofocus: true };
  }
}

function typedIn(body: unknown): Readonly<Record<string, string>> {
  const fields = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  return Object.fromEntries(
    fields.flatMap(([name, value]) =>
      typeof value === 'string' && name !== '_csrf' ? [[name, value.slice(0, 500)]] : [],
    ),
  );
}
