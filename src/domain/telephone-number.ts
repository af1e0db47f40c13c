/** Whether a text can be dialled: digits with the usual signs between them, an extension among them. */
export function isTelephoneNumber(text: string): boolean {
  return /^[+(\d][\d ()./x-]{3,39}$/.test(text);
}
