import type { CompanyProfile } from '../domain/books.ts';
import { isEmailAddress } from '../domain/email-address.ts';
import { isTelephoneNumber } from '../domain/telephone-number.ts';
import { type Colour, isColour } from './colour.ts';
import { checkLogo, type Logo } from './logo.ts';
import { lines } from './plain.ts';
import { serviceNameFault } from './service-name.ts';

/** How the business looks and who speaks for it. */
export interface Brand {
  readonly name: string;
  readonly colour: Colour;
  readonly logo: Logo | null;
  /** `own`: a named person of the business writes. `service`: the receivables service acting for the business. */
  readonly style: 'own' | 'service';
  readonly serviceName: string;
  readonly contactName: string;
  readonly contactEmail: string;
  readonly contactPhone: string | null;
  /** The head of the business, who signs what the owner writes (P10); null: the contact signs it. */
  readonly ownerName: string | null;
  /** Set if and only if there is a name. */
  readonly ownerEmail: string | null;
  /** As it stands under a letter: "Owner", "Managing director"; null: nothing does. */
  readonly ownerTitle: string | null;
  /** Several lines. */
  readonly postalAddress: string;
  /** Several lines; may be empty. */
  readonly waysToPay: string;
}

export type BrandField = keyof Brand;

/** What is wrong with a field, in words that say what to do. */
export interface BrandFault {
  readonly field: BrandField;
  readonly words: string;
}

export type BrandCheck =
  | { readonly ok: true; readonly brand: Brand }
  | { readonly ok: false; readonly faults: readonly BrandFault[] };

/** The fields of the brand page as they came in: every one may be missing or be anything. */
export type BrandInput = { readonly [field in BrandField]?: unknown };

const HOUSE_COLOUR: Colour = '#0b6b63';
const LINE_BREAK_OR_CONTROL = /[\p{Cc}\u2028\u2029]/u;

/**
 * The brand, or every fault at once. A brand with faults must not be saved nor sent with: without a postal address
 * or a person to turn to, sending can't be switched on (CON-12). Fields of one line refuse line breaks, so that none
 * of them can add a header to a mail.
 */
export function checkBrand(input: BrandInput): BrandCheck {
  const faults: BrandFault[] = [];
  const fail = (field: BrandField, words: string): void => {
    faults.push({ field, words });
  };
  const brand = {
    name: lineOf(input.name, 'name', 'the name customers know', 1, 80, fail),
    colour: colourOf(input.colour, fail),
    logo: logoOf(input.logo, fail),
    style: styleOf(input.style, fail),
    serviceName: lineOf(input.serviceName, 'serviceName', "the service's name", 1, 80, fail),
    contactName: lineOf(input.contactName, 'contactName', 'the person customers can turn to', 2, 80, fail),
    contactEmail: emailOf(input.contactEmail, 'contactEmail', fail),
    contactPhone: phoneOf(input.contactPhone, fail),
    ...ownerOf(input, fail),
    postalAddress: blockOf(input.postalAddress, 'postalAddress', 10, 300, 6, fail),
    waysToPay: blockOf(input.waysToPay ?? '', 'waysToPay', 0, 800, 12, fail),
  } satisfies Brand;
  if (brand.name !== '' && brand.serviceName !== '') {
    const words = serviceNameFault(brand.serviceName, brand.name, brand.style);
    if (words !== null) fail('serviceName', words);
  }
  return faults.length === 0 ? { ok: true, brand } : { ok: false, faults };
}

/**
 * A brand to start from, as the ledger describes the company. It may still have faults (no e-mail, no address):
 * `checkBrand` says which, and nothing is sent before they are settled.
 */
export function defaultBrand(
  company: Pick<CompanyProfile, 'name' | 'email' | 'phone' | 'postalAddress'>,
  contactName: string,
): Brand {
  const name = company.name.trim();
  return {
    name,
    colour: HOUSE_COLOUR,
    logo: null,
    style: 'own',
    serviceName: `${name} Accounts`,
    contactName: contactName.trim(),
    contactEmail: company.email ?? '',
    contactPhone: company.phone,
    ownerName: null,
    ownerEmail: null,
    ownerTitle: null,
    postalAddress: lines(company.postalAddress).join('\n'),
    waysToPay: '',
  };
}

type Fail = (field: BrandField, words: string) => void;

function lineOf(
  input: unknown,
  field: BrandField,
  what: string,
  min: number,
  max: number,
  fail: Fail,
): string {
  const text = typeof input === 'string' ? input.trim() : '';
  if (LINE_BREAK_OR_CONTROL.test(text)) fail(field, `Write ${what} on one line.`);
  else if (text.length < min) fail(field, `Give ${what}.`);
  else if (text.length > max) fail(field, `Shorten ${what} to ${max} characters.`);
  return text;
}

function blockOf(
  input: unknown,
  field: 'postalAddress' | 'waysToPay',
  min: number,
  max: number,
  maxLines: number,
  fail: Fail,
): string {
  const found = typeof input === 'string' ? lines(input) : [];
  const text = found.join('\n');
  const what = field === 'postalAddress' ? 'the postal address' : 'the ways to pay';
  if (text.length < min)
    fail(
      field,
      'Give the full postal address: every reminder must carry one, so without it none can be sent.',
    );
  else if (text.length > max || found.length > maxLines)
    fail(field, `Shorten ${what} to ${max} characters and ${maxLines} lines.`);
  return text;
}

function colourOf(input: unknown, fail: Fail): Colour {
  const colour = typeof input === 'string' ? input.trim().toLowerCase() : '';
  if (isColour(colour)) return colour;
  fail('colour', 'Give the colour as # and six digits, for example #0b6b63.');
  return HOUSE_COLOUR;
}

function logoOf(input: unknown, fail: Fail): Logo | null {
  if (input === null || input === undefined) return null;
  const checked = checkLogo(input);
  if ('logo' in checked) return checked.logo;
  fail('logo', checked.fault);
  return null;
}

function styleOf(input: unknown, fail: Fail): Brand['style'] {
  if (input === 'own' || input === 'service') return input;
  fail('style', 'Choose who writes: a person of the business, or the service acting for it.');
  return 'own';
}

/** A name without an address would sign what nobody could answer. */
function ownerOf(input: BrandInput, fail: Fail): Pick<Brand, 'ownerName' | 'ownerEmail' | 'ownerTitle'> {
  const given = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
  const { ownerName, ownerEmail, ownerTitle } = input;
  if (!given(ownerName) && !given(ownerEmail) && !given(ownerTitle))
    return { ownerName: null, ownerEmail: null, ownerTitle: null };
  return {
    ownerName: lineOf(ownerName, 'ownerName', 'the name of the head of the business', 2, 80, fail),
    ownerEmail: emailOf(ownerEmail, 'ownerEmail', fail),
    ownerTitle: given(ownerTitle)
      ? lineOf(ownerTitle, 'ownerTitle', 'what they are in the business', 2, 80, fail)
      : null,
  };
}

function emailOf(input: unknown, field: 'contactEmail' | 'ownerEmail', fail: Fail): string {
  const text = typeof input === 'string' ? input.trim() : '';
  if (!isEmailAddress(text))
    fail(field, 'Give one e-mail address that a person reads, for example accounts@example.com.');
  return text;
}

function phoneOf(input: unknown, fail: Fail): string | null {
  const text = typeof input === 'string' ? input.trim() : '';
  if (text === '') return null;
  if (!isTelephoneNumber(text))
    fail('contactPhone', 'Give the phone number in digits, for example +1 503 555 0142, or leave it empty.');
  return text;
}
