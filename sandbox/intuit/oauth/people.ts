/** The Intuit users who can give consent in the sandbox. */
export interface IntuitPerson {
  readonly sub: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly phoneNumber: string;
}

export const PEOPLE: readonly [IntuitPerson, ...IntuitPerson[]] = [
  {
    sub: '6f1d2c0a-53b7-4c1e-9f6e-2d1b7a9c4e10',
    givenName: 'Dana',
    familyName: 'Whitfield',
    email: 'dana@larkspur.example',
    emailVerified: true,
    phoneNumber: '+1 5035550143',
  },
  {
    sub: 'b84e0d3f-9a26-4f57-8c11-70e5d2f3a6b9',
    givenName: 'Marcus',
    familyName: 'Oyelaran',
    email: 'marcus@fernhill-advisory.example',
    emailVerified: true,
    phoneNumber: '+1 5035550178',
  },
  {
    // Intuit lets people in who never proved their address: nothing may be linked by this one
    sub: '0c7be2d4-41f8-4d0b-b1a3-95c6f8e7d203',
    givenName: 'Robin',
    familyName: 'Vale',
    email: 'robin@larkspur.example',
    emailVerified: false,
    phoneNumber: '+1 5035550190',
  },
];

/** The person with that subject; undefined when there is none. */
export function personBySub(sub: string): IntuitPerson | undefined {
  return PEOPLE.find((one) => one.sub === sub);
}

/** User info in Intuit's own camelCase, cut down to what the scopes allow. */
export function userInfo(person: IntuitPerson, scopes: readonly string[]): Record<string, unknown> {
  return {
    sub: person.sub,
    ...(scopes.includes('email') && { email: person.email, emailVerified: person.emailVerified }),
    ...(scopes.includes('profile') && { givenName: person.givenName, familyName: person.familyName }),
    ...(scopes.includes('phone') && { phoneNumber: person.phoneNumber, phoneNumberVerified: false }),
    ...(scopes.includes('address') && {
      address: {
        streetAddress: '418 SE Alder Street',
        locality: 'Portland',
        region: 'OR',
        postalCode: '97214',
        country: 'US',
      },
    }),
  };
}
