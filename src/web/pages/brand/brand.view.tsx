import { may } from '../../../companies/roles.ts';
import type { Brand, BrandFault, BrandField } from '../../../messages/brand.ts';
import { Page } from '../../layout.view.tsx';
import type { CompanyFrame } from '../frame.store.ts';
import { BrandForm } from './form.view.tsx';

export interface BrandProps {
  readonly frame: CompanyFrame;
  /** What the form shows: the saved brand, or what was just sent in with its faults. */
  readonly brand: Brand;
  readonly faults: readonly BrandFault[];
}

/** Who the customer hears from: the form, and beside it both styles as they would arrive. */
export function BrandPage({ frame, brand, faults }: BrandProps) {
  const { company } = frame;
  const allowed = may(frame.signedIn.role, 'change_settings');
  return (
    <Page {...frame} title="Brand" active="brand">
      <div class="stack-lg">
        <div class="stack">
          <h1>Brand</h1>
          <p class="prose-duly">
            What your customers see: the name, the colour, the logo, and the person they can turn to. The
            samples show how it arrives.
          </p>
          <Faults faults={faults} />
        </div>
        <div class="brand-grid">
          {allowed ? (
            <BrandForm frame={frame} brand={brand} faultOf={faultOf(faults)} />
          ) : (
            <p class="trouble">
              The owner, the accountant or the bookkeeper of the account can change the brand.
            </p>
          )}
          <div class="stack-lg">
            <Sample company={company.company_id} style="own" title="From a person of the business" />
            <Sample company={company.company_id} style="service" title="From your receivables service" />
          </div>
        </div>
      </div>
    </Page>
  );
}

function Faults({ faults }: { readonly faults: readonly BrandFault[] }) {
  if (faults.length === 0) return null;
  return (
    <div class="trouble bad" role="alert">
      <p>
        <strong>Nothing was saved.</strong> Please look at these:
      </p>
      <ul>
        {faults.map((fault) => (
          <li key={`${fault.field}${fault.words}`}>{fault.words}</li>
        ))}
      </ul>
    </div>
  );
}

function faultOf(faults: readonly BrandFault[]): (field: BrandField) => string | undefined {
  return (field) => faults.find((fault) => fault.field === field)?.words;
}

function Sample({
  company,
  style,
  title,
}: {
  readonly company: string;
  readonly style: 'own' | 'service';
  readonly title: string;
}) {
  return (
    <section class="stack" aria-label={title}>
      <h2>{title}</h2>
      <iframe
        class="mail"
        src={`/companies/${company}/brand/preview/${style}`}
        data-live
        title={`Sample: ${title}`}
        loading="lazy"
        sandbox=""
      />
    </section>
  );
}
