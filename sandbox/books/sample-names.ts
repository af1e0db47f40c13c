/** The people and firms of the two sample companies. All addresses end in .example: no mail can reach anybody. */
import type { SandboxCompany } from './model.ts';

/** Firm, first name and last name of its contact, town. */
export type Firm = readonly [name: string, first: string, last: string, town: string];

/** Customers that are odd on purpose, by the reason; `foreign` is billed in the second currency. */
export interface OddFirms {
  readonly quotes: Firm;
  readonly emoji: Firm;
  readonly rightToLeft: Firm;
  readonly dateText: Firm;
  readonly markup: Firm;
  readonly noEmail: Firm;
  readonly manyEmails: Firm;
  readonly persons: Firm;
  readonly parent: Firm;
  readonly childBilled: Firm;
  readonly childOwn: Firm;
  readonly archived: Firm;
  readonly merged: Firm;
  readonly foreign?: readonly Firm[];
}

export interface Sample {
  readonly company: Omit<SandboxCompany, 'id'>;
  readonly region: string;
  readonly phone: (n: number) => string;
  readonly postalCode: (n: number) => string;
  readonly foreignCurrency?: string;
  readonly firstNumber: number;
  readonly numbered: (n: number) => string;
  /** What is sold: description, least and most price of one piece in whole units of the currency. */
  readonly trade: readonly (readonly [description: string, least: number, most: number])[];
  readonly ordinary: readonly Firm[];
  readonly odd: OddFirms;
}

const two = (n: number) => String(n % 100).padStart(2, '0');

export const larkspur: Sample = {
  company: {
    vendor: 'intuit',
    name: 'Larkspur Joinery',
    legalName: 'Larkspur Joinery LLC',
    email: 'accounts@larkspur-joinery.example',
    phone: '(503) 555-0142',
    country: 'US',
    timeZone: 'America/Los_Angeles',
    baseCurrency: 'USD',
    address: {
      line1: '2140 SE Water Ave',
      city: 'Portland',
      region: 'OR',
      postalCode: '97214',
      country: 'US',
    },
    remindersOn: false,
    suspended: false,
  },
  region: 'OR',
  phone: (n) => `(503) 555-01${two(n)}`,
  postalCode: (n) => `972${two(n)}`,
  firstNumber: 1042,
  numbered: (n) => String(n),
  trade: [
    ['Built-in bookcase, white oak', 1450, 4200],
    ['Kitchen cabinet doors, set', 1900, 5600],
    ['Reception desk, walnut veneer', 2400, 6800],
    ['Sash window repair', 240, 680],
    ['Stair balustrade, turned spindles', 980, 3100],
    ['On-site fitting, day rate', 640, 720],
    ['Interior door, solid fir', 420, 890],
    ['Bench seating, per run', 760, 2300],
    ['Template and survey visit', 120, 180],
  ],
  ordinary: [
    ['Alder & Finch Architects', 'Nora', 'Finch', 'Portland'],
    ['Bluestem Interiors', 'Dana', 'Whitlock', 'Portland'],
    ['Cascade Dental Group', 'Priya', 'Raman', 'Beaverton'],
    ['Clearwater Brewing', 'Tom', 'Hadley', 'Hood River'],
    ['Copper Kettle Cafe', 'Elena', 'Marsh', 'Portland'],
    ['Crestline Builders', 'Hank', 'Osborne', 'Gresham'],
    ['Driftwood Inn', 'Marie', 'Lindqvist', 'Astoria'],
    ['Eastbank Yoga', 'June', 'Castellano', 'Portland'],
    ['Evergreen Montessori School', 'Ruth', 'Abara', 'Lake Oswego'],
    ['Fairview Veterinary Clinic', 'Greg', 'Tanaka', 'Fairview'],
    ['Foxglove Florists', 'Amy', 'Sorensen', 'Portland'],
    ['Granite Peak Contractors', 'Luis', 'Ortega', 'Bend'],
    ['Harper Law Offices', 'Caroline', 'Harper', 'Salem'],
    ['Hawthorne Books', 'Miles', 'Everett', 'Portland'],
    ['Ironwood Furniture Gallery', 'Beth', 'Kowalski', 'Tigard'],
    ['Juniper Ridge Homes', 'Paul', 'Denton', 'Redmond'],
    ['Kestrel Coffee Roasters', 'Ines', 'Duarte', 'Portland'],
    ['Lakeside Physiotherapy', 'Owen', 'Grady', 'Lake Oswego'],
    ['Maple Street Realty', 'Sandra', 'Kim', 'Hillsboro'],
    ['Meridian Software', 'Victor', 'Lang', 'Portland'],
    ['Northgate Hotels', 'Alice', 'Bremner', 'Portland'],
    ['Oak & Ember Restaurant', 'Jonas', 'Weller', 'Eugene'],
    ['Pacific Crest Credit Union', 'Marta', 'Ellison', 'Portland'],
    ['Pearl District Lofts HOA', 'Steve', 'Novak', 'Portland'],
    ['Quarry Hill Winery', 'Claire', 'Beaumont', 'Newberg'],
    ['Redtail Outfitters', 'Ben', 'Caruso', 'Bend'],
    ['Ridgeway Construction', 'Derek', 'Ridgeway', 'Vancouver'],
    ['Rosewater Spa', 'Leila', 'Haddad', 'Portland'],
    ['Sellwood Theater', 'Max', 'Ferris', 'Portland'],
    ['Silver Birch Assisted Living', 'Joan', 'Prescott', 'Milwaukie'],
    ['Stonebridge Capital', 'Ian', 'Mercer', 'Portland'],
    ['Tillamook Bay Seafood', 'Carl', 'Jensen', 'Tillamook'],
    ['Umber Design Studio', 'Yuki', 'Arai', 'Portland'],
    ['Willamette Pediatrics', 'Helen', 'Okafor', 'Oregon City'],
  ],
  odd: {
    quotes: [`O'Hara & Sons "Fine" Kitchens`, 'Brendan', "O'Hara", 'Portland'],
    emoji: ['Luna Bakery 🥐', 'Sofia', 'Luna', 'Portland'],
    rightToLeft: ['مطعم الزيتون', 'سامر', 'حداد', 'Beaverton'],
    dateText: ['/Date(1700000000000)/ Diaries', 'Petra', 'Moss', 'Portland'],
    markup: ['<script>alert(1)</script> Web Design', 'Zed', 'Null', 'Portland'],
    noEmail: ['Walter Brenner', 'Walter', 'Brenner', 'Sandy'],
    manyEmails: ['Harbor Point Marina', 'Glenn', 'Foley', 'Astoria'],
    persons: ['Columbia Community College', 'Theresa', 'Vaughn', 'The Dalles'],
    parent: ['Halvorsen Property Group', 'Kirsten', 'Halvorsen', 'Portland'],
    childBilled: ['Pier 9 Lofts', 'Kirsten', 'Halvorsen', 'Portland'],
    childOwn: ['Burnside Arcade', 'Marcus', 'Bell', 'Portland'],
    archived: ['Old Town Print Shop', 'Ray', 'Dolan', 'Portland'],
    merged: ['Bluestem Interior Design', 'Dana', 'Whitlock', 'Portland'],
  },
};

export const tideline: Sample = {
  company: {
    vendor: 'xero',
    name: 'Tideline Signs',
    legalName: 'Tideline Signs Limited',
    email: 'accounts@tideline-signs.example',
    phone: '+64 4 555 0142',
    country: 'NZ',
    timeZone: 'Pacific/Auckland',
    baseCurrency: 'NZD',
    address: {
      line1: '18 Tory Street',
      city: 'Wellington',
      region: 'Wellington',
      postalCode: '6011',
      country: 'NZ',
    },
    remindersOn: false,
    suspended: false,
  },
  region: 'Wellington',
  phone: (n) => `+64 4 555 01${two(n)}`,
  postalCode: (n) => `60${two(n)}`,
  foreignCurrency: 'AUD',
  firstNumber: 311,
  numbered: (n) => `INV-${String(n).padStart(4, '0')}`,
  trade: [
    ['Shopfront fascia sign, illuminated', 1800, 5200],
    ['Vehicle wrap, van', 2100, 3900],
    ['Window vinyl, supply and fit', 260, 940],
    ['Pavement sign, double sided', 180, 320],
    ['Wayfinding set, brushed aluminium', 1200, 4600],
    ['Design time, per hour', 110, 140],
    ['Safety signage pack', 240, 680],
    ['Banner, full colour, hemmed', 140, 420],
    ['Installation with lift, half day', 520, 780],
  ],
  ordinary: [
    ['Aro Valley Bikes', 'Sam', 'Keane', 'Wellington'],
    ['Bayview Motors', 'Craig', 'Hollis', 'Petone'],
    ['Breaker Bay Surf', 'Tessa', 'Morrow', 'Wellington'],
    ['Capital Plumbing', 'Ross', 'Aitken', 'Lower Hutt'],
    ['Cuba Street Optics', 'Anika', 'Patel', 'Wellington'],
    ['Eastern Hutt Pharmacy', 'Judith', 'Lowe', 'Lower Hutt'],
    ['Fernhill Kindergarten', 'Mere', 'Tawhai', 'Upper Hutt'],
    ['Flagstaff Wines', 'Hugo', 'Bartlett', 'Martinborough'],
    ['Frank & Daughters Butchery', 'Frank', 'Leeming', 'Karori'],
    ['Glasshouse Nursery', 'Wendy', 'Pike', 'Otaki'],
    ['Greenstone Accounting', 'Moana', 'Rewi', 'Wellington'],
    ['Harbourside Dental', 'Neil', 'Chong', 'Wellington'],
    ['Island Bay Grocers', 'Stavros', 'Pappas', 'Wellington'],
    ['Kaitoke Outdoor Centre', 'Jess', 'Farrow', 'Upper Hutt'],
    ['Kapiti Coast Ceramics', 'Lorna', 'Bishop', 'Paraparaumu'],
    ['Lambton Legal', 'Andrew', 'Strang', 'Wellington'],
    ['Lighthouse Cinema', 'Kate', 'Nolan', 'Petone'],
    ['Mana Marine Services', 'Dave', 'Rolston', 'Porirua'],
    ['Matai Joinery', 'Peter', 'Wylie', 'Masterton'],
    ['Mount Victoria Hostel', 'Freya', 'Lund', 'Wellington'],
    ['Newtown Community Trust', 'Losa', 'Faleafa', 'Wellington'],
    ['Ngaio Fitness', 'Matt', 'Devereux', 'Wellington'],
    ['Oriental Bay Apartments', 'Susan', 'Kerr', 'Wellington'],
    ['Pōhutukawa Florist', 'Hana', 'Ruru', 'Wellington'],
    ['Quayside Catering', 'Olivia', 'Grant', 'Wellington'],
    ['Remutaka Freight', 'Bruce', 'Tennant', 'Featherston'],
    ['Seatoun Vets', 'Rachel', 'Inglis', 'Wellington'],
    ['Southerly Coffee', 'Luca', 'Romano', 'Wellington'],
    ['Tawa Timber Supplies', 'Gary', 'Muir', 'Tawa'],
    ['Te Aro Print Studio', 'Ngaire', 'Cole', 'Wellington'],
    ['Thorndon Gallery', 'Isobel', 'Fraser', 'Wellington'],
    ['Wairarapa Cheese Co', 'Colin', 'Baird', 'Greytown'],
    ['Whitby Electrical', 'Shane', 'Potter', 'Whitby'],
  ],
  odd: {
    quotes: [`D'Arcy & Daughters "The Hatters"`, 'Simone', "D'Arcy", 'Wellington'],
    emoji: ['Kererū Kitchen 🍃', 'Aroha', 'Ngata', 'Wellington'],
    rightToLeft: ['מאפיית שלום', 'נועה', 'לוי', 'Wellington'],
    dateText: ['/Date(1700000000000+0000)/ Calendars', 'Petra', 'Moss', 'Wellington'],
    markup: ['<script>alert(1)</script> Webworks', 'Zed', 'Null', 'Wellington'],
    noEmail: ['Ted Marlow', 'Ted', 'Marlow', 'Eastbourne'],
    manyEmails: ['Chaffers Marina', 'Glenda', 'Foy', 'Wellington'],
    persons: ['Victoria Street School', 'Teresa', 'Vaughan', 'Wellington'],
    parent: ['Hutt Valley Property Group', 'Kirsty', 'Halliday', 'Lower Hutt'],
    childBilled: ['Jackson Street Arcade', 'Kirsty', 'Halliday', 'Petone'],
    childOwn: ['Queensgate Kiosks', 'Mark', 'Bell', 'Lower Hutt'],
    archived: ['Old Bank Stationers', 'Ray', 'Dolan', 'Wellington'],
    merged: ['Aro Valley Bicycles', 'Sam', 'Keane', 'Wellington'],
    foreign: [
      ['Bondi Print Exchange', 'Lachlan', 'Reid', 'Sydney'],
      ['Yarra Exhibitions', 'Chloe', 'Bennett', 'Melbourne'],
    ],
  },
};
