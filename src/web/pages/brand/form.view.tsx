import type { ComponentChildren } from 'preact';
import type { Brand, BrandField } from '../../../messages/brand.ts';
import { Csrf } from '../../parts/form.view.tsx';
import type { CompanyFrame } from '../frame.store.ts';

interface BrandFormProps {
  readonly frame: CompanyFrame;
  readonly brand: Brand;
  readonly faultOf: (field: BrandField) => string | undefined;
}

/** The brand's fields; a fault stands at its field. */
export function BrandForm({ frame, brand, faultOf }: BrandFormProps) {
  const { company, signedIn } = frame;
  const field = (name: BrandField, label: string, control: ComponentChildren, hint?: string) => (
    <Labelled label={label} hint={hint} fault={faultOf(name)}>
      {control}
    </Labelled>
  );
  const line = (name: BrandField, value: string, more: Readonly<Record<string, unknown>> = {}) => (
    <input
      class="input"
      name={name}
      value={value}
      maxLength={300}
      aria-invalid={faultOf(name) !== undefined}
      {...more}
    />
  );
  return (
    <form
      method="post"
      action={`/companies/${company.company_id}/brand`}
      enctype="multipart/form-data"
      data-preview
      class="stack"
    >
      <Csrf token={signedIn.csrfToken} />
      <StyleChoice brand={brand} />
      {field('name', 'The name customers know', line('name', brand.name))}
      {field(
        'serviceName',
        'Name of the receivables service',
        line('serviceName', brand.serviceName),
        'Used in the service style, always with the words that it acts for you.',
      )}
      {field(
        'colour',
        'Colour',
        <input class="colour-field" type="color" name="colour" value={brand.colour} />,
        'Shown as a thin band and on the button, nowhere else.',
      )}
      <LogoField brand={brand} fault={faultOf('logo')} />
      {field('contactName', 'The person customers can turn to', line('contactName', brand.contactName))}
      {field(
        'contactEmail',
        'Their e-mail address',
        line('contactEmail', brand.contactEmail, { type: 'email' }),
        'Answers to reminders arrive here.',
      )}
      {field(
        'contactPhone',
        'Their phone number, if they take calls',
        line('contactPhone', brand.contactPhone ?? ''),
      )}
      {field(
        'ownerName',
        'The head of the business',
        line('ownerName', brand.ownerName ?? ''),
        brand.ownerName === null
          ? `Signs the steps that the owner writes. Until somebody is named, ${brand.contactName === '' ? 'the person above' : brand.contactName} signs them.`
          : 'Signs the steps that the owner writes.',
      )}
      {field(
        'ownerTitle',
        'Their title',
        line('ownerTitle', brand.ownerTitle ?? ''),
        'Stands under their name, for example Managing director.',
      )}
      {field(
        'ownerEmail',
        'E-mail address of the head of the business',
        line('ownerEmail', brand.ownerEmail ?? '', { type: 'email' }),
        'Answers to what the owner wrote arrive here.',
      )}
      {field(
        'postalAddress',
        'Postal address',
        <textarea class="textarea" name="postalAddress" rows={3} maxLength={600}>
          {brand.postalAddress}
        </textarea>,
        'Every reminder carries it; without it none can be sent.',
      )}
      {field(
        'waysToPay',
        'Ways to pay',
        <textarea class="textarea" name="waysToPay" rows={4} maxLength={2000}>
          {brand.waysToPay}
        </textarea>,
        'One to a line, for example your bank details.',
      )}
      <button class="btn btn-primary" type="submit">
        Save the brand
      </button>
    </form>
  );
}

function Labelled({
  label,
  hint,
  fault,
  children,
}: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly fault?: string | undefined;
  readonly children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label class="field">
      <span class="label-text">{label}</span>
      {children}
      {hint === undefined ? null : <span class="hint">{hint}</span>}
      {fault === undefined ? null : <span class="hint t-late">{fault}</span>}
    </label>
  );
}

const styles = [
  { key: 'own', words: 'A person of the business writes', hint: 'Signed by the person below, in your name.' },
  {
    key: 'service',
    words: 'A receivables service acting for you writes',
    hint: 'More formal. Only to customers that are businesses; others hear from you in your own name.',
  },
] as const;

function StyleChoice({ brand }: { readonly brand: Brand }) {
  return (
    <fieldset class="panel">
      <legend class="sr-only">Who writes</legend>
      {styles.map((style) => (
        <label key={style.key} class="choice">
          <input
            class="radio radio-sm"
            type="radio"
            name="style"
            value={style.key}
            checked={brand.style === style.key}
          />
          <strong>{style.words}</strong>
          <span class="hint">{style.hint}</span>
        </label>
      ))}
    </fieldset>
  );
}

function LogoField({ brand, fault }: { readonly brand: Brand; readonly fault: string | undefined }) {
  return (
    <div>
      <Labelled label="Logo" hint="PNG or JPEG, at most 200 kB; shown at most 48 pixels high." fault={fault}>
        <input type="file" name="logo" accept="image/png,image/jpeg" class="block t-small" />
      </Labelled>
      {brand.logo === null ? null : (
        <div class="mt-2 flex items-center gap-4">
          <img
            class="logo-now"
            src={`data:${brand.logo.type};base64,${brand.logo.bytes}`}
            alt={`The logo of ${brand.name}`}
          />
          <label class="flex items-center gap-2 t-small">
            <input class="checkbox checkbox-sm" type="checkbox" name="noLogo" value="yes" /> Take it away
          </label>
        </div>
      )}
    </div>
  );
}
