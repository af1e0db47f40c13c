import type { ComponentChildren } from 'preact';

/** Every form that changes something carries this field; the server refuses it otherwise. */
export function Csrf({ token }: { readonly token: string }) {
  return <input type="hidden" name="_csrf" value={token} />;
}

/** A label around its control, with a hint below. */
export function Field({
  label,
  hint,
  children,
}: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label class="field">
      <span class="label-text">{label}</span>
      {children}
      {hint === undefined ? null : <span class="hint">{hint}</span>}
    </label>
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
