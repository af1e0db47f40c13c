import { lateShares } from './calibration.ts';
import type { BooksApi, New, SandboxCustomer } from './model.ts';
import type { Prng } from './prng.ts';
import type { Firm, OddFirms, Sample } from './sample-names.ts';

export interface SampleCustomer {
  readonly id: string;
  readonly lateShare: number;
  readonly termsDays: number;
  readonly currency: string;
}

type OddKey = Exclude<keyof OddFirms, 'foreign'>;

export interface SampleCustomers {
  readonly ordinary: readonly SampleCustomer[];
  readonly foreign: readonly SampleCustomer[];
  readonly odd: Readonly<Record<OddKey, SampleCustomer>>;
}

/** Adds the sample's customers, odd ones last, and gives each its habit of paying. */
export function addCustomers(
  books: BooksApi,
  companyId: string,
  sample: Sample,
  random: Prng,
): SampleCustomers {
  const { odd, ordinary } = sample;
  const { foreign = [], ...reasons } = odd;
  const shares = lateShares(random, ordinary.length);
  let n = 10;
  const add = (firm: Firm, change: Partial<SandboxCustomer> = {}, lateShare = 0.36): SampleCustomer => {
    const row = { ...plain(sample, firm, n++, random), ...change };
    for (const key of Object.keys(row) as (keyof typeof row)[]) if (row[key] === undefined) delete row[key];
    return { ...books.addCustomer(companyId, row), lateShare };
  };
  const addedOrdinary = ordinary.map((firm, i) => add(firm, {}, shares[i]));
  const parent = add(reasons.parent);
  return {
    ordinary: addedOrdinary,
    foreign: foreign.map((firm) =>
      add(firm, sample.foreignCurrency ? { currency: sample.foreignCurrency } : {}),
    ),
    odd: {
      quotes: add(reasons.quotes),
      emoji: add(reasons.emoji),
      rightToLeft: add(reasons.rightToLeft, { email: 'billing@olive-and-bread.example' }),
      dateText: add(reasons.dateText, { email: 'accounts@diaries.example' }),
      markup: add(reasons.markup, { email: 'studio@script-web.example' }),
      noEmail: add(reasons.noEmail, withoutEmail()),
      manyEmails: add(reasons.manyEmails, {
        email: 'office@harbour-marina.example, dockmaster@harbour-marina.example.com',
      }),
      persons: add(reasons.persons, { contacts: persons() }),
      parent,
      childBilled: add(reasons.childBilled, { parentId: parent.id, billWithParent: true }),
      childOwn: add(reasons.childOwn, { parentId: parent.id, billWithParent: false }),
      archived: add(reasons.archived),
      merged: add(reasons.merged),
    },
  };
}

function plain(sample: Sample, firm: Firm, n: number, random: Prng): New<SandboxCustomer> {
  const [name, firstName, lastName, town] = firm;
  const box = random.pick(['ap', 'accounts', 'office', slug(firstName) || 'billing']);
  const { country } = sample.company;
  return {
    name,
    companyName: name,
    firstName,
    lastName,
    email: `${box}@${slug(name) || 'customer'}.example`,
    phone: sample.phone(n),
    contacts: [],
    address: {
      line1: `${random.whole(10, 990)} ${random.pick(['Main', 'Mill', 'Station', 'Church', 'River', 'Queen'])} Street`,
      city: town,
      region: sample.region,
      postalCode: sample.postalCode(n),
      country,
    },
    billWithParent: false,
    active: true,
    currency: sample.company.baseCurrency,
    termsDays: random.pick([30, 30, 30, 30, 14]),
  };
}

/** A member that is `undefined` is left out when the row is stored. */
function withoutEmail(): Partial<SandboxCustomer> {
  return { email: undefined, companyName: undefined } as unknown as Partial<SandboxCustomer>;
}

function persons(): SandboxCustomer['contacts'] {
  return [
    {
      firstName: 'Maureen',
      lastName: 'Tully',
      email: 'payables@community-campus.example',
      includeInEmails: true,
    },
    {
      firstName: 'Joel',
      lastName: 'Adler',
      email: 'facilities@community-campus.example',
      includeInEmails: false,
    },
  ];
}

function slug(words: string): string {
  return words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
