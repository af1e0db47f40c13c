import { dayAt } from '../../../domain/day.ts';
import { callResults, callWords, NOTE_LIMIT } from '../../../dunning/done.ts';
import { Field } from '../../parts/form.view.tsx';
import { Typed } from '../../refused.ts';
import { capital } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';

import { Change, type ChangesProps } from './change-parts.view.tsx';
import { WRONG_NUMBER } from './done-words.ts';

export function DoneForm(props: ChangesProps) {
  const typed = new Typed('done', props.refused);
  const call = props.touch.channel === 'call';
  return (
    <Change
      {...{ props, typed }}
      name="done"
      summary={call ? 'Called' : 'Posted'}
      button={call ? 'Write the call down' : 'Write down that it was posted'}
      shown={['result', 'postedOn', 'note', 'anyway']}
    >
      {call ? <ResultField typed={typed} /> : <PostedField typed={typed} frame={props.frame} />}
      <Field
        label={call ? 'What was said (optional)' : 'Anything to note (optional)'}
        hint="Stands in the record and in the ledger. This cannot be undone."
        fault={typed.fault('note')}
      >
        <textarea class="textarea" rows={3} maxLength={NOTE_LIMIT} name="note">
          {typed.text('note')}
        </textarea>
      </Field>
      {typed.fault('anyway') === undefined ? null : <Anyway why={typed.fault('anyway') ?? ''} />}
    </Change>
  );
}

export function NotPostedForm(props: ChangesProps) {
  const typed = new Typed('not-posted', props.refused);
  return (
    <Change {...{ props, typed }} name="not-posted" summary="Not posted" button="It was not posted">
      <p class="t-small">
        For a printed page that was thrown away, or that lay there for a day: print it anew then, so that its
        days are counted from the day of the post. If the books have changed, it is planned anew.
      </p>
    </Change>
  );
}

/** S1, S3: why this call should not have been made yet; it may have been, all the same. */
function Anyway({ why }: { readonly why: string }) {
  return (
    <div class="stack">
      <p class="t-late" role="alert">
        {why}
      </p>
      <label class="flex items-center gap-2">
        <input class="checkbox checkbox-sm" type="checkbox" name="anyway" value="yes" required />
        The call was made all the same
      </label>
    </div>
  );
}

function ResultField({ typed }: { readonly typed: Typed }) {
  const chosen = typed.text('result');
  return (
    <fieldset class="stack">
      <legend class="label-text">How it went</legend>
      {callResults.map((result) => (
        <label key={result} class="flex items-center gap-2">
          <input
            class="radio radio-sm"
            type="radio"
            name="result"
            value={result}
            required
            checked={chosen === result}
          />
          {capital(callWords[result])}
        </label>
      ))}
      <p class="t-2 t-small">{WRONG_NUMBER}</p>
      {typed.fault('result') === undefined ? null : <span class="hint t-late">{typed.fault('result')}</span>}
    </fieldset>
  );
}

function PostedField({ typed, frame }: { readonly typed: Typed; readonly frame: CompanyFrame }) {
  const today = dayAt(frame.now, frame.company.time_zone);
  return (
    <Field label="Posted on" fault={typed.fault('postedOn')}>
      <input class="input input-sm" type="date" required max={today} {...typed.control('postedOn', today)} />
    </Field>
  );
}
