/**
 * What an account is given out of what somebody else offers, such as service plans of its reseller: it has a list of
 * them by their ids, and they can be put on it and taken away.
 */
import type { Transport } from '../http/transport';
import { InvalidInput } from '../values/input';
import { isRecord } from '../values/records';

/** Something that can be given. */
export interface Offer {
	readonly id: string;
	readonly name: string;
}

/** What a server answers who may not see them, or for what it does not have. */
const NOT_TOLD = [403, 404, 503];

/**
 * What can be given; nothing where it may not be seen.
 * @param path of the list
 * @throws NodeApiError
 */
export async function readOffers(path: string, transport: Transport): Promise<Offer[] | undefined> {
	const data = await ask(path, transport);
	if (!Array.isArray(data)) return undefined;
	return (data as unknown[]).flatMap((entry) =>
		isRecord(entry) && typeof entry.id === 'string'
			? [{ id: entry.id, name: typeof entry.name === 'string' ? entry.name : entry.id }]
			: [],
	);
}

/**
 * What was given, by the names under which it is offered; nothing where it may not be seen.
 * @param path of what was given
 * @param offered path of what can be given
 * @throws NodeApiError
 */
export async function readGiven(
	path: string,
	offered: string,
	transport: Transport,
): Promise<Offer[] | undefined> {
	const data = await ask(path, transport);
	if (!isRecord(data)) return undefined;
	const ids = Object.keys(data);
	if (ids.length === 0) return [];
	const names = new Map((await readOffers(offered, transport))?.map(({ id, name }) => [id, name]));
	return ids.map((id) => ({ id, name: names.get(id) ?? id }));
}

/** The one that is called so, or what is wrong when none is, or several are. @param what it is, in words */
export function offerNamed(name: string, offers: readonly Offer[], what: string): Offer | InvalidInput {
	const wanted = name.trim().toLowerCase();
	const found = offers.filter((offer) => [offer.id, offer.name.trim().toLowerCase()].includes(wanted));
	const [only] = found;
	if (only && found.length === 1) return only;
	const names = offers.map((offer) => offer.name).join(', ');
	return new InvalidInput(
		found.length > 1
			? `${found.length} of the offered are called ${what} “${name}”`
			: `No ${what} “${name}” is offered to this account`,
		names === '' ? 'None is offered.' : `Offered are: ${names}.`,
	);
}

async function ask(path: string, transport: Transport): Promise<unknown> {
	const { status, envelope } = await transport.send({
		method: 'GET',
		path,
		expect: NOT_TOLD,
		what: `Read ${path.split('/').slice(3).join(' ')}`,
	});
	return status === 200 ? envelope.data : undefined;
}
