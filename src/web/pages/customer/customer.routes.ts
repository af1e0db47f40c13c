import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { CompanyRow } from '../../../companies/company.store.ts';
import { lookAtBooks } from '../../../companies/reading-wish.store.ts';
import { type Day, dayAt, formatDay, parseDay } from '../../../domain/day.ts';
import { localeOf } from '../../../domain/locale.ts';
import type { Duly } from '../../../platform/context.ts';
import { inCompany, type Tx } from '../../../platform/db.ts';
import { UserError } from '../../../platform/errors.ts';
import { debtorTypes, setDebtorType } from '../../../receivables/debtor-type.store.ts';
import { graceUntil } from '../../../receivables/grace.ts';
import { liftHold, type NewHold, setHold } from '../../../receivables/hold.store.ts';
import { requireCompany } from '../../company.plugin.ts';
import { redirectSaying } from '../../flash.ts';
import { fieldOf, sayingFaults, uuidField } from '../../form-fields.ts';
import { sendPage } from '../../render.ts';
import { companyFrameOf } from '../frame.store.ts';
import { readCustomer } from './customer.store.ts';
import { CustomerPage } from './customer.view.tsx';

const PATH = '/companies/:companyId/customers/:customerId';

interface Stated {
  readonly tx: Tx;
  readonly company: CompanyRow;
  readonly customerId: string;
  readonly body: unknown;
  readonly by: string;
  readonly now: Date;
  readonly today: Day;
}

/** The customer's page and the facts that can be stated on it. */
export function customerRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get(PATH, async (request, reply) => {
      const access = await requireCompany(request, 'see');
      await lookAtBooks(duly, access.company);
      const { company_id: companyId, time_zone: timeZone } = access.company;
      const now = duly.clock.now();
      const view = await inCompany(duly.db, companyId, (tx) =>
        readCustomer(tx, companyId, customerIdOf(request), { now, today: dayAt(now, timeZone) }),
      );
      const frame = await companyFrameOf(duly, request, reply, access);
      return sendPage(reply, CustomerPage({ frame, view }));
    });

    const state = (
      path: string,
      action: 'hold' | 'change_settings',
      work: (stated: Stated) => Promise<string>,
    ): void => {
      app.post(`${PATH}/${path}`, async (request, reply) => {
        const { company, signedIn } = await requireCompany(request, action);
        const now = duly.clock.now();
        const customerId = customerIdOf(request);
        const stated = { company, customerId, body: request.body, by: signedIn.personName, now };
        const today = dayAt(now, company.time_zone);
        const words = await sayingFaults(() =>
          inCompany(duly.db, company.company_id, (tx) => work({ ...stated, tx, today })),
        );
        const at = `/companies/${company.company_id}/customers/${encodeURIComponent(customerId)}`;
        return redirectSaying(reply, at, words.said, words.bad);
      });
    };

    state('hold', 'hold', (stated) => stateHold(stated, 'pause'));
    state('promise', 'hold', (stated) => stateHold(stated, 'promise'));
    state('dispute', 'hold', (stated) => stateHold(stated, 'dispute'));
    state('stop', 'hold', (stated) => stateHold(stated, 'stopped'));
    state('lift', 'hold', async ({ tx, company, body, by, now }) => {
      await liftHold(tx, company.company_id, uuidField(body, 'hold'), by, now);
      return 'The hold is lifted. What happens next is worked out again now.';
    });
    state('type', 'change_settings', async ({ tx, company, customerId, body, by, now }) => {
      const type = debtorTypes.find((known) => known === fieldOf(body, 'type', 20));
      if (type === undefined)
        throw new UserError('bad_input', 'There is no such debtor type.', 'Choose one of the list.');
      await setDebtorType(tx, company.company_id, customerId, type, by, now);
      return 'The debtor type is saved. What happens next is worked out again now.';
    });
  };
}

function customerIdOf(request: FastifyRequest): string {
  return (request.params as { customerId: string }).customerId;
}

async function stateHold(stated: Stated, kind: NewHold['kind']): Promise<string> {
  const { tx, company, customerId, body, by, now, today } = stated;
  const invoiceId = fieldOf(body, 'invoice', 100);
  if (kind === 'dispute' && invoiceId === '')
    throw new UserError('bad_input', 'No invoice was chosen.', 'Choose the invoice that is disputed.');
  const said = kind === 'pause' || kind === 'promise' ? dayField(body, 'until') : null;
  const promised = kind === 'promise' && said !== null;
  const endsOn = promised ? graceUntil(said, company) : said;
  const reason = fieldOf(body, 'reason', 300);
  await setHold(
    tx,
    company.company_id,
    {
      kind,
      ...(invoiceId === '' ? { scope: 'customer', customerId } : { scope: 'invoice', invoiceId, customerId }),
      // the hold itself only knows its last day, which lies after the promised one
      reason: promised && reason !== '' ? `payment by ${said}: ${reason}` : reason,
      setBy: by,
      startsOn: today,
      endsOn,
    },
    now,
  );
  const what = invoiceId === '' ? 'this customer' : 'this invoice';
  if (endsOn === null) return `Reminders for ${what} rest until somebody lifts the hold.`;
  return `Reminders for ${what} rest until ${formatDay(endsOn, localeOf(company.country))}, that day included.`;
}

function dayField(body: unknown, name: string): Day {
  const found = parseDay(fieldOf(body, name, 20));
  if (found !== null) return found;
  throw new UserError(
    'bad_input',
    'The day is missing or does not exist.',
    'Choose a day from the calendar.',
  );
}
