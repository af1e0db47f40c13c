/**
 * Writes src/domain/holidays/data/ and names/: the public holidays that date-holidays reckons for the countries below and
 * their regions, and how they are called, so that Duly looks them up instead. `npm run holidays`; then see what changed with git.
 *
 * With `--check` it writes nothing: it holds what Duly looks up against the library, every country and region in one of
 * the years (all years take half a minute), prints `{"places","wrong"}` and ends with 1 when something is wrong.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Holidays from 'date-holidays';
import { publicHolidays } from '../src/domain/business-days.ts';
import { holidayData } from '../src/domain/holidays/data/index.ts';
import { firstYear, lastYear } from '../src/domain/holidays/years.ts';

const countries = [
  // of the law packs
  'US GB AU NZ CA AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE',
  // whom small businesses there sell to
  'CH NO IS LI JE GG IM GI MC UA RS TR SG HK JP KR CN TW TH MY ID PH VN IN LK ZA NG KE GH EG MA',
  'AE SA IL KW QA BH OM JO MX BR AR CL CO PE CR PR FJ',
]
  .join(' ')
  .split(' ')
  .toSorted();

const folder = 'src/domain/holidays/data';
const namesFolder = 'src/domain/holidays/names';
const head = [
  '// Written by tools/holidays.ts (npm run holidays) from date-holidays; not to be edited.',
  '// Data: CC BY-SA 3.0, see NOTICE.',
  '',
].join('\n');
const years = Array.from({ length: lastYear - firstYear + 1 }, (_, index) => firstYear + index);

/** Sets of `MMDD`, one a year. */
type Years = readonly ReadonlySet<string>[];
const none: ReadonlySet<string> = new Set();

/** Of the `wanted` years; what begins on the last day of the year before reaches into the first. */
function reckoned(
  country: string,
  region: string | null,
  wanted: readonly number[],
  read: readonly number[] = [firstYear - 1, ...wanted],
): Years {
  const library = region === null ? new Holidays(country) : new Holidays(country, region);
  const all = read.flatMap((year) =>
    library.getHolidays(year).filter((holiday) => holiday.type === 'public'),
  );
  const days = all.flatMap(daysOf);
  return wanted.map(
    (year) =>
      new Set(
        days.filter((day) => day.startsWith(`${year}-`)).map((day) => day.slice(5, 7) + day.slice(8, 10)),
      ),
  );
}

/** The library's `date` is the local first day; `start` and `end` are instants that only tell how long it lasts. */
function daysOf(holiday: { readonly date: string; readonly start: Date; readonly end: Date }): string[] {
  const count = Math.max(1, Math.round((holiday.end.getTime() - holiday.start.getTime()) / 86_400_000));
  const first = Temporal.PlainDate.from(holiday.date.slice(0, 10));
  return Array.from({ length: count }, (_, index) => first.add({ days: index }).toString());
}

/** Kept in at least half of the regions, by year: what stands in where a region is not known. */
function usual(regions: readonly Years[]): Years {
  return years.map((_, index) => {
    const days = regions.flatMap((region) => [...(region[index] ?? [])]);
    return new Set(days.filter((day) => days.filter((other) => other === day).length * 2 >= regions.length));
  });
}

/** `0101 -1014|…`: by year what comes to `base`, and with a minus what of it is left out. */
function difference(base: Years, other: Years): string {
  return years
    .map((_, index) => {
      const [from, to] = [base[index] ?? none, other[index] ?? none];
      const more = [...to].filter((day) => !from.has(day));
      const less = [...from].filter((day) => !to.has(day)).map((day) => `-${day}`);
      return [...more.toSorted(), ...less.toSorted()].join(' ');
    })
    .join('|');
}

function fileOf(country: string): string {
  const nothing: Years = years.map(() => none);
  const national = reckoned(country, null, years);
  const states = Object.entries(new Holidays().getStates(country) ?? {});
  const regions = states.map(([code, name]) => ({ code, name, days: reckoned(country, code, years) }));
  const union = usual(regions.map(({ days }) => days)).map((days, index) =>
    days.union(national[index] ?? none),
  );
  const lines = regions.map(
    ({ code, name, days }) =>
      `    ${JSON.stringify(code)}: { name: ${JSON.stringify(name)}, days: '${difference(national, days)}' },\n`,
  );
  return [
    head,
    "import type { CountryHolidays } from '../country-holidays.ts';\n\n",
    `export const ${country.toLowerCase()}Holidays: CountryHolidays = {\n`,
    `  national:\n    '${difference(nothing, national)}',\n`,
    `  usual: '${difference(national, union)}',\n`,
    `  regions: {\n${lines.join('')}  },\n};\n`,
  ].join('');
}

function index(): string {
  const name = (country: string): string => `${country.toLowerCase()}Holidays`;
  return [
    head,
    "import type { CountryHolidays } from '../country-holidays.ts';\n",
    ...countries.map((country) => `import { ${name(country)} } from './${country.toLowerCase()}.ts';\n`),
    '\n/** By ISO 3166-1 alpha-2. */\n',
    'export const holidayData: Readonly<Record<string, CountryHolidays>> = {\n',
    ...countries.map((country) => `  ${country}: ${name(country)},\n`),
    '};\n',
  ].join('');
}

/** By name, the days on which a place calls it so, of the years of the data. */
function namedIn(country: string, region: string | null): Map<string, Set<string>> {
  const library = region === null ? new Holidays(country) : new Holidays(country, region);
  const found = new Map<string, Set<string>>();
  for (const year of [firstYear - 1, ...years])
    for (const holiday of library.getHolidays(year, 'en')) {
      if (holiday.type !== 'public') continue;
      const days = daysOf(holiday).filter((day) => Number(day.slice(0, 4)) >= firstYear);
      found.set(holiday.name, (found.get(holiday.name) ?? new Set()).union(new Set(days)));
    }
  return found;
}

/** `1225`, or `0115|0120|…` by year. */
function byYear(days: ReadonlySet<string>): string {
  const each = years.map((year) =>
    [...days]
      .filter((day) => day.startsWith(`${year}-`))
      .map((day) => day.slice(5, 7) + day.slice(8, 10))
      .toSorted()
      .join(' '),
  );
  const [first = ''] = each;
  return each.every((one) => one === first) ? first : each.join('|');
}

function namesFileOf(country: string): string {
  const national = namedIn(country, null);
  const of = new Map<string, string[]>([...national].map(([name, days]) => [`${byYear(days)}\t${name}`, []]));
  for (const code of Object.keys(new Holidays().getStates(country) ?? {}))
    for (const [name, days] of namedIn(country, code)) {
      const own = days.difference(national.get(name) ?? none);
      if (own.size === 0) continue;
      const key = `${byYear(own)}\t${name}`;
      of.set(key, [...(of.get(key) ?? []), code]);
    }
  const lines = [...of].map(([key, codes]) => {
    const [days = '', name = ''] = key.split('\t');
    return `  { name: ${JSON.stringify(name)}, days: '${days}', in: '${codes.join(' ')}' },\n`;
  });
  return [
    head,
    "import type { HolidayName } from '../country-holidays.ts';\n\n",
    `export const ${country.toLowerCase()}Names: readonly HolidayName[] = [\n${lines.join('')}];\n`,
  ].join('');
}

function namesIndex(): string {
  const name = (country: string): string => `${country.toLowerCase()}Names`;
  return [
    head,
    "import type { HolidayName } from '../country-holidays.ts';\n",
    ...countries.map((country) => `import { ${name(country)} } from './${country.toLowerCase()}.ts';\n`),
    '\n/** By ISO 3166-1 alpha-2. */\n',
    'export const holidayNames: Readonly<Record<string, readonly HolidayName[]>> = {\n',
    ...countries.map((country) => `  ${country}: ${name(country)},\n`),
    '};\n',
  ].join('');
}

/** Places whose looked-up holidays are not the library's; without a region more may be kept than the nation's. */
function check(): { places: number; wrong: string[] } {
  const places = Object.entries(holidayData).flatMap(([country, { regions }]) =>
    [null, ...Object.keys(regions)].map((region) => ({ country, region })),
  );
  const wrong = places.flatMap(({ country, region }, at) => {
    const year = firstYear + (at % years.length);
    const ours = new Set(
      publicHolidays(country, region)
        .filter((day) => day.startsWith(`${year}-`))
        .map((day) => day.slice(5, 7) + day.slice(8, 10)),
    );
    const isSame = (read: readonly number[]): boolean => {
      const theirs = reckoned(country, region, [year], read)[0] ?? none;
      return theirs.isSubsetOf(ours) && (region === null || ours.size === theirs.size);
    };
    return isSame([year]) || isSame([year - 1, year]) ? [] : [`${country} ${region ?? ''} ${year}`];
  });
  return { places: places.length, wrong };
}

function write(): void {
  mkdirSync(folder, { recursive: true });
  for (const country of countries)
    writeFileSync(path.join(folder, `${country.toLowerCase()}.ts`), fileOf(country));
  writeFileSync(path.join(folder, 'index.ts'), index());
  mkdirSync(namesFolder, { recursive: true });
  for (const country of countries)
    writeFileSync(path.join(namesFolder, `${country.toLowerCase()}.ts`), namesFileOf(country));
  writeFileSync(path.join(namesFolder, 'index.ts'), namesIndex());
  console.log(`${countries.length} countries, ${firstYear} to ${lastYear}`);
}

if (process.argv.includes('--check')) {
  const found = check();
  console.log(JSON.stringify(found));
  process.exitCode = found.wrong.length > 0 ? 1 : 0;
} else {
  write();
}
