import { may } from '../../../companies/roles.ts';
import { type Day, dayAt, formatDay } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import { consequenceName } from '../../../policies/consequences/consequence.ts';
import { Csrf, Field, Fold, FormFault } from '../../parts/form.view.tsx';
import { type Refused, Typed } from '../../refused.ts';
import type { CompanyFrame } from '../frame.store.ts';
import type { AnnouncementSeen } from './consequences.store.ts';

interface AnnouncedProps {
  readonly frame: CompanyFrame;
  readonly announcements: readonly AnnouncementSeen[];
  readonly refused: Refused | null;
}

/** What customers were told, and what is left to do with it. */
export function AnnouncedPart({ frame, announcements, refused }: AnnouncedProps) {
  const broken = announcements.filter(({ state }) => state === 'broken').length;
  const isLeft = ({ state, untold }: AnnouncementSeen) =>
    untold || state === 'announced' || state === 'broken';
  const left = announcements.filter(isLeft);
  const settled = announcements.filter((row) => !isLeft(row));
  return (
    <section class="stack" aria-label="What was announced">
      <h2>What was announced</h2>
      {broken === 0 ? null : (
        <p class="trouble bad">
          <strong>
            {broken === 1 ? 'One announced consequence is' : `${broken} announced consequences are`} neither
            done nor withdrawn.
          </strong>{' '}
          Until then no message to anybody announces anything.
        </p>
      )}
      {left.length === 0 ? (
        <p class="t-2 prose-duly">
          Nothing waits. Once a message that announces something was sent, it stands here with its day and its
          owner.
        </p>
      ) : (
        left.map((row) => <LeftPart key={row.announcementId} frame={frame} row={row} refused={refused} />)
      )}
      {settled.length === 0 ? null : (
        <Fold summary={`Settled: ${settled.length}`}>
          <ul class="rows">
            {settled.map((row) => (
              <SettledRow key={row.announcementId} frame={frame} row={row} />
            ))}
          </ul>
        </Fold>
      )}
    </section>
  );
}

interface RowProps {
  readonly frame: CompanyFrame;
  readonly row: AnnouncementSeen;
}

function dayOf({ frame }: Pick<RowProps, 'frame'>, day: Day): string {
  return formatDay(day, localeOf(frame.company.country), true);
}

function Head({ frame, row }: RowProps) {
  const at = `/companies/${frame.company.company_id}`;
  return (
    <>
      <h3>
        <a href={`${at}/customers/${encodeURIComponent(row.customerId)}`}>{row.customerName}</a>:{' '}
        {consequenceName(row.kind).toLowerCase()}
      </h3>
      <p>
        “From {dayOf({ frame }, row.actOn)} {row.words}.”
      </p>
      <p class="t-2 t-small">
        <a href={`${at}/touches/${row.touchId}`}>Announced on {dayOf({ frame }, row.announcedOn)}</a>.{' '}
        {row.ownerName} answers for it.
      </p>
    </>
  );
}

function LeftPart({ frame, row, refused }: RowProps & { readonly refused: Refused | null }) {
  const today = dayAt(frame.now, frame.company.time_zone);
  const due = row.actOn <= today;
  const forms = may(frame.signedIn.role, 'approve');
  return (
    <article class="panel stack" id={row.announcementId} aria-label={`Announced to ${row.customerName}`}>
      <div>
        <Head frame={frame} row={row} />
        <p>
          <strong class={row.state === 'broken' ? 't-late' : due || row.untold ? 't-soon' : undefined}>
            {whereItStands(row, due)}
          </strong>{' '}
          {row.untold ? null : row.doing}
        </p>
      </div>
      {forms ? null : (
        <p class="hint">The owner, the accountant or the bookkeeper of the account settles it.</p>
      )}
      {forms && row.untold ? <NoteForm {...{ frame, row, refused }} {...told} /> : null}
      {forms && !row.untold && due ? <NoteForm {...{ frame, row, refused }} {...doneOf(row)} /> : null}
      {forms && !row.untold ? <NoteForm {...{ frame, row, refused }} {...withdraw} /> : null}
    </article>
  );
}

function whereItStands(row: AnnouncementSeen, due: boolean): string {
  if (row.untold) return 'Withdrawn, and the customer does not know.';
  if (row.state === 'broken') return 'Broken: its day is long past.';
  if (due && row.held) return 'Its day has come, and it waits: the customer is held.';
  return due ? 'Its day has come.' : 'Its day is still to come.';
}

interface Answer {
  readonly path: 'done' | 'withdraw' | 'told';
  readonly label: string;
  readonly hint: string;
  readonly button: string;
}

const done: Answer = {
  path: 'done',
  label: 'What was done',
  hint: 'It stands in the record.',
  button: 'Say that it is done',
};

/** EXC-14: who has the matter now is not written to by Duly any more. */
function doneOf({ kind }: AnnouncementSeen): Answer {
  if (kind !== 'agency' && kind !== 'court') return done;
  return {
    ...done,
    hint: 'It stands in the record. From then on Duly writes to this customer no more: a hold is set.',
  };
}

const withdraw: Answer = {
  path: 'withdraw',
  label: 'Why it is withdrawn',
  hint: 'It stands in the record; the customer is told by e-mail that it will not happen.',
  button: 'Withdraw it and tell the customer',
};
const told: Answer = {
  path: 'told',
  label: 'How the customer was told',
  hint: 'It stands in the record.',
  button: 'Say that the customer knows',
};

function NoteForm({
  frame,
  row,
  refused,
  path,
  label,
  hint,
  button,
}: RowProps & Answer & { readonly refused: Refused | null }) {
  const typed = new Typed(`${path}-${row.announcementId}`, refused);
  return (
    <Fold summary={button} open={typed.refused !== null}>
      <form
        method="post"
        action={`/companies/${frame.company.company_id}/announcements/${row.announcementId}/${path}`}
        class="stack"
        novalidate
      >
        <Csrf token={frame.signedIn.csrfToken} />
        <FormFault words={typed.rest(['note'])} />
        <Field label={label} hint={hint} fault={typed.fault('note')}>
          <input class="input" maxlength={500} autocomplete="off" {...typed.control('note')} />
        </Field>
        <div>
          <button class="btn btn-primary btn-sm" type="submit">
            {button}
          </button>
        </div>
      </form>
    </Fold>
  );
}

const settledWords: Readonly<Record<AnnouncementSeen['state'], string>> = {
  announced: 'Announced',
  broken: 'Broken',
  done: 'Done',
  withdrawn: 'Withdrawn',
  not_needed: 'Not needed, as it was settled',
  unheard: 'Never heard, as its message came back',
};

function SettledRow({ frame, row }: RowProps) {
  const when = row.settledOn === null ? '' : ` on ${dayOf({ frame }, row.settledOn)}`;
  const who = row.settledBy === null || row.settledBy === 'Duly' ? '' : ` by ${row.settledBy}`;
  return (
    <li>
      <Head frame={frame} row={row} />
      <p>
        {settledWords[row.state]}
        {when}
        {who}.{row.note === null ? '' : ` ${row.note}`}
      </p>
    </li>
  );
}

/** On the customer's page: what they were told will happen, and when. */
export function AnnouncedLines({
  frame,
  announcements,
}: {
  readonly frame: CompanyFrame;
  readonly announcements: readonly Pick<AnnouncementSeen, 'announcementId' | 'actOn' | 'words' | 'state'>[];
}) {
  if (announcements.length === 0) return null;
  const at = `/companies/${frame.company.company_id}/consequences`;
  return (
    <div class="stack">
      {announcements.map((row) => (
        <p key={row.announcementId}>
          {row.state === 'broken' ? 'Announced and not done' : 'Announced'}: from{' '}
          {dayOf({ frame }, row.actOn)} {row.words}.{' '}
          <a href={`${at}#${row.announcementId}`}>See what to do</a>
        </p>
      ))}
    </div>
  );
}
