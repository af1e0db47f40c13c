import { presetWords } from '../policies/presets/presets.ts';

/** What a replay can always play: the policy in force, or a preset as it comes. */
export const playedKeys = ['in_force', 'gentle', 'standard', 'letter_first'] as const;
/** `draft`: of whoever asks, before it is saved. */
export type PlayedKey = (typeof playedKeys)[number] | 'draft';

/** For people. */
export function playedName(key: PlayedKey): string {
  if (key === 'in_force') return 'The policy in force';
  return key === 'draft' ? 'Your draft' : presetWords[key].name;
}
