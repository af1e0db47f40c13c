import type { TemplateKey } from '../../template.ts';
import type { Wording } from '../words.ts';
import { instalment, planEnded, promiseBroken } from './agreed.ts';
import { call, callAfterOwner, callHead } from './call.ts';
import { courtesy } from './courtesy.ts';
import { final } from './final.ts';
import { first } from './first.ts';
import { gentleFirst, gentleLast, gentleSecond } from './gentle.ts';
import { lastChance } from './last-chance.ts';
import { letterFirst, letterFormal, letterMention } from './letters.ts';
import { managerCopied, ownerPersonal } from './people.ts';
import { second } from './second.ts';
import { statement } from './statement.ts';
import { thankYou } from './thank-you.ts';
import { third } from './third.ts';
import { consequenceWithdrawn } from './withdrawn.ts';

/** Every wording in English, each step more direct than the one before, all of them courteous (P21, P25). */
export const english: Readonly<Record<TemplateKey, Wording>> = {
  courtesy,
  first,
  second,
  third,
  final,
  letter_formal: letterFormal,
  gentle_first: gentleFirst,
  gentle_second: gentleSecond,
  gentle_last: gentleLast,
  letter_first: letterFirst,
  letter_mention: letterMention,
  owner_personal: ownerPersonal,
  manager_copied: managerCopied,
  last_chance: lastChance,
  call,
  call_after_owner: callAfterOwner,
  call_head: callHead,
  statement,
  thank_you: thankYou,
  promise_broken: promiseBroken,
  instalment,
  plan_ended: planEnded,
  consequence_withdrawn: consequenceWithdrawn,
};
