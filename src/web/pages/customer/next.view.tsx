import { localeOf } from '../../../domain/locale.ts';
import { formatMoney } from '../../../domain/money.ts';
import { nextStepOf, readerZone } from '../../parts/next-step.ts';
import { Why } from '../../parts/why.view.tsx';
import type { CompanyFrame } from '../frame.store.ts';
import type { CustomerPosition, CustomerView } from './customer.store.ts';

/** What happens next in each currency, and why. */
export function NextPart({ frame, view }: { readonly frame: CompanyFrame; readonly view: CustomerView }) {
  const asked = view.positions.filter((position) => position.openMinor > 0);
  return (
    <div class="stack">
      <h2>What happens next</h2>
      {asked.length === 0 ? (
        <p>Nothing. When an invoice falls past due, the first reminder is planned and shown here.</p>
      ) : (
        asked.map((position) => (
          <NextInCurrency
            key={position.currency}
            frame={frame}
            position={position}
            customer={view.customer}
            several={asked.length > 1}
          />
        ))
      )}
    </div>
  );
}

function NextInCurrency({
  frame,
  position,
  customer,
  several,
}: {
  readonly frame: CompanyFrame;
  readonly position: CustomerPosition;
  readonly customer: CustomerView['customer'];
  readonly several: boolean;
}) {
  const { company } = frame;
  const locale = localeOf(company.country);
  const next = nextStepOf(
    position.touch,
    position.decision,
    position.sent,
    company.mode,
    readerZone(customer, company),
    position.pastDueMinor > 0,
  );
  const asks = position.touch !== null && position.askMinor > 0;
  return (
    <div class="panel">
      <p>
        <strong>
          {several ? `${position.currency}: ` : ''}
          {next.words}
        </strong>
      </p>
      {next.when === null ? null : <p>{next.when}</p>}
      {asks ? <p>Asks for {formatMoney(position.askMinor, position.currency, locale)}.</p> : null}
      {position.touch === null ? null : (
        <p>
          <a href={`/companies/${company.company_id}/touches/${position.touch.touchId}`}>See the e-mail</a>
        </p>
      )}
      {position.pastDueMinor > 0 ? <Why reasons={position.reasons} locale={locale} /> : null}
    </div>
  );
}
