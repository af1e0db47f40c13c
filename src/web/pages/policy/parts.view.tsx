import type { ComponentChildren } from 'preact';
import { may } from '../../../companies/roles.ts';
import { Csrf, Field } from '../../parts/form.view.tsx';
import { counted } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';
import type { Form } from './answers.ts';
import type { Working } from './draft.store.ts';

export function policyAt(frame: CompanyFrame): string {
  return `/companies/${frame.company.company_id}/policy`;
}

export function mayChange(frame: CompanyFrame): boolean {
  return may(frame.signedIn.role, 'change_settings');
}

const pages = [
  ['', 'Overview'],
  ['/settings', 'Rules for everybody'],
  ['/segments', 'Segments'],
  ['/presets', 'Presets'],
  ['/versions', 'Versions'],
  ['/law', 'Law'],
] as const;

/** The pages of the policy, as far as the role may open them; `here` is the last part of the address. */
export function PolicyNav({ frame, here }: { readonly frame: CompanyFrame; readonly here: string }) {
  return (
    <nav class="subnav" aria-label="Pages of the policy">
      {pages
        .filter(([path]) => path !== '/settings' || mayChange(frame))
        .map(([path, words]) => (
          <a
            key={path}
            class="sub"
            href={`${policyAt(frame)}${path}`}
            aria-current={path === here ? 'page' : undefined}
          >
            {words}
          </a>
        ))}
    </nav>
  );
}

/** Says that there are changes which are not in force, and where to look at and save them. */
export function DraftBar({ frame, working }: { readonly frame: CompanyFrame; readonly working: Working }) {
  if (working.draftOf === null) return null;
  const refused = working.faults.filter(({ level }) => level === 'refuse').length;
  const old = working.draftOf !== working.inForce.version;
  return (
    <div class="draftbar" role="status">
      <p>
        <strong>
          {working.changes.length === 0
            ? 'Your draft changes nothing yet.'
            : `${counted(working.changes.length, 'change')} of yours ${working.changes.length === 1 ? 'is' : 'are'} not in force.`}
        </strong>{' '}
        {refused > 0 ? <span class="t-late">{counted(refused, 'fault')} in the way of saving. </span> : null}
        {old ? <span class="t-soon">The policy was changed by somebody meanwhile. </span> : null}
      </p>
      <a class="btn btn-sm btn-primary" href={`${policyAt(frame)}/draft`}>
        Check and save
      </a>
    </div>
  );
}

/** A form of the policy that posts with the session's token; `hidden` fields go along. */
export function PolicyForm({
  frame,
  action,
  children,
  class: kind = '',
}: {
  readonly frame: CompanyFrame;
  readonly action: string;
  readonly children: ComponentChildren;
  readonly class?: string;
}) {
  return (
    <form method="post" action={action} class={kind} novalidate>
      <Csrf token={frame.signedIn.csrfToken} />
      {children}
    </form>
  );
}

export interface Option {
  readonly value: string;
  readonly words: string;
}

interface ControlProps {
  readonly form: Form;
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
}

export function TextField({ form, name, label, hint, most = 80 }: ControlProps & { readonly most?: number }) {
  return (
    <Field label={label} hint={hint} fault={form.fault(name)}>
      <input class="input" type="text" autocomplete="off" maxLength={most} {...form.control(name)} />
    </Field>
  );
}

export function NumberField({ form, name, label, hint }: ControlProps) {
  return (
    <Field label={label} hint={hint} fault={form.fault(name)}>
      <input
        class="input narrow"
        type="text"
        inputMode="numeric"
        autocomplete="off"
        maxLength={7}
        {...form.control(name)}
      />
    </Field>
  );
}

export function SelectField({
  form,
  name,
  label,
  hint,
  options,
  more = {},
}: ControlProps & {
  readonly options: readonly Option[];
  readonly more?: Readonly<Record<string, string>>;
}) {
  const { value, ...control } = form.control(name);
  return (
    <Field label={label} hint={hint} fault={form.fault(name)}>
      <select class="select" {...control} {...more}>
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.words}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** Boxes of one name; a group of its own for who hears the page. */
export function Boxes({
  form,
  name,
  label,
  hint,
  options,
}: ControlProps & { readonly options: readonly Option[] }) {
  const fault = form.fault(name);
  return (
    <fieldset class="field">
      <legend class="label-text">{label}</legend>
      <div class="boxes">
        {options.map((option) => (
          <label key={option.value} class="box">
            <input
              class="checkbox checkbox-sm"
              type="checkbox"
              name={name}
              value={option.value}
              checked={form.has(name, option.value)}
              aria-invalid={fault === undefined ? undefined : 'true'}
            />
            <span>{option.words}</span>
          </label>
        ))}
      </div>
      {fault === undefined ? null : <span class="hint t-late">{fault}</span>}
      {hint === undefined || fault !== undefined ? null : <span class="hint">{hint}</span>}
    </fieldset>
  );
}

/** One amount a currency. */
export function AmountFields({
  form,
  name,
  label,
  hint,
  currencies,
}: ControlProps & { readonly currencies: readonly string[] }) {
  const fault = currencies.map((code) => form.fault(`${name}.${code}`)).find((words) => words !== undefined);
  return (
    <fieldset class="field">
      <legend class="label-text">{label}</legend>
      <div class="amounts-row">
        {currencies.map((code) => (
          <label key={code} class="amount-one">
            <span class="t-small t-2">{code}</span>
            <input
              class="input"
              type="text"
              inputMode="decimal"
              autocomplete="off"
              maxLength={20}
              aria-label={`${label}, in ${code}`}
              {...form.control(`${name}.${code}`)}
            />
          </label>
        ))}
      </div>
      {fault === undefined ? null : <span class="hint t-late">{fault}</span>}
      {hint === undefined || fault !== undefined ? null : <span class="hint">{hint}</span>}
    </fieldset>
  );
}

/** What is wrong with a form and stands at none of its fields. */
export function RestOfFaults({ form, shown }: { readonly form: Form; readonly shown: readonly string[] }) {
  const rest = form.rest(shown);
  if (!form.faulty) return null;
  return (
    <div class="trouble bad" role="alert">
      <p>
        <strong>This can’t be saved yet.</strong>{' '}
        {rest.length === 0 ? 'What is wrong stands at its field.' : ''}
      </p>
      {rest.map((words) => (
        <p key={words}>{words}</p>
      ))}
    </div>
  );
}
