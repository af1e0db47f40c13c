import { may } from '../../../companies/roles.ts';
import { localeOf } from '../../../domain/locale.ts';
import type { HoldReason } from '../../../receivables/holds.ts';
import { Page } from '../../layout.view.tsx';
import { Csrf, Field, Fold } from '../../parts/form.view.tsx';
import type { Refused } from '../../refused.ts';
import { capital, counted, timeWords } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import { BccPart } from './bcc.view.tsx';
import { PausePart } from './pause.view.tsx';
import { Statement } from './statement.view.tsx';

export interface SettingsProps {
  readonly frame: CompanyFrame;
  readonly zones: readonly string[];
  /** Why nobody of the company is chased now. */
  readonly holds: readonly HoldReason[];
  /** How many customers are of unknown type; null: not counted. */
  readonly unknown?: number | null;
  /** The form that was refused just now, with what was typed. */
  readonly refused?: Refused | null;
}

const modes = [
  {
    key: 'preview',
    words: 'Preview',
    hint: 'Duly shows what it would send and when. Nothing leaves.',
  },
  {
    key: 'approve',
    words: 'Approve',
    hint: 'Reminders wait on the Approve page. A person reads and releases each batch.',
  },
  {
    key: 'autopilot',
    words: 'Autopilot',
    hint: 'Reminders leave by themselves, in office hours where the reader is. The first batch, final notices and unusually large days still wait for a person.',
  },
] as const;

/** Mode, the two statements of the business, and its time zone; each saved on its own. */
export function SettingsPage({ frame, zones, holds, unknown = null, refused }: SettingsProps) {
  const allowed = may(frame.signedIn.role, 'change_settings');
  return (
    <Page {...frame} title="Settings" active="settings">
      <div class="stack-lg max-w-3xl">
        <h1>Settings</h1>
        {allowed ? null : (
          <p class="trouble">
            Your role shows these settings. The owner, the accountant or the bookkeeper of the account can
            change them.
          </p>
        )}
        <ModeForm frame={frame} allowed={allowed} />
        <p>
          The <a href={`/companies/${frame.company.company_id}/policy`}>policy</a> says when and how customers
          are reminded, and below which amount they are not.
        </p>
        <PausePart frame={frame} holds={holds} refused={refused} />
        <BccPart frame={frame} allowed={allowed} refused={refused} />
        <Statements frame={frame} allowed={allowed} unknown={unknown} />
        <ZoneForm frame={frame} zones={zones} allowed={allowed} />
      </div>
    </Page>
  );
}

interface PartProps {
  readonly frame: CompanyFrame;
  readonly allowed: boolean;
}

function ModeForm({ frame, allowed }: PartProps) {
  const { company, signedIn } = frame;
  return (
    <section class="stack">
      <h2>Mode</h2>
      {company.ledger_reminders_on === true ? (
        <p class="trouble">
          The ledger's own automatic reminders are switched on, so customers could be reminded twice. Switch
          them off there before you choose autopilot.
        </p>
      ) : null}
      <form method="post" action={`/companies/${company.company_id}/settings/mode`} class="panel">
        <Csrf token={signedIn.csrfToken} />
        <fieldset disabled={!allowed}>
          <legend class="sr-only">Mode</legend>
          {modes.map((mode) => (
            <label key={mode.key} class="choice">
              <input
                class="radio radio-sm"
                type="radio"
                name="mode"
                value={mode.key}
                checked={company.mode === mode.key}
              />
              <strong>{mode.words}</strong>
              <span class="hint">{mode.hint}</span>
            </label>
          ))}
        </fieldset>
        {allowed ? (
          <button class="btn btn-primary" type="submit">
            Save the mode
          </button>
        ) : null}
      </form>
    </section>
  );
}

/** What it does to take back that all customers are businesses. */
function NoLongerBusinesses({ unknown }: Required<Pick<SettingsProps, 'unknown'>>) {
  if (unknown === 0)
    return <p>The type of every customer is stated, so nothing changes for any of them now.</p>;
  const whom =
    unknown === null
      ? 'Every customer whose type nobody stated'
      : `${counted(unknown, 'customer')} of unknown type`;
  return (
    <div class="stack">
      <p>
        {whom} will count as {unknown === 1 ? 'a consumer' : 'consumers'} again, under the strictest rules:
      </p>
      <ul class="list-disc pl-6">
        <li>They hear from you in your own name, and less often.</li>
        <li>Nothing speaks of interest, fees or consequences; a final notice gives 30 days.</li>
        <li>In some places they get no e-mail without their consent.</li>
        <li>
          If an address names no state, they hear from you only in hours that are open in every time zone of
          its country.
        </li>
      </ul>
      <p>Customers whose type was stated keep it.</p>
      <p>
        Reminders of theirs that wait or are released are worked out again before anything leaves, and some
        will be dropped. What was sent stays as it was, and the record keeps who stated this, who took it
        back, and when.
      </p>
    </div>
  );
}

function Statements({ frame, allowed, unknown }: PartProps & Required<Pick<SettingsProps, 'unknown'>>) {
  const { company } = frame;
  const locale = localeOf(company.country);
  const stated = (by: string | null, at: Date | null): string | null =>
    by === null || at === null ? null : `${by}, ${timeWords(at, company.time_zone, locale)}`;
  const at = `/companies/${company.company_id}/settings`;
  return (
    <section class="stack" id="statements">
      <h2>What the business states</h2>
      <p class="t-2 prose-duly">Each is kept with your name and the time, and is written into the record.</p>
      <Statement
        frame={frame}
        allowed={allowed}
        action={`${at}/all-businesses`}
        title="All our customers are businesses"
        meaning="Only businesses may get reminders in the style of a receivables service. Until this is stated, a customer whose type is not known counts as a consumer and hears from you in your own name."
        stated={stated(company.all_businesses_by, company.all_businesses_at)}
        takeBack={{ action: `${at}/take-back-businesses`, means: <NoLongerBusinesses unknown={unknown} /> }}
      />
      <Statement
        frame={frame}
        allowed={allowed}
        action={`${at}/sent-elsewhere`}
        title="We send our invoices outside the ledger"
        meaning="Duly does not remind anybody of an invoice that the ledger says was never sent. State this if you send your invoices by another way, and such invoices are reminded too."
        stated={stated(company.invoices_sent_elsewhere_by, company.invoices_sent_elsewhere_at)}
      />
    </section>
  );
}

/** An IANA name as a person reads it: `America/Los Angeles`. */
function zoneWords(zone: string): string {
  return zone.replaceAll('_', ' ');
}

function ZoneForm({ frame, zones, allowed }: PartProps & { readonly zones: readonly string[] }) {
  const { company, signedIn } = frame;
  return (
    <section class="stack">
      <h2>Time zone</h2>
      {company.time_zone_confirmed ? null : (
        <p class={allowed ? 'trouble' : 't-2'}>
          The ledger does not say where the business keeps its clock. {zoneWords(company.time_zone)} is our
          guess from its address
          {allowed
            ? '; please confirm it, because it decides which day an invoice falls past due.'
            : '. Nobody has confirmed it yet.'}
        </p>
      )}
      <form method="post" action={`/companies/${company.company_id}/settings/zone`} class="panel">
        <Csrf token={signedIn.csrfToken} />
        <Field label="The business's time zone" hint="Today, and with it what is past due, is decided here.">
          <select class="select" name="zone" disabled={!allowed}>
            {(zones.includes(company.time_zone) ? zones : [company.time_zone, ...zones]).map((zone) => (
              <option key={zone} value={zone} selected={zone === company.time_zone}>
                {zoneWords(zone)}
              </option>
            ))}
          </select>
        </Field>
        {allowed ? (
          <button class={`btn ${company.time_zone_confirmed ? 'btn-plain' : 'btn-primary'}`} type="submit">
            {company.time_zone_confirmed ? 'Save the time zone' : 'Confirm the time zone'}
          </button>
        ) : null}
      </form>
      <Fold summary="What else Duly knows about the company">
        <dl class="facts">
          <dt>Legal name</dt>
          <dd>{company.legal_name}</dd>
          <dt>Country</dt>
          <dd>{[company.country, company.region].filter(Boolean).join(', ')}</dd>
          <dt>Base currency</dt>
          <dd>{company.base_currency}</dd>
          <dt>Postal address</dt>
          <dd>{capital(company.postal_address || 'none in the ledger')}</dd>
        </dl>
      </Fold>
    </section>
  );
}
