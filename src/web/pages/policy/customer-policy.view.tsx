import type { Policy } from '../../../policies/policy.ts';
import { namingOf } from '../../../policies/what-changed.ts';
import { settingFields, settingWords } from '../../../policies/words/setting-words.ts';
import { Page } from '../../layout.view.tsx';
import type { CompanyFrame } from '../frame.store.ts';
import type { Form } from './answers.ts';
import type { Working } from './draft.store.ts';
import { toldSetting } from './in-currencies.ts';
import type { Member } from './members.store.ts';
import { ownNames } from './own-settings.ts';
import { OwnSettings } from './own-settings.view.tsx';
import { Boxes, mayChange, PolicyForm, RestOfFaults, SelectField } from './parts.view.tsx';
import { factWords } from './segments.view.tsx';

interface Props {
  readonly frame: CompanyFrame;
  readonly working: Working;
  readonly customer: { readonly customerId: string; readonly name: string };
  readonly facts: Member['facts'] | null;
  /** What holds for this customer now. */
  readonly policy: Policy;
  readonly byHand: boolean;
  readonly version: number;
  readonly form: Form;
  readonly currencies: readonly string[];
  readonly locale: string;
}

/** P27: what holds for one customer, and what it has for itself. In force as soon as it is saved. */
export function CustomerPolicyPage(props: Props) {
  const { frame, customer } = props;
  const back = `/companies/${frame.company.company_id}/customers/${encodeURIComponent(customer.customerId)}`;
  return (
    <Page {...frame} title={`Policy of ${customer.name}`} active="receivables">
      <div class="stack-lg max-w-3xl">
        <div>
          <p class="t-small">
            <a href={back}>{customer.name}</a>
          </p>
          <h1>Policy of {customer.name}</h1>
        </div>
        <InForce {...props} />
        {mayChange(frame) ? (
          <Own {...props} back={back} />
        ) : (
          <p class="t-2">
            Your role shows this. The owner, accountant or bookkeeper of the account can change it.
          </p>
        )}
      </div>
    </Page>
  );
}

function InForce({
  frame,
  working: { inForce },
  policy,
  facts,
  byHand,
  customer,
  currencies,
  locale,
}: Props) {
  const segment = inForce.segments.find(({ key }) => key === policy.segment);
  const naming = namingOf(inForce, locale);
  const at = `/companies/${frame.company.company_id}`;
  return (
    <section class="panel">
      <h2>What holds now</h2>
      {policy.paused === null ? null : <p class="t-soon">{policy.paused}</p>}
      <p>
        Segment: <strong>{segment?.name ?? 'none'}</strong>
        {byHand ? ', chosen by hand' : ''}.{' '}
        {facts === null ? null : <span class="t-2">{factWords({ facts, byHand: false }, locale)}</span>}
      </p>
      <ul class="said">
        {settingFields.map((field) => (
          <li key={field}>{settingWords(field, toldSetting(field, policy, currencies), naming)}</li>
        ))}
      </ul>
      <p class="actions t-small">
        <a href={`${at}/policy`}>The whole policy</a>
        <a href={`${at}/customers/${encodeURIComponent(customer.customerId)}/law`}>
          The law for this customer
        </a>
      </p>
    </section>
  );
}

function Own(props: Props & { readonly back: string }) {
  const { frame, working, form, version, currencies, back } = props;
  const { inForce } = working;
  return (
    <PolicyForm frame={frame} action={`${back}/policy`} class="stack-lg">
      <RestOfFaults form={form} shown={['segment', 'paused', ...ownNames]} />
      <input type="hidden" name="version" value={version} />
      <section class="panel">
        <h2>For this customer alone</h2>
        <SelectField
          form={form}
          name="segment"
          label="Segment"
          options={[
            { value: '', words: 'By the rules' },
            ...inForce.segments.map(({ key, name }) => ({ value: key, words: `${name}, by hand` })),
          ]}
        />
        <Boxes
          form={form}
          name="paused"
          label="Pause"
          hint="Nothing is sent until it is taken out here; where it was it then goes on."
          options={[{ value: 'yes', words: 'Reminders to this customer are paused' }]}
        />
      </section>
      <OwnSettings form={form} body={inForce} currencies={currencies} by={frame.signedIn.personName} />
      <div class="actions">
        <button class="btn btn-primary" type="submit">
          Save for this customer
        </button>
        <a href={back}>Back without saving</a>
      </div>
    </PolicyForm>
  );
}
