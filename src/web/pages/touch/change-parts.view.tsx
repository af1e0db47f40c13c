import type { ComponentChildren } from 'preact';
import type { LawRule } from '../../../policies/law/law.ts';
import { Csrf, Field, Fold, FormFault } from '../../parts/form.view.tsx';
import type { Refused, Typed } from '../../refused.ts';
import type { CompanyFrame } from '../frame.store.ts';

/** A touch as far as its forms need it. */
export interface ChangeableTouch {
  readonly touchId: string;
  readonly state: string;
  readonly channel: string;
  readonly plannedFor: Date;
  /** It repeats another one (IDM-11). */
  readonly repeats: boolean;
  readonly recipientEmail: string;
  /** A letter that may be in the post: it is posted, or it is not. */
  readonly isPrinted?: boolean;
  /** What the law warns of where it waits for a person, or was sent; absent: not looked up here. */
  readonly warnings?: readonly LawRule[];
}

/** The page on which the forms stand, to which one comes back. */
export type CameFrom = 'approve' | 'customer' | 'todo' | 'touch';

export interface ChangesProps {
  readonly frame: CompanyFrame;
  readonly touch: ChangeableTouch;
  readonly from: CameFrom;
  /** The form that was refused just now, with what was typed. */
  readonly refused?: Refused | null | undefined;
}

export function Change({
  props: { frame, touch, from },
  typed,
  name,
  summary,
  button,
  shown = [],
  children,
}: {
  readonly props: ChangesProps;
  readonly typed: Typed;
  readonly name: string;
  readonly summary: string;
  readonly button: string;
  readonly shown?: readonly string[];
  readonly children?: ComponentChildren;
}) {
  const at = `/companies/${frame.company.company_id}/touches/${touch.touchId}/${name}`;
  return (
    <Fold summary={summary} open={typed.refused !== null}>
      <form method="post" action={at} class="stack">
        <Csrf token={frame.signedIn.csrfToken} />
        <input type="hidden" name="from" value={from} />
        <FormFault words={typed.rest(shown)} />
        {children}
        <button class="btn btn-plain btn-sm" type="submit">
          {button}
        </button>
      </form>
    </Fold>
  );
}

export function WhyField({ typed, label }: { readonly typed: Typed; readonly label: string }) {
  return (
    <Field label={label} fault={typed.fault('reason')}>
      <input
        class="input input-sm"
        required
        maxLength={300}
        autocomplete="off"
        {...typed.control('reason')}
      />
    </Field>
  );
}
