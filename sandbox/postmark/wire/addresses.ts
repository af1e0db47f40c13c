/** One mailbox as Postmark lists it. */
export interface Mailbox {
  Email: string;
  Name: string | null;
}

const ADDRESS =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;

/** Splits `"Ng, Ana" <a@x.nz>, b@y.nz` at the commas outside quotes. */
export function splitAddresses(text: string): string[] {
  return (text.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? []).map((part) => part.trim()).filter(Boolean);
}

/** One address with or without a name; undefined when it is none. Mailboxes beyond ASCII are not supported. */
export function parseAddress(text: string): Mailbox | undefined {
  const named = /^(.*)<([^<>]+)>$/.exec(text.trim());
  const Email = (named?.[2] ?? text).trim();
  if (!ADDRESS.test(Email)) return undefined;
  const name = named?.[1]
    ?.trim()
    .replace(/^"(.*)"$/, '$1')
    .replace(/\\(.)/g, '$1'); // prettier-ignore
  return { Email, Name: name || null };
}
