import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Duly } from '../../../platform/context.ts';
import { redirectSaying } from '../../flash.ts';
import { sendPage } from '../../render.ts';
import { type Answers, answersIn, type FieldFaults, Form } from './answers.ts';
import { attesterOf, currenciesOf, type Desk, deskOf, edit, openDesk, POLICY } from './desk.ts';
import { faultsBelow } from './places.ts';
import { SettingsPage } from './settings.view.tsx';
import { readSettings, settingsAnswers } from './settings-form.ts';

const PATH = `${POLICY}/settings`;

/** The rules for everybody, changed in the person's draft. */
export function policySettingsRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get(PATH, async (request, reply) => {
      const desk = await deskOf(duly, request, 'change_settings');
      return await show(duly, request, reply, desk, null);
    });
    app.post(PATH, async (request, reply) => {
      const desk = await deskOf(duly, request, 'change_settings');
      const answers = answersIn(request.body);
      const { working, found } = await openDesk(duly, request, reply, desk, (tx) =>
        currenciesOf(tx, desk.company),
      );
      const { settings, reader } = readSettings(answers, working.body.settings, found, attesterOf(desk));
      if (reader.faults.size > 0)
        return await show(duly, request, reply, desk, { answers, faults: reader.faults });
      await edit(duly, desk, (body) => ({ ...body, settings }));
      const { working: after } = await openDesk(duly, request, reply, desk, async () => null);
      return faultsBelow(after.faults, 'settings').size > 0
        ? redirectSaying(
            reply,
            `${desk.at}/settings`,
            'Kept in your draft, but it can’t be saved like this.',
            true,
          )
        : redirectSaying(reply, desk.at, 'The rules are kept in your draft.');
    });
  };
}

async function show(
  duly: Duly,
  request: FastifyRequest,
  reply: FastifyReply,
  desk: Desk,
  refused: { readonly answers: Answers; readonly faults: FieldFaults } | null,
): Promise<FastifyReply> {
  const { frame, working, found } = await openDesk(duly, request, reply, desk, (tx) =>
    currenciesOf(tx, desk.company),
  );
  const { answers, faults } = refused ?? {
    answers: settingsAnswers(working.body.settings, found),
    faults: faultsBelow(working.faults, 'settings'),
  };
  const warnings = [...faultsBelow(working.faults, 'settings', 'warn').values()];
  const form = new Form(answers, faults);
  return sendPage(
    reply,
    SettingsPage({ frame, working, form, warnings, currencies: found }),
    refused === null ? 200 : 400,
  );
}
