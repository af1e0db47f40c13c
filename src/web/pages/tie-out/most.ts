/** Differences on the page: more than a person would go through; the API has them all. */
export const MOST_DIFFERENCES = 200;
