/** The years that the API keeps. */
export const earliest = 2000;
export const latest = 2100;
