import { addDays, type Day } from '../../domain/day.ts';
import type { Typed } from '../refused.ts';
import { Field } from './form.view.tsx';

interface HowLongProps {
  readonly typed: Typed;
  readonly today: Day;
  /** What ends a pause that has no last day, as the reader knows it. */
  readonly open: { readonly label: string; readonly hint: string };
}

/**
 * How long a pause lasts: fields `end` (`day` or `open`) and `until`. The day has no lowest one in the browser: left in
 * the form, a day that passed would keep somebody from choosing no end at all. Whoever takes the form says it in words.
 */
export function HowLong({ typed, today, open }: HowLongProps) {
  const chosen = typed.text('end') === 'open';
  return (
    <fieldset>
      <legend class="label-text">How long</legend>
      <label class="choice">
        <input class="radio radio-sm" type="radio" name="end" value="day" checked={!chosen} />
        <strong>Until a day, that day included</strong>
        <span class="hint">The next morning reminders go on by themselves.</span>
      </label>
      <Field label="Last day" fault={typed.fault('until')}>
        <input class="input" type="date" {...typed.control('until', addDays(today, 7))} />
      </Field>
      <label class="choice">
        <input class="radio radio-sm" type="radio" name="end" value="open" checked={chosen} />
        <strong>{open.label}</strong>
        <span class="hint">{open.hint}</span>
      </label>
    </fieldset>
  );
}
