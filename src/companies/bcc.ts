/** What a dead address for blind copies is known by among the problems of kind `address_bounces`. */
export function bccSubject(email: string): string {
  return `blind copies ${email.toLowerCase()}`;
}
