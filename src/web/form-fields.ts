import { UserError } from '../platform/errors.ts';

/** One text field of a posted form, trimmed and cut at `max` characters; empty when it is missing or no text. */
export function fieldOf(body: unknown, name: string, max: number): string {
  if (typeof body !== 'object' || body === null) return '';
  const value = (body as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value.trim().slice(0, max) : '';
}

/** Every value of a field that may be there several times. */
export function fieldsOf(body: unknown, name: string): readonly string[] {
  if (typeof body !== 'object' || body === null) return [];
  const value = (body as Readonly<Record<string, unknown>>)[name];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one) => typeof one === 'string');
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isId(text: string): boolean {
  return uuid.test(text);
}

/** An id of ours in a posted form. Throws UserError bad_input when it is none. */
export function uuidField(body: unknown, name: string): string {
  const value = fieldOf(body, name, 40);
  if (isId(value)) return value;
  throw new UserError('bad_input', 'The form is incomplete.', 'Open the page again and repeat what you did.');
}

/** Does the work of a form; a fault that has words for the person comes back as words for the page they came from. */
export async function sayingFaults(
  work: () => Promise<string>,
): Promise<{ readonly said: string; readonly bad: boolean }> {
  try {
    return { said: await work(), bad: false };
  } catch (error) {
    if (error instanceof UserError && (error.status === 400 || error.status === 404 || error.status === 409))
      return { said: `${error.message} ${error.action}`, bad: true };
    throw error;
  }
}
