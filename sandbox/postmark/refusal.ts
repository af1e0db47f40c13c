/** An answer other than the good one: HTTP status, Postmark's code and its words. */
export class PostmarkRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
    this.name = 'PostmarkRefusal';
  }
}
