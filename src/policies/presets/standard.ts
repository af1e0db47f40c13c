import type { PolicyBody } from '../document.ts';
import { usualSettings } from '../policy.ts';
import { step } from '../step.ts';

/** The evidence-based default. */
export const standard: PolicyBody = {
  preset: 'standard',
  sequences: [
    {
      key: 'standard',
      name: 'Standard',
      paused: false,
      steps: [
        step({ key: 'first', name: 'first reminder', offsetDays: 3, stage: 'first' }),
        step({ key: 'second', name: 'second reminder', offsetDays: 8, stage: 'second' }),
        step({ key: 'third', name: 'third reminder', offsetDays: 21, stage: 'third' }),
        step({ key: 'final', name: 'final notice', offsetDays: 45, stage: 'final', payWithinDays: 14 }),
      ],
    },
  ],
  settings: usualSettings,
  segments: [],
};
