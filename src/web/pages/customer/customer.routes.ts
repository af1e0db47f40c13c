import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { CompanyRow } from '../../../companies/company.store.ts';
import { lookAtBooks } from '../../../companies/reading-wish.store.ts';
import { type Day, dayAt } from '../../../domain/day.ts';
import type { HoldKind } from '../../../domain/hold-kinds.ts';
import { localeOf } from '../../../domain/locale.ts';
import { readAnnouncements } from '../../../dunning/announcements/read.store.ts';
import { previewAhead } from '../../../dunning/preview.store.ts';
import { type TouchAhead, withTasks } from '../../../messages/tasks-ahead.store.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany, type Tx } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import { readBehaviour } from '../../../receivables/behaviour.store.ts';
import { debtorTypes, setDebtorType } from '../../../receivables/debtor-type.store.ts';
import { setHold } from '../../../receivables/hold.store.ts';
import { liftHold, standingHold } from '../../../receivables/hold-lift.store.ts';
import { type CompanyAccess, requireCompany } from '../../company.plugin.ts';
import { redirectSaying } from '../../flash.ts';
import { fieldOf, uuidField } from '../../form-fields.ts';
import { liftWish, requireMayHold } from '../../hold-rights.ts';
import { orRefused, type Refused } from '../../refused.ts';
import { sendPage } from '../../render.ts';
import type { SignedIn } from '../../session.plugin.ts';
import { readAgreed } from '../agreements/agreed.store.ts';
import { companyFrameOf } from '../frame.store.ts';
import { PREVIEW_DAYS } from '../preview/preview.ts';
import { askedToStop } from './asked-to-stop.store.ts';
import { readCustomer } from './customer.store.ts';
import { CustomerPage } from './customer.view.tsx';
import { amountOf, readHoldForm, saidOf } from './hold-forms.ts';
import { readInterest } from './interest.store.ts';
import { currencyOfInvoice } from './invoice-currency.store.ts';

/** The forms of the page that set a hold, and what each sets. */
const holdPaths = [
  ['hold', 'pause'],
  ['dispute', 'dispute'],
  ['reply', 'reply'],
  ['stop', 'stopped'],
  ['no-contact', 'do_not_contact'],
  ['legal', 'legal'],
] as const satisfies readonly (readonly [string, HoldKind])[];

const PATH = '/companies/:companyId/customers/:customerId';

interface Stated {
  readonly tx: Tx;
  readonly company: CompanyRow;
  readonly customerId: string;
  readonly body: unknown;
  readonly signedIn: SignedIn;
  readonly now: Date;
  readonly today: Day;
}

/** The customer's page and the facts that can be stated on it. */
export function customerRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    const show = async (
      request: FastifyRequest,
      reply: FastifyReply,
      access: CompanyAccess,
      refused: Refused | null,
    ): Promise<FastifyReply> => {
      const { company_id: companyId, time_zone: timeZone } = access.company;
      const now = duly.clock.now();
      const customerId = customerIdOf(request);
      const shown = await inCompany(duly.db, companyId, async (tx) => ({
        view: await readCustomer(tx, companyId, customerId, { now, today: dayAt(now, timeZone) }),
        agreed: await readAgreed(tx, access.company, customerId, now),
        behaviour: await readBehaviour(tx, access.company, customerId, now),
        announced: await readAnnouncements(tx, companyId, { state: 'live', customerIds: [customerId] }),
        ahead: await aheadOf(tx, access.company, customerId, now),
        interest: await readInterest(tx, access.company, customerId, { asked: askedDay(request), now }),
      }));
      const frame = await companyFrameOf(duly, request, reply, access);
      const status = refused?.status ?? (shown.interest?.fault == null ? 200 : 400);
      return sendPage(reply, CustomerPage({ frame, ...shown, refused }), status);
    };
    app.get(PATH, async (request, reply) => {
      const access = await requireCompany(request, 'see');
      await lookAtBooks(duly, access.company);
      return await show(request, reply, access, null);
    });

    const state = (
      path: string,
      action: 'hold' | 'change_settings',
      work: (stated: Stated) => Promise<string>,
    ): void => {
      app.post(`${PATH}/${path}`, async (request, reply) => {
        const access = await requireCompany(request, action);
        const { company, signedIn } = access;
        const now = duly.clock.now();
        const customerId = customerIdOf(request);
        const stated = { company, customerId, body: request.body, signedIn, now };
        const today = dayAt(now, company.time_zone);
        const done = await orRefused(path, request.body, () =>
          inCompany(duly.db, company.company_id, (tx) => work({ ...stated, tx, today })),
        );
        const at = `/companies/${company.company_id}/customers/${encodeURIComponent(customerId)}`;
        if (typeof done === 'string') return redirectSaying(reply, at, done);
        // shown again as it was typed; what has no fields is only told
        return holdPaths.some(([known]) => known === path)
          ? await show(request, reply, access, done)
          : redirectSaying(reply, at, done.words, true);
      });
    };

    for (const [path, kind] of holdPaths) state(path, 'hold', (stated) => stateHold(stated, kind));
    state('lift', 'hold', async ({ tx, company, body, signedIn, now }) => {
      const holdId = uuidField(body, 'hold');
      const hold = await standingHold(tx, company.company_id, holdId);
      requireMayHold(signedIn, liftWish(signedIn, hold));
      await liftHold(tx, company.company_id, holdId, signedIn.personName, now);
      return 'The hold is lifted. What happens next is worked out again now.';
    });
    state('asked-to-stop', 'hold', ({ tx, company, customerId, body, signedIn, now, today }) => {
      requireMayHold(signedIn, { doing: 'set', kind: 'do_not_contact', scope: 'customer', own: false });
      const { personName, personId } = signedIn;
      const what = fieldOf(body, 'what', 20);
      return askedToStop(tx, company, { customerId, what, personName, personId, today, now });
    });
    state('type', 'change_settings', async ({ tx, company, customerId, body, signedIn, now }) => {
      const type = debtorTypes.find((known) => known === fieldOf(body, 'type', 20));
      if (type === undefined)
        throw new UserError('bad_input', 'There is no such debtor type.', 'Choose one of the list.');
      await setDebtorType(tx, company.company_id, customerId, type, signedIn.personName, now);
      return 'The debtor type is saved. What happens next is worked out again now.';
    });
  };
}

/** What would be said in the next 30 days to the customer itself; its parent has a page of its own (R12). */
async function aheadOf(
  tx: Tx,
  company: CompanyRow,
  customerId: string,
  now: Date,
): Promise<readonly TouchAhead[]> {
  const touches = await previewAhead(tx, company, now, { days: PREVIEW_DAYS, customerIds: [customerId] });
  const own = touches.filter((touch) => touch.draft.customerId === customerId);
  return await withTasks(tx, company.company_id, own);
}

/** The day up to which interest is asked for, as it was typed. */
function askedDay(request: FastifyRequest): unknown {
  return (request.query as { asOf?: unknown }).asOf;
}

function customerIdOf(request: FastifyRequest): string {
  return (request.params as { customerId: string }).customerId;
}

async function stateHold(stated: Stated, kind: HoldKind): Promise<string> {
  const { tx, company, customerId, body, signedIn, now, today } = stated;
  const form = readHoldForm(body, kind);
  const { invoiceId } = form;
  const scope = invoiceId === '' ? 'customer' : 'invoice';
  requireMayHold(signedIn, { doing: 'set', kind, scope, own: false });
  const currency = form.amount === '' ? null : await currencyOfInvoice(tx, company.company_id, invoiceId);
  await setHold(
    tx,
    company.company_id,
    {
      kind,
      category: form.category,
      ...(scope === 'customer' ? { scope, customerId } : { scope, invoiceId, customerId }),
      reason: form.reason,
      setBy: signedIn.personName,
      setByPersonId: signedIn.personId,
      amountMinor: currency === null ? null : amountOf(form, currency),
      startsOn: today,
      endsOn: form.endsOn,
      reviewOn: form.reviewOn,
    },
    now,
  );
  return saidOf(form, kind, localeOf(company.country));
}
