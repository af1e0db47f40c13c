import type { PolicyBody, PolicyDocument } from './document.ts';
import { type Amounts, emailSteps, type PolicySettings, usualSettings } from './policy.ts';

/** What a policy said before there were sequences. */
interface OldBody {
  readonly window?: PolicySettings['window'];
  readonly minGapBusinessDays?: number;
  readonly restAfterPaymentBusinessDays?: number;
  readonly promiseGraceBusinessDays?: number;
  readonly caps?: PolicySettings['caps'];
  readonly minimumBalance?: Amounts;
}

/** Four e-mails for everybody: what a company has that connected before there were presets. */
export const emailBody: PolicyBody = {
  preset: 'standard',
  sequences: [{ key: 'email', name: 'Four e-mails', steps: emailSteps, paused: false }],
  settings: { ...usualSettings, sequence: 'email' },
  segments: [],
};

/**
 * A stored policy as a document. A body of before there were sequences keeps what it said (window, rests, caps,
 * minimums) and its four e-mails; what is newer than the body has its usual value.
 */
export function documentOf(stored: unknown, version: number): PolicyDocument {
  const body = (typeof stored === 'object' && stored !== null ? stored : {}) as Partial<PolicyBody> & OldBody;
  if (body.sequences === undefined || body.settings === undefined)
    return { ...emailBody, version, settings: { ...emailBody.settings, ...oldSettings(body) } };
  return {
    version,
    preset: body.preset ?? 'standard',
    sequences: body.sequences,
    settings: { ...usualSettings, ...body.settings },
    segments: body.segments ?? [],
  };
}

function oldSettings(body: OldBody): Partial<PolicySettings> {
  const { window, caps, minimumBalance } = body;
  const { minGapBusinessDays, restAfterPaymentBusinessDays, promiseGraceBusinessDays } = body;
  const said = {
    window,
    minGapBusinessDays,
    restAfterPaymentBusinessDays,
    promiseGraceBusinessDays,
    caps,
    minimumBalance,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}
