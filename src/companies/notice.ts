import { type Day, dayAt, daysBetween, formatDay } from '../domain/day.ts';

/** What the owners of an account, or somebody named in the notice, are told by e-mail, each once per occasion. */
export type NoticeKind =
  | 'reconnect_needed'
  | 'connection_expires_30'
  | 'connection_expires_7'
  /** P9: to whoever owns the relationship with a customer, before a step goes out. */
  | 'step_ahead'
  /** P8: to whoever answers for what was announced, on the day from which it is done. */
  | 'consequence_due';

export interface Notice {
  readonly kind: NoticeKind;
  /** Who is told; absent: every owner of the account. */
  readonly to?: { readonly name: string; readonly email: string };
  /** The occasion, unique within the kind for this company: at most 100 characters. */
  readonly subject: string;
  /** What the words need: when it happened or will happen (ISO instant, UTC), and why, as a sentence. */
  readonly facts: NoticeFacts;
}

export interface NoticeFacts {
  readonly at: string;
  readonly why?: string;
  /** Ids of all companies that it happened to, when there are several. */
  readonly companyIds?: readonly string[];
  /** The step that goes out at `at`, to whom. */
  readonly step?: {
    readonly name: string;
    readonly customerId: string;
    readonly customerName: string;
    /** It waits for a person who releases it; absent: told by an earlier version. */
    readonly waits?: boolean;
    /** When it was to go out as they were told before; absent: it is the first they hear of it. */
    readonly before?: string;
  };
  /** What was announced, as the customer read it, and what doing it means. */
  readonly consequence?: {
    readonly announcementId: string;
    readonly customerName: string;
    readonly words: string;
    readonly announcedOn: Day;
    readonly actOn: Day;
    readonly doing: string;
  };
}

/** What else the words need; known when the mail is made, not when the notice is caused. */
export interface NoticeSetting {
  readonly recipientName: string;
  readonly companyName: string;
  /** Names of all companies that it is about; absent: it is about the one above. */
  readonly companyNames?: readonly string[];
  readonly accountName: string;
  /** The ledger's name for people. */
  readonly ledger: string;
  /** IANA name, and the locale in which the company writes its days. */
  readonly timeZone: string;
  readonly locale: string;
  /** Address of the page where it can be mended. */
  readonly link: string;
  readonly now: Date;
}

export interface NoticeWords {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** Days before the end of a connection on which its owners are told. */
const expiryKinds = [
  { kind: 'connection_expires_7', days: 7 },
  { kind: 'connection_expires_30', days: 30 },
] as const;

/** Days before its end from which a connection is shown as ending. */
export const EXPIRES_SOON_DAYS = 30;

/** The reminder that is due for a connection with so many days left; null while there is time. */
export function expiryNotice(daysLeft: number): NoticeKind | null {
  return expiryKinds.find(({ days }) => daysLeft <= days)?.kind ?? null;
}

/** The mail in our own plain words: what happened, what it means, what to do. Names are escaped in the HTML. */
export function noticeWords(notice: Notice, setting: NoticeSetting): NoticeWords {
  const told = toldOf(notice, setting);
  const greeting = `Hello ${setting.recipientName},`;
  const small = smallPrint(notice, setting);
  const text = [greeting, ...told.paragraphs, `${told.button}: ${setting.link}`, told.last, small];
  return {
    subject: told.subject,
    text: `${text.join('\n\n')}\n`,
    html: htmlOf([greeting, ...told.paragraphs], { ...told, link: setting.link, small }),
  };
}

function smallPrint({ kind }: Notice, setting: NoticeSetting): string {
  if (kind === 'consequence_due')
    return `You get this because ${setting.companyName} named you as who answers for it. It was sent once for this occasion.`;
  return kind === 'step_ahead'
    ? `You get this because ${setting.companyName} named you as who looks after this customer. There is nothing you have to do.`
    : `You get this because you own the account ${setting.accountName} at Duly. It was sent once for this occasion.`;
}

interface Told {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly button: string;
  readonly last: string;
}

function toldOf(notice: Notice, setting: NoticeSetting): Told {
  if (notice.kind === 'step_ahead') return stepAhead(notice, setting);
  if (notice.facts.consequence !== undefined) return dayToAct(notice.facts.consequence, setting);
  if (notice.kind !== 'reconnect_needed') return ending(notice, setting);
  return setting.companyNames === undefined
    ? lost(notice, setting)
    : lostTogether(notice, setting, setting.companyNames);
}

function stepAhead({ facts }: Notice, setting: NoticeSetting): Told {
  const customer = facts.step?.customerName ?? 'a customer';
  const step = facts.step?.name ?? 'reminder';
  const when = instantWords(new Date(facts.at), setting);
  const before = facts.step?.before;
  return {
    subject: before === undefined ? `${customer}: ${step} ahead` : `${customer}: ${step} ahead, changed`,
    paragraphs: [
      ...(before === undefined
        ? []
        : [
            `This replaces what you were told before, that it goes out on ${instantWords(new Date(before), setting)}.`,
          ]),
      `The next step with ${customer} is the ${step}. It is planned for ${when} at the earliest, unless what is open is paid before. ${setting.companyName} makes it; you need not call or write.`,
      ...(facts.step?.waits === true
        ? [
            `It waits for approval: nothing goes out before somebody at ${setting.companyName} has released it.`,
          ]
        : []),
      'If you know of something that speaks against it, a complaint or a promise for example, tell the bookkeeper, or set a hold on the customer’s page.',
    ],
    button: `See ${customer}`,
    last: 'Books and rules are looked at again before it goes out; it may still be left out.',
  };
}

function dayToAct(
  { customerName, words, announcedOn, actOn, doing }: NonNullable<NoticeFacts['consequence']>,
  { companyName, locale }: NoticeSetting,
): Told {
  const act = formatDay(actOn, locale, true);
  return {
    subject: `${customerName}: the day of what ${companyName} announced has come`,
    paragraphs: [
      `On ${formatDay(announcedOn, locale, true)} ${companyName} wrote to ${customerName} that from ${act} ${words}. What is open was not paid by then, and you answer for it.`,
      `What to do: ${doing}`,
      'If it shall not happen, withdraw it: the customer is told then. What is neither done nor withdrawn five business days after its day stops the company from announcing anything.',
    ],
    button: 'Say that it is done, or withdraw it',
    last: 'If you cannot sign in, tell the bookkeeper what you did.',
  };
}

/** So many companies are named; of more only the number is told. */
const NAMED = 10;

function lostTogether({ facts }: Notice, setting: NoticeSetting, names: readonly string[]): Told {
  const { ledger } = setting;
  const since = instantWords(new Date(facts.at), setting);
  const more = names.length > NAMED ? [`${names.length - NAMED} more`] : [];
  const named = new Intl.ListFormat('en-GB').format([...names.slice(0, NAMED), ...more]);
  return {
    subject: `Reconnect ${ledger} for ${names.length} companies, no reminders go out until then`,
    paragraphs: [
      `Duly cannot read the books of ${names.length} companies in ${ledger} since ${since}: ${facts.why ?? 'the connection ended.'}`,
      `They are ${named}.`,
      'No reminder goes out for a company until it is connected again. Settings, holds and history are kept.',
    ],
    button: `Reconnect ${ledger}`,
    last: 'If you ended the connections on purpose, there is nothing to do.',
  };
}

function lost({ facts }: Notice, setting: NoticeSetting): Told {
  const { companyName: company, ledger } = setting;
  const since = instantWords(new Date(facts.at), setting);
  return {
    subject: `${company}: reconnect ${ledger}, no reminders go out until then`,
    paragraphs: [
      `Duly cannot read the books of ${company} in ${ledger} since ${since}: ${facts.why ?? 'the connection ended.'}`,
      'No reminder goes out until the company is connected again. Its settings, holds and history are kept.',
    ],
    button: `Reconnect ${ledger}`,
    last: 'If you ended the connection on purpose, there is nothing to do.',
  };
}

function ending({ facts }: Notice, setting: NoticeSetting): Told {
  const { companyName: company, ledger, timeZone, locale, now } = setting;
  const end = dayAt(new Date(facts.at), timeZone);
  const days = daysBetween(dayAt(now, timeZone), end);
  const left = days <= 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`;
  return {
    subject: `${company}: ${ledger} ends the connection on ${formatDay(end, locale)}`,
    paragraphs: [
      `${ledger} lets a connection live for a fixed time, however well it works. The one to the books of ${company} ends on ${formatDay(end, locale)}, ${left}.`,
      'From then on Duly cannot read the books, and no reminders go out. Reconnect once before that day and nothing stops: settings, holds and history are kept.',
    ],
    button: `Reconnect ${ledger}`,
    last: 'It takes a minute. Whoever connects needs to be an administrator of the company in the ledger.',
  };
}

function instantWords(at: Date, { timeZone, locale }: NoticeSetting): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  const time = zoned.toPlainTime().toString({ smallestUnit: 'minute' });
  return `${formatDay(dayAt(at, timeZone), locale)}, ${time}`;
}

function htmlOf(
  paragraphs: readonly string[],
  more: { button: string; link: string; last: string; small: string },
): string {
  const body = paragraphs.map((words) => `<p style="margin:0 0 16px">${escaped(words)}</p>`).join('');
  const button = `<p style="margin:0 0 16px"><a href="${escaped(more.link)}" style="display:inline-block;padding:10px 16px;border-radius:6px;background:#0B6B63;color:#FFFFFF;text-decoration:none">${escaped(more.button)}</a></p>`;
  const end = `<p style="margin:0 0 16px">${escaped(more.last)}</p><p style="margin:24px 0 0;font-size:13px;line-height:18px;color:#5A6268">${escaped(more.small)}</p>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Duly</title></head><body style="margin:0;background:#FBFAF7;color:#1D2429;font:15px/22px system-ui,-apple-system,Segoe UI,sans-serif"><div style="max-width:600px;margin:0 auto;padding:32px">${body}${button}${end}</div></body></html>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
