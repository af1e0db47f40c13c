/** The years whose public holidays are known. */
export const firstYear = 2024;
export const lastYear = 2032;
