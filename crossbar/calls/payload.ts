/** Reading what KAZOO sends: fields that may be missing, empty, or text where a number is meant. */

/** A text that says something. */
export function text(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A number, also one that a form or an old KAZOO made text of. */
export function number(value: unknown): number | undefined {
	if (typeof value === 'string' && value.trim() === '') return undefined;
	const found = typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
	return Number.isFinite(found) ? found : undefined;
}

/** A channel variable by its name in webhooks of version 1; others, and the websocket, call `Resource-Type` `resource_type`. */
export function channelVar(
	{ custom_channel_vars: vars }: { readonly custom_channel_vars?: unknown },
	name: string,
): string | undefined {
	if (typeof vars !== 'object' || vars === null) return undefined;
	const wanted = plain(name);
	const entry = Object.entries(vars).find(([key]) => plain(key) === wanted);
	return typeof entry?.[1] === 'boolean' ? String(entry[1]) : text(entry?.[1]);
}

const plain = (name: string): string => name.toLowerCase().replaceAll('_', '-');

/** The part of a SIP address before its host: `2001` of `sip:2001@acme.example`. */
export function userPart(address: unknown): string | undefined {
	return text((text(address) ?? '').replace(/^<?sips?:/i, '').split('@')[0]);
}
