import type { ComponentChildren } from 'preact';
import { Csrf, Fold } from '../../parts/form.view.tsx';
import type { CompanyFrame } from '../frame.store.ts';

interface StatementProps {
  readonly frame: CompanyFrame;
  readonly allowed: boolean;
  readonly action: string;
  readonly title: string;
  readonly meaning: string;
  /** Who and when, in words; null: not stated. */
  readonly stated: string | null;
  /** Where it is taken back and what that does, as its form says it; absent: nobody can. */
  readonly takeBack?: { readonly action: string; readonly means: ComponentChildren };
}

/** One thing that only the business can know: stated once, with name and date, and taken back the same way. */
export function Statement(props: StatementProps) {
  const { frame, allowed, action, title, meaning, stated, takeBack } = props;
  return (
    <div class="panel">
      <h3>{title}</h3>
      <p>{meaning}</p>
      {stated === null ? null : <p class="t-paid">✓ Stated by {stated}</p>}
      {stated === null && allowed ? (
        <form method="post" action={action} class="stack">
          <Csrf token={frame.signedIn.csrfToken} />
          <label class="flex items-start gap-3">
            <input class="checkbox checkbox-sm mt-0.5" type="checkbox" name="sure" value="yes" required />
            <span>
              I state this as {frame.signedIn.personName} for {frame.company.name}.
            </span>
          </label>
          <button class="btn btn-plain" type="submit">
            State it
          </button>
        </form>
      ) : null}
      {stated === null && !allowed ? <p class="t-2">Not stated.</p> : null}
      {stated !== null && allowed && takeBack !== undefined ? (
        <TakeBack frame={frame} action={takeBack.action} means={takeBack.means} />
      ) : null}
    </div>
  );
}

function TakeBack({
  frame,
  action,
  means,
}: Pick<StatementProps, 'frame' | 'action'> & { readonly means: ComponentChildren }) {
  return (
    <Fold summary="It is no longer true">
      {means}
      <form method="post" action={action} class="stack">
        <Csrf token={frame.signedIn.csrfToken} />
        <label class="flex items-start gap-3">
          <input class="checkbox checkbox-sm mt-0.5" type="checkbox" name="sure" value="yes" required />
          <span>
            I take this back as {frame.signedIn.personName} for {frame.company.name}.
          </span>
        </label>
        <button class="btn btn-plain" type="submit">
          Take it back
        </button>
      </form>
    </Fold>
  );
}
