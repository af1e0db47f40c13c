import { dayAt } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import type { AgreementKind } from '../../../receivables/agreements/agreement.ts';
import { agreementKinds } from '../../../receivables/agreements/agreement.ts';
import { Fold } from '../../parts/form.view.tsx';
import type { CompanyFrame } from '../frame.store.ts';
import type { Agreed } from './agreed.store.ts';
import { AgreementEntry } from './entry.view.tsx';
import type { FormState } from './fields.view.tsx';
import { freshValues } from './form.ts';
import { titles } from './form-page.view.tsx';
import { OfferForm, PromiseForm, ProposalForm } from './forms.view.tsx';
import { mayAgree } from './rights.ts';

export interface PartProps {
  readonly frame: CompanyFrame;
  readonly customerId: string;
  readonly agreed: Agreed;
}

/** On the customer's page: what was agreed, and the forms that write down what is agreed next. */
export function AgreementsPart({ frame, customerId, agreed }: PartProps) {
  const { live, past } = agreed;
  return (
    <section class="stack" id="agreements" aria-labelledby="agreements-title">
      <h2 id="agreements-title">Promises, plans and offers</h2>
      {live.length === 0 ? (
        <p class="t-2">{past.length === 0 ? 'Nothing was agreed so far.' : 'Nothing stands now.'}</p>
      ) : (
        <ul class="rows">
          {live.map((one) => (
            <AgreementEntry key={one.agreementId} one={one} frame={frame} />
          ))}
        </ul>
      )}
      <NewOnes frame={frame} customerId={customerId} agreed={agreed} />
      {past.length === 0 ? null : (
        <Fold summary={`What became of earlier ones (${past.length})`}>
          <ul class="rows">
            {past.map((one) => (
              <AgreementEntry key={one.agreementId} one={one} frame={frame} />
            ))}
          </ul>
        </Fold>
      )}
    </section>
  );
}

function NewOnes({ frame, customerId, agreed }: PartProps) {
  const { company, signedIn } = frame;
  const at = `/companies/${company.company_id}/customers`;
  if (agreed.debtorId !== customerId)
    return (
      <p class="t-2">
        The bills go to another customer, and so does what is agreed:{' '}
        <a href={`${at}/${encodeURIComponent(agreed.debtorId)}#agreements`}>open it</a>.
      </p>
    );
  if (agreed.open.every((one) => one.agreed))
    return agreed.open.length === 0 ? (
      <p class="t-2">Nothing is open, so there is nothing to agree.</p>
    ) : null;
  const kinds = agreementKinds.filter((kind) => mayAgree(signedIn, kind));
  return (
    <div>
      {kinds.map((kind) => (
        <Fold key={kind} summary={titles[kind]}>
          <NewOne
            kind={kind}
            action={`${at}/${encodeURIComponent(customerId)}/agreements/${kind}`}
            frame={frame}
            agreed={agreed}
          />
        </Fold>
      ))}
      {kinds.length < agreementKinds.length ? (
        <p class="hint">Plans and offers are agreed by the owner, the accountant or the bookkeeper.</p>
      ) : null}
    </div>
  );
}

function NewOne({
  kind,
  action,
  frame,
  agreed,
}: {
  readonly kind: AgreementKind;
  readonly action: string;
  readonly frame: CompanyFrame;
  readonly agreed: Agreed;
}) {
  const today = dayAt(frame.now, frame.company.time_zone);
  const { open, promiseGrace } = agreed;
  const ground = { open, promiseGrace, today, locale: localeOf(frame.company.country) };
  const state: FormState = { values: freshValues(today), faults: {}, ground, id: kind };
  const csrf = frame.signedIn.csrfToken;
  if (kind === 'plan') return <ProposalForm state={state} action={action} />;
  if (kind === 'offer') return <OfferForm state={state} action={action} csrf={csrf} />;
  return <PromiseForm state={state} action={action} csrf={csrf} />;
}
