import { localeOf } from '../domain/locale.ts';
import type { Duly } from '../platform/context.ts';
import { inCompany, inSystem, type Tx } from '../platform/db.ts';
import { addJob, type JobPayload } from '../platform/jobs.ts';
import type { SendOutcome } from '../ports/mailer.ts';
import { getCompany } from './company.store.ts';
import { getConnection } from './connection.store.ts';
import {
  addressNotices,
  type LostCompany,
  type MailMove,
  moveMail,
  type NoticeMailRow,
  openMails,
  ownersOf,
  stillLost,
} from './notice.store.ts';
import { type NoticeFacts, type NoticeKind, type NoticeWords, noticeWords } from './notice.ts';

/** Before a mail of which nobody knows is looked up: the provider's search is not at once complete. */
const LOOK_MS = 10 * 60_000;
const AGAIN_SECONDS = 600;
/** What could not be told in so long is not told any more; the page and the problems say it anyway. */
const STALE_MS = 7 * 86_400_000;

type OpenMail = NoticeMailRow & { readonly facts: unknown };

/**
 * Sends what the owners must be told. Reserve, commit, send, write down, as with reminders (S8): a mail that a dead
 * process had reserved is looked up first, and one of which nobody knows is sent again once and not more. Comes back
 * by itself while something is left. Never throws for the mail provider's faults.
 */
export async function sendNotices(duly: Duly, { companyId }: JobPayload): Promise<void> {
  const told = await inSystem(duly.db, (tx) => ownersOf(tx, companyId));
  const open = await inCompany(duly.db, companyId, async (tx) => {
    await addressNotices(tx, companyId, told.owners, duly.clock.now());
    return await openMails(tx, companyId);
  });
  let left = false;
  for (const mail of open) left = (await handle(duly, companyId, mail, told.accountName)) === 'open' || left;
  if (!left) return;
  await inCompany(duly.db, companyId, (tx) => addJob(tx, 'notices', { companyId }, AGAIN_SECONDS));
}

async function handle(
  duly: Duly,
  companyId: string,
  mail: OpenMail,
  accountName: string,
): Promise<'done' | 'open'> {
  const now = duly.clock.now();
  const move = (to: MailMove): Promise<boolean> =>
    inCompany(duly.db, companyId, (tx) => moveMail(tx, companyId, mail, to));
  if (mail.state !== 'waiting') {
    // jobs of a company never run at the same time: whoever reserved it is gone
    if (now.getTime() - (mail.reserved_at ?? now).getTime() < LOOK_MS) return 'open';
    const found = await lookUp(duly, mail);
    if (found === undefined) return 'open';
    if (found !== null) {
      await move({ state: 'sent', provider_message_id: found });
      return 'done';
    }
    const unknowns = mail.unknowns + (mail.state === 'reserved' ? 1 : 0);
    if (unknowns > 1) {
      await move({ state: 'failed', unknowns, reason: 'It is not known whether it left.' });
      return 'done';
    }
    await move({ state: 'waiting', unknowns });
    return await send(duly, companyId, { ...mail, state: 'waiting', unknowns }, accountName);
  }
  return await send(duly, companyId, mail, accountName);
}

/** The provider's id; null: it never had it; undefined: it can't be asked now. */
async function lookUp(duly: Duly, mail: OpenMail): Promise<string | null | undefined> {
  try {
    return await duly.mailer.find(mail.mail_id, 'notice');
  } catch (error) {
    duly.log.warn({ err: error, companyId: mail.company_id }, 'the mail provider could not be asked');
    return undefined;
  }
}

async function send(
  duly: Duly,
  companyId: string,
  mail: OpenMail,
  accountName: string,
): Promise<'done' | 'open'> {
  const now = duly.clock.now();
  const together = await lostTogether(duly, mail);
  const words = await inCompany(duly.db, companyId, async (tx) => {
    const reason = await overtaken(tx, companyId, mail, together, now);
    if (reason !== null) {
      await moveMail(tx, companyId, mail, { state: 'overtaken', reason });
      return null;
    }
    const reserved = await moveMail(tx, companyId, mail, { state: 'reserved', reserved_at: now });
    return reserved ? await compose(tx, duly, mail, together, accountName) : null;
  });
  if (words === null) return 'done';
  const from = { name: 'Duly', email: duly.mailFrom };
  const outcome = await duly.mailer.send({
    kind: 'notice',
    touchId: mail.mail_id,
    companyId,
    from,
    to: { name: mail.recipient_name, email: mail.recipient_email },
    replyTo: duly.mailFrom,
    ...words,
    messageId: `${mail.mail_id}@${duly.mailFrom.split('@')[1] ?? 'localhost'}`,
    inReplyTo: null,
    references: [],
  });
  const to = afterSending(outcome, mail);
  await inCompany(duly.db, companyId, (tx) => moveMail(tx, companyId, { ...mail, state: 'reserved' }, to));
  if (outcome.kind !== 'accepted')
    duly.log.warn({ companyId, noticeKind: mail.kind, outcome: outcome.kind }, 'an owner could not be told');
  return to.state === 'sent' || to.state === 'failed' ? 'done' : 'open';
}

function afterSending(outcome: SendOutcome, mail: OpenMail): MailMove {
  if (outcome.kind === 'accepted') return { state: 'sent', provider_message_id: outcome.providerMessageId };
  const reason = outcome.reason.slice(0, 300);
  if (outcome.kind === 'refused') return { state: 'failed', reason };
  if (outcome.kind === 'uncertain') return { state: 'uncertain', unknowns: mail.unknowns + 1, reason };
  return { state: 'waiting', reason };
}

/** Of several companies that it happened to together those that still wait; null: it is about one only. */
async function lostTogether(duly: Duly, mail: OpenMail): Promise<readonly LostCompany[] | null> {
  const { companyIds } = mail.facts as NoticeFacts;
  if (companyIds === undefined) return null;
  return await inSystem(duly.db, (tx) => stillLost(tx, companyIds, new Date(mail.subject)));
}

/** Why it need not be told any more, for the record; null: it is still true. */
async function overtaken(
  tx: Tx,
  companyId: string,
  mail: OpenMail,
  together: readonly LostCompany[] | null,
  now: Date,
): Promise<string | null> {
  if (now.getTime() - mail.created_at.getTime() > STALE_MS) return 'It could not be sent for a week.';
  if (mail.kind === 'step_ahead') return await stepOver(tx, companyId, mail.subject);
  if (mail.kind === 'consequence_due') return await consequenceOver(tx, companyId, mail.subject);
  if (together !== null) return together.length > 0 ? null : 'It is not so any more.';
  const connection = await getConnection(tx, companyId);
  if (connection === null) return 'There is no connection.';
  const lost = mail.kind === 'reconnect_needed';
  const occasion = lost ? connection.state_since : connection.connected_at;
  const still = connection.state === (lost ? 'reconnect_needed' : 'healthy');
  return still && occasion.toISOString() === mail.subject ? null : 'It is not so any more.';
}

/** Why a step need not be told of any more; its subject is the touch, in whose place another one may stand by now. */
async function stepOver(tx: Tx, companyId: string, touchId: string): Promise<string | null> {
  const ahead = await tx
    .selectFrom('touch as told')
    .innerJoin('touch as now', (join) =>
      join
        .onRef('now.company_id', '=', 'told.company_id')
        .onRef('now.customer_id', '=', 'told.customer_id')
        .onRef('now.case_id', '=', 'told.case_id')
        .onRef('now.step_key', '=', 'told.step_key'),
    )
    .select('now.touch_id')
    .where('told.company_id', '=', companyId)
    .where('told.touch_id', '=', touchId)
    .where('now.state', 'in', ['approved', 'awaiting_approval'])
    .executeTakeFirst();
  return ahead === undefined ? 'The step went out, or was taken back.' : null;
}

/** Why what was announced need not be done any more; its subject is the announcement. */
async function consequenceOver(tx: Tx, companyId: string, announcementId: string): Promise<string | null> {
  const announcement = await tx
    .selectFrom('announcement')
    .select('state')
    .where('company_id', '=', companyId)
    .where('announcement_id', '=', announcementId)
    .executeTakeFirst();
  const live = announcement?.state === 'announced' || announcement?.state === 'broken';
  return live ? null : 'It was done or withdrawn, or is not needed any more.';
}

async function compose(
  tx: Tx,
  duly: Duly,
  mail: OpenMail,
  together: readonly LostCompany[] | null,
  accountName: string,
): Promise<NoticeWords> {
  const companyId = mail.company_id;
  const company = await getCompany(tx, companyId);
  const connection = await getConnection(tx, companyId);
  const notice = {
    kind: mail.kind as NoticeKind,
    subject: mail.subject,
    facts: mail.facts as NoticeFacts,
  };
  const [about = { companyId, name: company.name }] = together ?? [];
  const several = together !== null && together.length > 1;
  return noticeWords(notice, {
    recipientName: mail.recipient_name || 'there',
    companyName: about.name,
    ...(several ? { companyNames: together.map(({ name }) => name) } : {}),
    accountName,
    ledger: duly.ledgers.get(connection?.provider ?? '')?.label ?? 'the ledger',
    timeZone: company.time_zone,
    locale: localeOf(company.country),
    link: `${duly.config.baseUrl}/companies${several ? '' : `/${about.companyId}/${placeOf(notice)}`}`,
    now: duly.clock.now(),
  });
}

/** The page of the company on which more can be seen or mended. */
function placeOf({ facts: { step, consequence } }: { readonly facts: NoticeFacts }): string {
  if (consequence !== undefined) return `consequences#${consequence.announcementId}`;
  return step === undefined ? 'connection' : `customers/${encodeURIComponent(step.customerId)}`;
}
