import { mayHold } from '../../../companies/roles.ts';
import { dayAt } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import type { HoldReason } from '../../../receivables/holds.ts';
import { liftWish } from '../../hold-rights.ts';
import { asKind } from '../../hold-words.ts';
import { Csrf, Field, Fold, FormFault } from '../../parts/form.view.tsx';
import { HowLong } from '../../parts/how-long.view.tsx';
import { type Refused, Typed } from '../../refused.ts';
import { daysInWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';

interface PauseProps {
  readonly frame: CompanyFrame;
  /** Why nobody of the company is chased now: stated and derived. */
  readonly holds: readonly HoldReason[];
  readonly refused?: Refused | null | undefined;
}

/** What stops everything, and the pause of the whole company. */
export function PausePart({ frame, holds, refused }: PauseProps) {
  const typed = new Typed('pause', refused);
  const { company, signedIn } = frame;
  const may = mayHold(signedIn.role, { doing: 'set', kind: 'pause', scope: 'company', own: false });
  return (
    <section class="stack" id="pause">
      <h2>Pause everything</h2>
      {holds.length === 0 ? (
        <p class="t-2 prose-duly">Nothing holds the company as a whole. Single customers may be on hold.</p>
      ) : (
        <ul class="panel rows">
          {holds.map((hold) => (
            <CompanyHold key={hold.holdId ?? hold.kind} {...{ frame, hold }} />
          ))}
        </ul>
      )}
      {may ? (
        <Fold summary={`Pause all reminders of ${company.name}`} open={typed.refused !== null}>
          <PauseForm frame={frame} typed={typed} />
        </Fold>
      ) : (
        <p class="hint">The owner, the accountant or the bookkeeper of the account can pause the company.</p>
      )}
    </section>
  );
}

function CompanyHold({ frame, hold }: { readonly frame: CompanyFrame; readonly hold: HoldReason }) {
  const { company, signedIn } = frame;
  const locale = localeOf(company.country);
  const kind = asKind(hold.kind);
  const wish = kind === null ? null : liftWish(signedIn, { kind, scope: 'company', setByPersonId: null });
  return (
    <li class="stack">
      <p>
        {daysInWords(hold.words, locale)} <span class="rule">Rule {hold.rule}</span>
      </p>
      <p class="t-small t-2">
        Since {daysInWords(hold.since, locale)}, by {hold.by}
      </p>
      {hold.holdId === null || wish === null || !mayHold(signedIn.role, wish) ? null : (
        <form method="post" action={`/companies/${company.company_id}/settings/resume`}>
          <Csrf token={signedIn.csrfToken} />
          <input type="hidden" name="hold" value={hold.holdId} />
          <button class="btn btn-plain btn-sm" type="submit">
            Let reminders go on
          </button>
        </form>
      )}
    </li>
  );
}

function PauseForm({ frame, typed }: { readonly frame: CompanyFrame; readonly typed: Typed }) {
  const { company, signedIn, now } = frame;
  const today = dayAt(now, company.time_zone);
  return (
    <form method="post" action={`/companies/${company.company_id}/settings/pause`} class="stack">
      <Csrf token={signedIn.csrfToken} />
      <FormFault words={typed.rest(['until', 'reason'])} />
      <HowLong
        typed={typed}
        today={today}
        open={{ label: 'Until somebody lets them go on', hint: 'The pause never ends by itself.' }}
      />
      <Field
        label="Reason"
        hint="Shown on every page of the company while it is paused."
        fault={typed.fault('reason')}
      >
        <input class="input" required maxLength={300} autocomplete="off" {...typed.control('reason')} />
      </Field>
      <button class="btn btn-primary btn-sm" type="submit">
        Pause all reminders
      </button>
    </form>
  );
}
