import type { ComponentChildren } from 'preact';
import type { HoldCategory } from '../../../domain/hold-kinds.ts';
import { categoryWords } from '../../hold-words.ts';
import { Csrf, Field, Fold, FormFault } from '../../parts/form.view.tsx';
import type { Typed } from '../../refused.ts';
import type { CompanyFrame } from '../frame.store.ts';

/** The fields that say themselves what is wrong with them. */
const fields = ['invoice', 'until', 'review', 'amount', 'reason', 'category'];

/** One hold behind its words: open again with what was typed when it was refused. */
export function Hold({
  frame,
  action,
  summary,
  button,
  typed,
  children,
}: {
  readonly frame: CompanyFrame;
  readonly typed: Typed;
  readonly action: string;
  readonly summary: string;
  readonly button: string;
  readonly children: ComponentChildren;
}) {
  return (
    <Fold summary={summary} open={typed.refused !== null}>
      <form method="post" action={action} class="stack">
        <Csrf token={frame.signedIn.csrfToken} />
        <FormFault words={typed.rest(fields)} />
        {children}
        <button class="btn btn-primary btn-sm" type="submit">
          {button}
        </button>
      </form>
    </Fold>
  );
}

/** What it is about, out of the closed list of its kind. */
export function Category({
  label,
  known,
  typed,
}: {
  readonly label: string;
  readonly known: readonly HoldCategory[];
  readonly typed: Typed;
}) {
  const fault = typed.fault('category');
  return (
    <Field label={label} fault={fault}>
      <select class="select" name="category" required aria-invalid={fault === undefined ? undefined : 'true'}>
        <option value="">Choose…</option>
        {known.map((category) => (
          <option key={category} value={category} selected={category === typed.text('category')}>
            {categoryWords[category]}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** Why, in the person's words. */
export function Reason({
  label = 'Reason',
  hint,
  typed,
}: {
  readonly label?: string;
  readonly hint: string;
  readonly typed: Typed;
}) {
  return (
    <Field label={label} hint={hint} fault={typed.fault('reason')}>
      <input class="input" required maxLength={300} autocomplete="off" {...typed.control('reason')} />
    </Field>
  );
}
