/** Good enough to refuse what can't be a mailbox; whether one exists is for the mail system to say. */
const mailbox =
  /^[^\s@<>()[\]\\,;:"]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;

/**
 * The usable addresses in a field that may hold several, separated by commas, semicolons or spaces, perhaps as
 * `Name <address>`. Without repetitions, in the order written.
 */
export function emailsIn(field: string | null): readonly string[] {
  if (field === null) return [];
  const bare = field.replaceAll(/[<>]/g, ' ');
  const found = new Map<string, string>();
  for (const part of bare.split(/[\s,;]+/)) {
    const address = part.replace(/^mailto:/i, '').replaceAll(/^["']+|["'.]+$/g, '');
    if (address.length <= 254 && mailbox.test(address) && !found.has(address.toLowerCase())) {
      found.set(address.toLowerCase(), address);
    }
  }
  return [...found.values()];
}
