import { may } from '../../../companies/roles.ts';
import { dayAt } from '../../../domain/day.ts';
import { warningWords } from '../../../policies/law/warning-words.ts';
import { Field } from '../../parts/form.view.tsx';
import { Typed } from '../../refused.ts';
import { Change, type ChangesProps, WhyField } from './change-parts.view.tsx';
import { DoneForm, NotPostedForm } from './done.view.tsx';
import { leavesSoon } from './leaves-soon.ts';

/** What a person may do with a touch: each a form of its own behind its own word, which works without script. */
export function TouchChanges(props: ChangesProps) {
  const { frame, touch } = props;
  if (!may(frame.signedIn.role, 'approve')) return null;
  const open = ['planned', 'awaiting_approval', 'approved'].includes(touch.state);
  const task = touch.channel === 'call' || touch.channel === 'letter';
  const runs = frame.company.mode !== 'preview';
  const soon = runs && !task ? leavesSoon(touch, frame.now, frame.connection === 'healthy') : null;
  const refusedNow = new Typed('send-now', props.refused).refused !== null;
  const maySendNow = open && runs && !task && !touch.repeats && (soon === null || refusedNow);
  return (
    <div class="flex flex-wrap gap-x-4">
      {soon === null || props.from === 'approve' ? null : <p class="t-small">{soon}</p>}
      {task && touch.state === 'approved' ? <DoneForm {...props} /> : null}
      {maySendNow ? <SendNowForm {...props} /> : null}
      {touch.isPrinted ? <NotPostedForm {...props} /> : null}
      {open && !touch.repeats && !touch.isPrinted ? <SkipForm {...props} /> : null}
      {open && !touch.repeats && !touch.isPrinted ? <MoveForm {...props} /> : null}
      {open ? <TakeBackForm {...props} /> : null}
      {touch.state === 'sent' && runs && !task ? <ResendForm {...props} /> : null}
    </div>
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
      {warned ? <AllTheSame typed={typed} warnings={warnings} /> : null}
    </Change>
  );
}

/** S4: of what the law warns, and the reason that letting it out asks for. */
function AllTheSame({
  typed,
  warnings,
}: {
  readonly typed: Typed;
  readonly warnings: NonNullable<ChangesProps['touch']['warnings']>;
}) {
  return (
    <>
      {warnings.map((rule) => (
        <p key={rule.id} class="t-small">
          {warningWords(rule)}
        </p>
      ))}
      <WhyField typed={typed} label="Why it goes out all the same" />
    </>
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
          class="input input-sm max-w-48"
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
        <input class="input input-sm max-w-48" type="time" {...typed.control('time')} />
      </Field>
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
  const { warnings = [] } = props.touch;
  const warned = warnings.length > 0;
  return (
    <Change
      {...{ props, typed }}
      name="resend"
      summary="Send again"
      button="Send the same message again"
      shown={warned ? ['email', 'reason'] : ['email']}
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
      {warned ? <AllTheSame typed={typed} warnings={warnings} /> : null}
    </Change>
  );
}
