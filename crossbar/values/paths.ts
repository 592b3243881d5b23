/** Dotted paths into documents. */
import { isRecord } from './records';

/** What stands at a path: `at(device, 'sip.username')`; nothing where it leads nowhere. */
export function at(document: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>(
			(place, key) =>
				Array.isArray(place)
					? (place as unknown[])[Number(key)]
					: isRecord(place) && Object.hasOwn(place, key)
						? place[key]
						: undefined,
			document,
		);
}
