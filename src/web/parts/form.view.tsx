import type { ComponentChildren } from 'preact';

/** Every form that changes something carries this field; the server refuses it otherwise. */
export function Csrf({ token }: { readonly token: string }) {
  return <input type="hidden" name="_csrf" value={token} />;
}

/** A label around its control, with what is wrong with it, or a hint, below. */
export function Field({
  label,
  hint,
  fault,
  children,
}: {
  readonly label: string;
  readonly fault?: string | undefined;
  readonly hint?: string | undefined;
  readonly children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label class="field">
      <span class="label-text">{label}</span>
      {children}
      {fault === undefined ? null : <span class="hint t-late">{fault}</span>}
      {hint === undefined || fault !== undefined ? null : <span class="hint">{hint}</span>}
    </label>
  );
}

/** What the server refused and no field of the form is to blame for. */
export function FormFault({ words }: { readonly words: string | undefined }) {
  if (words === undefined) return null;
  return (
    <p class="trouble bad" role="alert">
      {words}
    </p>
  );
}

/** A form behind a word: closed until it is wanted, works without script. */
export function Fold({
  summary,
  children,
  open = false,
}: {
  readonly summary: string;
  readonly children: ComponentChildren;
  readonly open?: boolean;
}) {
  return (
    <details class="fold" open={open}>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
