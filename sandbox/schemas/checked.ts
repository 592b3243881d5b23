/**
 * KAZOO's own checks of fields marked `checked`. Which address is refused: facts/envelope.md 4.1 and observed.md 29
 * (127.0.0.1 and localhost are, 127.0.0.2 is not).
 */
const REFUSED_HOSTS = new Set(['localhost', '127.0.0.1', '0.0.0.0']);

/** Whether KAZOO would call that address: http or https, and no refused host unless `allowLoopback`. */
export function isClientUrl(url: string, allowLoopback: boolean): boolean {
	const [, location] = /^https?:\/\/([^/?#]*)/.exec(url) ?? [];
	if (location === undefined) return false;
	const host = location.replace(/^.*@/, '').replace(/:\d*$/, '').toLowerCase();
	return allowLoopback || !REFUSED_HOSTS.has(host);
}

/** What a reference inside a storage document must name: the key of the document it is looked up in, and the words. */
export const STORAGE_REFERENCES: Readonly<Record<string, string>> = {
	'storage.plan.database.attachment.handler': 'attachments',
	'storage.plan.database.document.connection': 'connections',
};

/** Schemas whose nodes name a module that has a schema of its own: schema -> [prefix of that schema, its word]. */
export const MODULE_NODES: Readonly<Record<string, readonly [prefix: string, word: string]>> = {
	'callflows.action': ['callflows', 'callflow'],
	metaflow: ['metaflows', 'metaflow'],
};
