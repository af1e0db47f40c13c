import type { PolicyBody, PresetKey } from '../document.ts';
import { gentle } from './gentle.ts';
import { letterFirst } from './letter-first.ts';
import { standard } from './standard.ts';

/** What a business can start from, each complete. */
export const presets: Readonly<Record<PresetKey, PolicyBody>> = {
  gentle,
  standard,
  letter_first: letterFirst,
};

/** For people. */
export const presetWords: Readonly<Record<PresetKey, { readonly name: string; readonly words: string }>> = {
  gentle: {
    name: 'Gentle',
    words: 'The owner writes, understanding first; a call before the last word.',
  },
  standard: {
    name: 'Standard',
    words:
      'Friendly early, a call before it gets formal, a letter, then a final notice that a person releases.',
  },
  letter_first: {
    name: 'Letter first',
    words:
      'A letter, an e-mail that mentions it, a call; the owner’s mail and a call; the manager copied in and the head of the business called; the last chance.',
  },
};
