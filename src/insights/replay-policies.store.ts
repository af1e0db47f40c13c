import type { Tx } from '../platform/db.ts';
import { UserError } from '../platform/errors.ts';
import { getDocument } from '../policies/document.store.ts';
import type { PolicyDocument } from '../policies/document.ts';
import { presets } from '../policies/presets/presets.ts';
import { playedKeys, playedName } from './played.ts';
import type { ReplayedPolicy } from './replay.store.ts';

/** The policies of these keys; `draft`: what is played for that key. Throws UserError `bad_input` for a key that is none. */
export async function policiesToPlay(
  tx: Tx,
  companyId: string,
  keys: readonly string[],
  draft: PolicyDocument | null = null,
): Promise<readonly ReplayedPolicy[]> {
  const inForce = await getDocument(tx, companyId);
  return keys.map((text) => {
    if (text === 'draft' && draft !== null) return { key: text, name: playedName(text), document: draft };
    const key = playedKeys.find((known) => known === text);
    if (key === undefined)
      throw new UserError(
        'bad_input',
        `There is no policy "${text}" to play.`,
        `Name one of ${playedKeys.join(', ')}.`,
      );
    const document = key === 'in_force' ? inForce : { ...presets[key], version: inForce.version };
    return { key, name: playedName(key), document };
  });
}
