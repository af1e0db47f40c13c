import { guid } from '../wire/ids.ts';

/** A person with a Xero login. */
export interface XeroUser {
  key: string;
  /** xero_userid. */
  id: string;
  /** OpenID subject: not the same as xero_userid. */
  sub: string;
  givenName: string;
  familyName: string;
  email: string;
}

function user(key: string, givenName: string, familyName: string, email: string): XeroUser {
  return {
    key,
    id: guid(`user:${key}`),
    sub: guid(`sub:${key}`).replaceAll('-', ''),
    givenName,
    familyName,
    email,
  };
}

const AROHA = user('aroha', 'Aroha', 'Ngata', 'aroha.ngata@example.com');

/** Everybody who can log in to the stand-in; the first is proposed. */
export const USERS: readonly [XeroUser, ...XeroUser[]] = [
  AROHA,
  user('tom', 'Tom', 'Beresford', 'tom.beresford@example.com'),
];

/** By key or by xero_userid. */
export function findUser(name: string | undefined): XeroUser | undefined {
  return USERS.find((each) => each.key === name || each.id === name);
}
