import type { Policy } from '../policies/policy.ts';

/**
 * The policy for somebody whom a person writes to at once: the company's own hours and days do not count; the law's
 * windows, gaps, caps and holidays do.
 */
export function anyHour(policy: Policy): Policy {
  return { ...policy, window: { from: '00:00', to: '23:59' }, sendDays: [1, 2, 3, 4, 5, 6, 7] };
}
