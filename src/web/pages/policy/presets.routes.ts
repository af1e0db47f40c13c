import type { FastifyPluginAsync } from 'fastify';
import type { Duly } from '../../../platform/context.ts';
import { UserError } from '../../../platform/errors.ts';
import { presetWords } from '../../../policies/presets/presets.ts';
import { withPreset } from '../../../policies/presets/switch.ts';
import { redirectSaying } from '../../flash.ts';
import { sendPage } from '../../render.ts';
import { deskOf, edit, openDesk, POLICY, paramOf } from './desk.ts';
import { PresetsPage, presetKeys } from './presets.view.tsx';
import { wordingSamples } from './wording.store.ts';

/** What a policy can begin with. */
export function presetsRoutes(duly: Duly): FastifyPluginAsync {
  return async (app) => {
    app.get(`${POLICY}/presets`, async (request, reply) => {
      const desk = await deskOf(duly, request, 'see');
      const { frame, working, found } = await openDesk(duly, request, reply, desk, (tx) =>
        wordingSamples(tx, desk.company, desk.by, desk.now),
      );
      return sendPage(reply, PresetsPage({ frame, working, sample: found }));
    });
    app.post(`${POLICY}/presets/:preset`, async (request, reply) => {
      const desk = await deskOf(duly, request, 'change_settings');
      const key = presetKeys.find((known) => known === paramOf(request, 'preset'));
      if (key === undefined)
        throw new UserError('not_found', 'There is no such preset.', 'Choose one of the three.');
      await edit(duly, desk, (body) => withPreset(body, key));
      const said = `${presetWords[key].name} is in your draft. Look at what it changes, then save it.`;
      return redirectSaying(reply, `${desk.at}/draft`, said);
    });
  };
}
