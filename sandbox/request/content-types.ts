/** What every list and document offers. */
export const JSON_TYPES = ['application/json', 'application/x-json'];
/** CSV, and the names it goes by. */
export const CSV_TYPES = ['application/octet-stream', 'text/csv', 'text/comma-separated-values'];
