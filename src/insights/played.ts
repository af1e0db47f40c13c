import { presetWords } from '../policies/presets/presets.ts';

/** What a replay can play: the policy in force, or a preset as it comes. */
export const playedKeys = ['in_force', 'gentle', 'standard', 'letter_first'] as const;
export type PlayedKey = (typeof playedKeys)[number];

/** For people. */
export function playedName(key: PlayedKey): string {
  return key === 'in_force' ? 'The policy in force' : presetWords[key].name;
}
