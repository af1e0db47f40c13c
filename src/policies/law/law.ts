import type { Channel, DebtorType, Stage } from '../step.ts';

/** One rule of a jurisdiction, as it stands in the page "which rule, from where". */
export interface LawRule {
  /** For example `us-nyc-frequency`. Stored with decisions; never given to another rule. */
  readonly id: string;
  /** What it asks, in a sentence for a bookkeeper. */
  readonly words: string;
  /** Where it stands: statute, regulation or guideline. */
  readonly source: string;
  /** First day in force and first day no longer in force, `YYYY-MM-DD`; null: open. */
  readonly from: string | null;
  readonly until: string | null;
  /** `block`: refused; `warn`: a person's recorded override; `disclose`: words that can't be removed. */
  readonly enforce: 'block' | 'warn' | 'disclose';
}

export interface LawQuestion {
  /** ISO 3166-1 alpha-2, or null: unknown, which takes the strict pack. */
  readonly debtorCountry: string | null;
  readonly debtorRegion: string | null;
  readonly debtorCity: string | null;
  readonly debtorPostcode: string | null;
  readonly debtorType: DebtorType;
  readonly creditorCountry: string;
  /** Section 6: the business stated that all its customers are businesses. */
  readonly allBusinesses: boolean;
  /** The debtor agreed to e-mail (New York City); null: not known. */
  readonly emailConsent: boolean | null;
}

/** What a rule counts a debtor as: `unknown` is a consumer unless the business stated otherwise. */
export type TreatedAs = Exclude<DebtorType, 'unknown'>;

/** What can be forbidden for a debtor; `consequence`: every one, `court`: a claim at court, `interest`: to name or ask it. */
export type Blocked = Channel | 'service_style' | 'consequence' | 'court' | 'interest' | 'escalation_copy';

/** A sentence that a message must carry. `{creditor}`, `{address}`, `{service}`, `{contact}` are filled in. */
export interface Disclosure {
  readonly part: 'creditor' | 'acting_for' | 'dispute' | 'stop' | 'contact' | 'service' | 'yearly_rate';
  readonly words: string;
  /** `service`: only where the service is the sender; `interest`: only where interest is named. */
  readonly when: 'always' | 'service' | 'interest';
  readonly rule: LawRule;
}

/** What the law leaves open for a debtor on a day: the strictest of the debtor's and the creditor's packs. */
export interface Law {
  /** Keys of the packs that apply, for example `['house', 'us', 'us-nyc']`. */
  readonly packs: readonly string[];
  /** `unknown` counts as consumer unless the business stated otherwise. */
  readonly treatedAs: TreatedAs;
  /** Whose countries were asked for, ISO 3166-1 alpha-2: a law on late payment needs both. */
  readonly parties: { readonly creditor: string; readonly debtor: string | null };
  /** Rolling caps: at most `most` touches of these channels in any `days` days. All must hold. */
  readonly caps: readonly {
    readonly channels: readonly Channel[];
    readonly days: number;
    readonly most: number;
    readonly rule: LawRule;
  }[];
  /**
   * When a channel may reach the debtor, local wall-clock times, the end outside; several: all must hold. A weekday
   * that is not among `days` is closed.
   */
  readonly windows: readonly {
    readonly channels: readonly Channel[];
    readonly from: string;
    readonly to: string;
    /** ISO weekdays. */
    readonly days: readonly number[];
    readonly rule: LawRule;
  }[];
  readonly minGapBusinessDays: { readonly days: number; readonly rule: LawRule };
  /** Nothing of these may be done for this debtor. */
  readonly blocked: readonly { readonly what: Blocked; readonly rule: LawRule }[];
  /** The reader must be given so many calendar days from a step of this stage; several: the longest. */
  readonly deadlines: readonly { readonly stage: Stage; readonly days: number; readonly rule: LawRule }[];
  /** Sentences that a message must carry. */
  readonly disclosures: readonly Disclosure[];
  /** What a person must know and override before it goes out; `stage` null: with every step. */
  readonly warnings: readonly { readonly stage: Stage | null; readonly rule: LawRule }[];
}
