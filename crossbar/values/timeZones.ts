/** Time zones by their IANA names. */
import { InvalidInput } from './input';

/** KAZOO's word for "as above" (the user's, the account's). */
const INHERIT = 'inherit';
const MOST_NAMED = 5;

/**
 * The IANA name of a time zone; its city is enough, in any case and with blanks (`new york`).
 * @param label of the field, for the error
 * @throws InvalidInput with similar ones
 */
export function timeZoneNamed(value: unknown, label: string): string {
	const text = typeof value === 'string' ? value.trim() : JSON.stringify(value);
	if (text === INHERIT) return text;
	const wanted = plain(text);
	const names = Intl.supportedValuesOf('timeZone');
	const exact = names.find((name) => plain(name) === wanted) ?? linked(text);
	if (exact) return longEnough(exact);
	const cities = names.filter((name) => plain(name.split('/').at(-1) ?? '') === wanted);
	const [only] = cities;
	if (only && cities.length === 1) return only;
	const similar = names.filter((name) => wanted.length > 2 && plain(name).includes(wanted));
	const near = [cities, similar].find(({ length }) => length > 0)?.slice(0, MOST_NAMED);
	throw new InvalidInput(
		`${label} is not a time zone: “${text}”`,
		`Nothing was sent. ${near ? `Is one of these meant: ${near.join(', ')}?` : 'Write it like Europe/Vienna or America/New_York.'}`,
	);
}

/** KAZOO takes no name of fewer characters. */
const SHORTEST = 5;

/** `UTC` and the like by a longer name of the same zone. */
function longEnough(name: string): string {
	if (name.length >= SHORTEST) return name;
	const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
	return timeZone === 'UTC' || timeZone === 'GMT' ? 'Etc/UTC' : timeZone;
}

/** Older names (`US/Pacific`) and UTC are none of the list, but zones. */
function linked(text: string): string | undefined {
	if (!/^[a-z]/i.test(text)) return undefined;
	try {
		new Intl.DateTimeFormat('en', { timeZone: text });
		return text;
	} catch {
		return undefined;
	}
}

const plain = (text: string): string => text.toLowerCase().replace(/[\s_-]+/g, '');
