import type { World } from '../support/world.ts';
import type { Key } from './auth-support.ts';
import { Shop } from './par-support.ts';

/** Monday, 16 November 2026: ten in the morning in New York, three in the afternoon in London. */
export const MONDAY = '2026-11-16T15:00:00Z';
const TUESDAY = '2026-11-17T15:00:00Z';
const WEDNESDAY = '2026-11-18T15:00:00Z';
/** A week after the first reminder the second one is due. */
const NEXT_MONDAY = '2026-11-23T15:00:00Z';
/** What a vendor's limit by the minute put off is done by then. */
const MINUTES_LATER = '2026-11-23T15:03:00Z';

/** Every customer is one case, and owes these sums in minor units. */
export const customers = {
  paid: [10_000],
  unseen: [10_000],
  early: [50_000],
  midway: [60_000],
  credited: [70_000],
  draft: [12_000],
  twice: [40_000],
  loose: [30_000],
  linked: [15_000],
  reversed: [80_000],
  bounced: [81_000],
  voided: [16_000],
  deleted: [17_000],
  ghost: [13_000],
  disputed: [21_000, 22_000],
  three: [31_000, 32_000, 33_000],
  raised: [45_000],
  followed: [46_000],
  moving: [51_000, 52_000],
  receiving: [],
  merging: [53_000],
  surviving: [54_000],
  redated: [61_000],
  revoked: [62_000],
  thanked: [23_000, 24_000],
  half: [25_000, 26_000],
  arguing: [27_000, 28_000],
  resting: [29_000],
} as const;
/** Whose policy thanks for a payment; nobody else's does. */
const thankful = ['thanked', 'half', 'arguing', 'resting'] as const;

export const keys: readonly Key[] = ['quickbooks', 'xero'];

/** The books of both vendors over a week of payments, credits, edits and reversals, and what was seen of it. */
export class Week {
  readonly #payments = new Map<string, string>();
  readonly #credits = new Map<string, string>();

  private constructor(
    private readonly world: World,
    private readonly shops: ReadonlyMap<Key, Shop>,
  ) {}

  /** In a world in which it is `MONDAY`. */
  static async live(world: World): Promise<Week> {
    const shops = new Map<Key, Shop>();
    for (const key of keys) shops.set(key, await Shop.open(world, key, customers));
    const week = new Week(world, shops);
    await week.#live();
    return week;
  }

  shop(key: Key): Shop {
    const found = this.shops.get(key);
    if (found === undefined) throw new Error(`no books at ${key}`);
    return found;
  }

  async #both(act: (at: Shop, key: Key) => Promise<void>): Promise<void> {
    for (const key of keys) await act(this.shop(key), key);
  }
  async #morning(moment: string, instant: string): Promise<void> {
    await this.world.setNow(instant);
    await this.#both(async (at) => {
      await at.books.tick();
      await at.shoot(moment);
    });
  }

  /** Before the first message leaves. */
  async #onMonday(): Promise<void> {
    await this.#both(async (at) => {
      await at.pay('early/1', 20_000);
      await at.credit('draft', 4_000, undefined, { status: 'draft' });
      await at.credit('loose', 5_000);
      await at.books.tick();
      await at.books.api.call('PATCH', '', { mode: 'approve' });
      for (const name of ['disputed/1', 'arguing/1'])
        await at.books.api.call('POST', '/disputes', {
          invoiceId: at.here(name),
          reason: 'Two were broken.',
        });
      for (const name of thankful)
        await at.books.api.call('PUT', `/customers/${encodeURIComponent(at.here(name))}/policy`, {
          expectedVersion: 0,
          segment: null,
          settings: { thankYou: true },
          paused: false,
          by: 'Dana',
        });
      await at.books.tick();
      await at.shoot('planned');
      await at.pay('paid/1', 10_000);
      await at.change(`invoices/${at.there('redated/1')}`, { dueDate: '2026-11-23' });
      const made = await at.books.make.invoice(at.there('ghost'), 99_000, { number: 'never-seen' });
      await at.act(`invoices/${made}/delete`);
      at.name('ghost/2', made);
      await at.books.tick();
      await at.shoot('edited');
      await at.releaseAll();
      // nobody has told Duly of it: only the read right before sending can see it
      await at.pay('unseen/1', 10_000);
      await at.books.workOff();
      await at.shoot('sent');
    });
  }

  async #onTuesday(): Promise<void> {
    await this.#both(async (at, key) => {
      await at.pay('midway/1', 25_000);
      this.#credits.set(`${key} credited`, await at.credit('credited', 70_000));
      await at.allocate(this.#credits.get(`${key} credited`) ?? '', 'credited/1', 30_000);
      await at.credit('twice', 10_000, 'twice/1');
      await at.credit('twice', 5_000, 'twice/1');
      await at.credit('linked', 15_000, 'linked/1');
      this.#payments.set(`${key} reversed`, await at.pay('reversed/1', 80_000));
      this.#payments.set(`${key} bounced`, await at.pay('bounced/1', 81_000));
      await at.act(`invoices/${at.there('voided/1')}/void`);
      await at.act(`invoices/${at.there('deleted/1')}/delete`);
      await at.pay('three/2', 32_000);
      await at.change(`invoices/${at.there('raised/1')}`, { totalMinor: 49_000 });
      await at.pay('followed/1', 46_000);
      await at.change(`invoices/${at.there('moving/1')}`, { customerId: at.there('receiving') });
      await at.change(`invoices/${at.there('moving/2')}`, { customerId: at.there('receiving') });
      await at.act(`customers/${at.there('merging')}/merge`, { into: at.there('surviving') });
      this.#credits.set(`${key} revoked`, await at.credit('revoked', 62_000, 'revoked/1'));
      await at.pay('thanked/1', 23_000);
      await at.pay('thanked/2', 24_000);
      await at.pay('half/1', 25_000);
      await at.pay('arguing/2', 28_000);
      await at.pay('resting/1', 29_000);
      await at.books.api.call('POST', '/holds', {
        kind: 'pause',
        scope: 'customer',
        customerId: at.here('resting'),
        reason: 'we talk',
        by: 'Dana',
      });
    });
    await this.#morning('tuesday', TUESDAY);
  }

  async #onWednesday(): Promise<void> {
    await this.#both(async (at, key) => {
      await at.allocate(this.#credits.get(`${key} credited`) ?? '', 'credited/1', 40_000);
      await at.act(`payments/${this.#payments.get(`${key} reversed`)}/delete`);
      await at.act(`payments/${this.#payments.get(`${key} bounced`)}/void`);
      await at.act(`credits/${this.#credits.get(`${key} revoked`)}/void`);
    });
    await this.#both((at) => at.releaseAll());
    await this.#morning('wednesday', WEDNESDAY);
  }

  async #live(): Promise<void> {
    await this.#onMonday();
    await this.#onTuesday();
    await this.#onWednesday();
    await this.world.setNow(NEXT_MONDAY);
    await this.#both(async (at) => {
      await at.books.tick();
      await at.releaseAll();
      await at.books.workOff();
      await at.shoot('monday');
    });
    await this.world.setNow(MINUTES_LATER);
    await this.#both((at) => at.books.tick());
  }
}
