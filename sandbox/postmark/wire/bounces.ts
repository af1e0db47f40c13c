/** A kind of bounce: its code, its name, and whether the address is inactive from then on. */
export interface BounceKind {
  type: string;
  code: number;
  name: string;
  inactive: boolean;
}

const KINDS: readonly BounceKind[] = (
  [
    ['HardBounce', 1, 'Hard bounce', true],
    ['Transient', 2, 'Message delayed', false],
    ['Unsubscribe', 16, 'Unsubscribe request', false],
    ['Subscribe', 32, 'Subscribe request', false],
    ['AutoResponder', 64, 'Auto responder', false],
    ['AddressChange', 128, 'Address change', false],
    ['DnsError', 256, 'DNS error', false],
    ['SpamNotification', 512, 'Spam notification', false],
    ['OpenRelayTest', 1024, 'Open relay test', false],
    ['Unknown', 2048, 'Unknown', false],
    ['SoftBounce', 4096, 'Soft bounce', false],
    ['VirusNotification', 8192, 'Virus notification', false],
    ['ChallengeVerification', 16384, 'Spam challenge verification', false],
    ['BadEmailAddress', 100000, 'Invalid email address', true],
    ['SpamComplaint', 100001, 'Spam complaint', true],
    ['ManuallyDeactivated', 100002, 'Manually deactivated', true],
    ['Unconfirmed', 100003, 'Registration not confirmed', false],
    ['Blocked', 100006, 'ISP block', false],
    ['DMARCPolicy', 100009, 'DMARC policy', false],
  ] as const
).map(([type, code, name, inactive]) => ({ type, code, name, inactive }));

/** By its type name, whatever its case. */
export function bounceKind(type: string): BounceKind | undefined {
  return KINDS.find((kind) => kind.type.toLowerCase() === type.toLowerCase());
}

/** The bounce that Postmark fakes for `hardbounce@bounce-testing.postmarkapp.com` or the header X-PM-Bounce-Type. */
export function fakedBounce(address: string, header: string | undefined): BounceKind | undefined {
  const match = /^([a-z]+)(?:\+.*)?@bounce-testing\.postmarkapp\.com$/i.exec(address);
  const kind = bounceKind(match?.[1] ?? header ?? '');
  // complaints can't be faked this way
  return kind?.type === 'SpamComplaint' ? undefined : kind;
}
