import { may } from '../../../companies/roles.ts';
import { formatDay } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import {
  type Consequence,
  type ConsequenceKind,
  clauseOf,
  consequenceName,
  usualDoing,
} from '../../../policies/consequences/consequence.ts';
import { Csrf, Field, Fold, FormFault } from '../../parts/form.view.tsx';
import { type Refused, Typed } from '../../refused.ts';
import { counted } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';

interface EntryProps {
  readonly frame: CompanyFrame;
  readonly kind: ConsequenceKind;
  readonly entry: Consequence | undefined;
  readonly refused: Refused | null;
}

/** One kind of the catalogue: what the customer reads, who answers for it, and the form that approves it. */
export function EntryPart({ frame, kind, entry, refused }: EntryProps) {
  const typed = new Typed(kind, refused);
  const active = entry?.active === true;
  const at = `/companies/${frame.company.company_id}/consequences/${kind}`;
  return (
    <article class="panel stack" id={kind} aria-label={consequenceName(kind)}>
      <div>
        <div class="head">
          <h3>{consequenceName(kind)}</h3>
          <span class={active ? 'chip good' : 'chip'}>{stateWords(entry)}</span>
        </div>
        <p class="t-2">“… then from ‹day› {clauseOf(kind)}.”</p>
        {kind === 'interest' ? (
          <p class="t-small t-2">
            The message names the terms of the customer’s policy or the law instead, and what it comes to by
            its day where that is known of all its invoices.
          </p>
        ) : null}
      </div>
      {entry === undefined ? null : <Said frame={frame} entry={entry} />}
      {may(frame.signedIn.role, 'change_settings') ? (
        <>
          <Fold
            summary={active ? 'Change it' : `Approve “${consequenceName(kind)}”`}
            open={typed.refused !== null}
          >
            <EntryForm frame={frame} at={at} kind={kind} entry={entry} typed={typed} />
          </Fold>
          {active ? (
            <form method="post" action={`${at}/stop`}>
              <Csrf token={frame.signedIn.csrfToken} />
              <button class="btn btn-plain btn-sm" type="submit">
                Take it out of use
              </button>
            </form>
          ) : null}
        </>
      ) : null}
    </article>
  );
}

function stateWords(entry: Consequence | undefined): string {
  if (entry === undefined) return 'not approved';
  return entry.active ? 'approved' : 'out of use';
}

function Said({ frame, entry }: { readonly frame: CompanyFrame; readonly entry: Consequence }) {
  const on = formatDay(entry.approvedOn, localeOf(frame.company.country), true);
  return (
    <div>
      <p>
        {entry.ownerName}
        {entry.ownerEmail === null ? '' : ` (${entry.ownerEmail})`} answers for it,{' '}
        {counted(entry.leadDays, 'day')} after the last day given to pay: {entry.doing}
      </p>
      <p class="t-2 t-small">
        Approved by {entry.approvedBy} on {on}.{' '}
        {entry.ownerEmail === null
          ? 'No e-mail address: on the day it stands under “Problems”, and nobody is mailed.'
          : 'On the day they are told by e-mail.'}
      </p>
    </div>
  );
}

function EntryForm({
  frame,
  at,
  kind,
  entry,
  typed,
}: {
  readonly frame: CompanyFrame;
  readonly at: string;
  readonly kind: ConsequenceKind;
  readonly entry: Consequence | undefined;
  readonly typed: Typed;
}) {
  const { signedIn } = frame;
  return (
    <form method="post" action={at} class="stack" novalidate>
      <Csrf token={signedIn.csrfToken} />
      <FormFault words={typed.rest(['ownerName', 'ownerEmail', 'leadDays', 'doing'])} />
      <Field label="Who answers for it" fault={typed.fault('ownerName')}>
        <input
          class="input"
          maxlength={120}
          {...typed.control('ownerName', entry?.ownerName ?? signedIn.personName)}
        />
      </Field>
      <Field label="E-mail address, if they have one" fault={typed.fault('ownerEmail')}>
        <input
          class="input"
          type="email"
          maxlength={254}
          {...typed.control('ownerEmail', entry?.ownerEmail ?? '')}
        />
      </Field>
      <Field
        label="Lead time in days"
        hint="Calendar days after the last day that the customer is given to pay, 1 to 180."
        fault={typed.fault('leadDays')}
      >
        <input
          class="input w-24"
          inputmode="numeric"
          maxlength={3}
          {...typed.control('leadDays', String(entry?.leadDays ?? 7))}
        />
      </Field>
      <Field label="What doing it means" fault={typed.fault('doing')}>
        <input class="input" maxlength={500} {...typed.control('doing', entry?.doing ?? usualDoing(kind))} />
      </Field>
      <p class="hint">
        You approve it as {signedIn.personName}, today. What was announced already keeps its day and its
        owner.
      </p>
      <div>
        <button class="btn btn-primary btn-sm" type="submit">
          Approve it
        </button>
      </div>
    </form>
  );
}
