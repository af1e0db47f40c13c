import type { ComponentChildren } from 'preact';
import { may } from '../../../companies/roles.ts';
import { dayAt } from '../../../domain/day.ts';
import { callResults, callWords, NOTE_LIMIT } from '../../../dunning/done.ts';
import type { LawRule } from '../../../policies/law/law.ts';
import { warningWords } from '../../../policies/law/warning-words.ts';
import { Csrf, Field, Fold, FormFault } from '../../parts/form.view.tsx';
import { type Refused, Typed } from '../../refused.ts';
import { capital } from '../../words.ts';
import type { CompanyFrame } from '../frame.store.ts';

/** A touch as far as its forms need it. */
export interface ChangeableTouch {
  readonly touchId: string;
  readonly state: string;
  readonly channel: string;
  /** It repeats another one (IDM-11). */
  readonly repeats: boolean;
  readonly recipientEmail: string;
  /** A letter that may be in the post: it is posted, or it is not. */
  readonly isPrinted?: boolean;
  /** What the law warns of where it waits for a person; absent: not looked up here. */
  readonly warnings?: readonly LawRule[];
}

/** The page on which the forms stand, to which one comes back. */
export type CameFrom = 'approve' | 'customer' | 'todo' | 'touch';

interface ChangesProps {
  readonly frame: CompanyFrame;
  readonly touch: ChangeableTouch;
  readonly from: CameFrom;
  /** The form that was refused just now, with what was typed. */
  readonly refused?: Refused | null | undefined;
}

/** What a person may do with a touch: each a form of its own behind its own word, which works without script. */
export function TouchChanges(props: ChangesProps) {
  const { frame, touch } = props;
  if (!may(frame.signedIn.role, 'approve')) return null;
  const open = ['planned', 'awaiting_approval', 'approved'].includes(touch.state);
  const task = touch.channel === 'call' || touch.channel === 'letter';
  const runs = frame.company.mode !== 'preview';
  return (
    <div class="flex flex-wrap gap-x-4">
      {task && touch.state === 'approved' ? <DoneForm {...props} /> : null}
      {open && runs && !task && !touch.repeats ? <SendNowForm {...props} /> : null}
      {touch.isPrinted ? <NotPostedForm {...props} /> : null}
      {open && !touch.repeats && !touch.isPrinted ? <SkipForm {...props} /> : null}
      {open && !touch.repeats && !touch.isPrinted ? <MoveForm {...props} /> : null}
      {open ? <TakeBackForm {...props} /> : null}
      {touch.state === 'sent' && runs && !task ? <ResendForm {...props} /> : null}
    </div>
  );
}

function Change({
  props: { frame, touch, from },
  typed,
  name,
  summary,
  button,
  shown = [],
  children,
}: {
  readonly props: ChangesProps;
  readonly typed: Typed;
  readonly name: string;
  readonly summary: string;
  readonly button: string;
  readonly shown?: readonly string[];
  readonly children?: ComponentChildren;
}) {
  const at = `/companies/${frame.company.company_id}/touches/${touch.touchId}/${name}`;
  return (
    <Fold summary={summary} open={typed.refused !== null}>
      <form method="post" action={at} class="stack">
        <Csrf token={frame.signedIn.csrfToken} />
        <input type="hidden" name="from" value={from} />
        <FormFault words={typed.rest(shown)} />
        {children}
        <button class="btn btn-plain btn-sm" type="submit">
          {button}
        </button>
      </form>
    </Fold>
  );
}

function WhyField({ typed, label }: { readonly typed: Typed; readonly label: string }) {
  return (
    <Field label={label} fault={typed.fault('reason')}>
      <input
        class="input input-sm"
        required
        maxLength={300}
        autocomplete="off"
        {...typed.control('reason')}
      />
    </Field>
  );
}

function SendNowForm(props: ChangesProps) {
  const typed = new Typed('send-now', props.refused);
  const { warnings = [], state } = props.touch;
  const warned = state === 'awaiting_approval' && warnings.length > 0;
  return (
    <Change
      {...{ props, typed }}
      name="send-now"
      summary="Send now"
      button="Send it now"
      shown={warned ? ['reason'] : []}
    >
      <p class="t-small">
        It leaves outside your own hours as well. The law’s hours, the gap to the last message and public
        holidays still hold, and the books are read once more before.
      </p>
      {warned ? (
        <>
          {warnings.map((rule) => (
            <p key={rule.id} class="t-small">
              {warningWords(rule)}
            </p>
          ))}
          <WhyField typed={typed} label="Why it goes out all the same" />
        </>
      ) : null}
    </Change>
  );
}

function SkipForm(props: ChangesProps) {
  const typed = new Typed('skip', props.refused);
  return (
    <Change {...{ props, typed }} name="skip" summary="Skip" button="Skip this step" shown={['reason']}>
      <p class="t-small">This step is passed over; the next one follows at its usual time.</p>
      <WhyField typed={typed} label="Why this step is passed over" />
    </Change>
  );
}

function MoveForm(props: ChangesProps) {
  const typed = new Typed('reschedule', props.refused);
  const { frame } = props;
  return (
    <Change
      {...{ props, typed }}
      name="reschedule"
      summary="Move"
      button="Move it there"
      shown={['on', 'time']}
    >
      <Field label="To which day" fault={typed.fault('on')}>
        <input
          class="input input-sm"
          type="date"
          required
          min={dayAt(frame.now, frame.company.time_zone)}
          {...typed.control('on')}
        />
      </Field>
      <Field
        label="At what time (optional)"
        hint="In the customer’s own time. Empty: as soon as that day allows."
        fault={typed.fault('time')}
      >
        <input class="input input-sm" type="time" {...typed.control('time')} />
      </Field>
    </Change>
  );
}

function NotPostedForm(props: ChangesProps) {
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

function TakeBackForm(props: ChangesProps) {
  const typed = new Typed('cancel', props.refused);
  const what = props.touch.channel === 'email' ? 'reminder' : props.touch.channel;
  return (
    <Change
      {...{ props, typed }}
      name="cancel"
      summary="Take back"
      button={`Take this ${what} back`}
      shown={['reason']}
    >
      <p class="t-small">Nothing follows either: the customer is on hold until somebody lifts it.</p>
      <WhyField typed={typed} label="Why not now?" />
    </Change>
  );
}

function ResendForm(props: ChangesProps) {
  const typed = new Typed('resend', props.refused);
  return (
    <Change
      {...{ props, typed }}
      name="resend"
      summary="Send again"
      button="Send the same message again"
      shown={['email']}
    >
      <p class="t-small">The exact same message once more; it counts as a contact.</p>
      <Field
        label="To which address"
        hint="A corrected address counts for this message only; correct it in the ledger as well."
        fault={typed.fault('email')}
      >
        <input
          class="input input-sm"
          type="email"
          maxLength={254}
          autocomplete="off"
          {...typed.control('email', props.touch.recipientEmail)}
        />
      </Field>
    </Change>
  );
}

function DoneForm(props: ChangesProps) {
  const typed = new Typed('done', props.refused);
  const call = props.touch.channel === 'call';
  return (
    <Change
      {...{ props, typed }}
      name="done"
      summary={call ? 'Called' : 'Posted'}
      button={call ? 'Write the call down' : 'Write down that it was posted'}
      shown={['result', 'postedOn', 'note']}
    >
      {call ? <ResultField typed={typed} /> : <PostedField typed={typed} frame={props.frame} />}
      <Field
        label="What was said (optional)"
        hint="Stands in the record and in the ledger. This cannot be undone."
        fault={typed.fault('note')}
      >
        <textarea class="textarea" rows={3} maxLength={NOTE_LIMIT} name="note">
          {typed.text('note')}
        </textarea>
      </Field>
    </Change>
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
