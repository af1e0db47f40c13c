import type { Sender } from '../policies/step.ts';
import type { Brand } from './brand.ts';

/** The person whose name stands under a message, and whom an answer reaches. */
export interface Signer {
  readonly name: string;
  /** What they are in the business, for example "Owner"; null: it is not said. */
  readonly title: string | null;
  readonly email: string;
  readonly phone: string | null;
  /** The head of the business writes (P10). */
  readonly owner: boolean;
}

/** Those among whom a brand's messages find their signer. */
export type Signers = Pick<
  Brand,
  'contactName' | 'contactEmail' | 'contactPhone' | 'ownerName' | 'ownerEmail' | 'ownerTitle'
>;

/**
 * Who signs: the head of the business where the step asks for it and the brand names one, else the person whom
 * customers can turn to. Nobody is ever signed for who is not named.
 */
export function signerOf(brand: Signers, sender: Sender): Signer {
  if (sender === 'owner' && brand.ownerName !== null && brand.ownerEmail !== null)
    return {
      name: brand.ownerName,
      title: brand.ownerTitle,
      email: brand.ownerEmail,
      phone: brand.contactPhone,
      owner: true,
    };
  return {
    name: brand.contactName,
    title: null,
    email: brand.contactEmail,
    phone: brand.contactPhone,
    owner: false,
  };
}
