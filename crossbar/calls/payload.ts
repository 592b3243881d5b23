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
	const value = valueOf(vars as Readonly<Record<string, unknown>>, name);
	return typeof value === 'boolean' ? String(value) : text(value);
}

/** Names are written as webhooks do, or all in lower case with underscores; others are looked for one by one. */
function valueOf(vars: Readonly<Record<string, unknown>>, name: string): unknown {
	const { asked, snaked } = spellings(name);
	const value = vars[name] ?? vars[snaked];
	if (value !== undefined) return value;
	for (const key in vars) if (plain(key) === asked) return vars[key];
	return undefined;
}

const known = new Map<string, { readonly asked: string; readonly snaked: string }>();

function spellings(name: string): { readonly asked: string; readonly snaked: string } {
	let found = known.get(name);
	if (!found) {
		const asked = plain(name);
		known.set(name, (found = { asked, snaked: asked.replaceAll('-', '_') }));
	}
	return found;
}

const plain = (name: string): string => name.toLowerCase().replaceAll('_', '-');

/** The part of a SIP address before its host: `2001` of `sip:2001@acme.example`. */
export function userPart(address: unknown): string | undefined {
	const whole = text(address);
	if (whole === undefined) return undefined;
	const bare = SCHEME.test(whole) ? whole.replace(SCHEME, '') : whole;
	const end = bare.indexOf('@');
	return text(end < 0 ? bare : bare.slice(0, end));
}

const SCHEME = /^<?sips?:/i;
