/** What stands below a trigger on the canvas: its events in words. */

/** `deviceOffline` as an expression that writes “device offline”. */
const words = (event: string): string => `${event}.replace(/([A-Z])/g, " $1").toLowerCase()`;

/** The events of a field in which several may be chosen, as an expression. @param before what says how they come */
export const subtitleOfEvents = (field: string, before = ''): string =>
	`={{ ${JSON.stringify(before)} + $parameter["${field}"].map((event) => ${words('event')}).join(", ") }}`;

/** The same of a field with one. */
export const subtitleOfEvent = (field: string, before = ''): string =>
	`={{ ${JSON.stringify(before)} + ${words(`$parameter["${field}"]`)} }}`;
