import { isObject, type Json, type Line } from './recording';

/**
 * Hooks that were deleted without a line: some line made them, none deleted them, and a later list of their account
 * does not show them. They are gone before the first line that could fire them again after their last sign of life (a
 * delivery, or a line that names them).
 */
export function vanishedHooks(lines: readonly Line[]): Map<number, string[]> {
	const alive = new Map<string, { account: string; last: number }>();
	const gone = new Map<number, string[]>();
	for (const line of lines) {
		for (const id of idsIn(line)) {
			const hook = alive.get(id);
			if (hook) hook.last = line.line;
		}
		if (line.kind !== 'exchange') continue;
		const path = /^\/v2\/accounts\/([0-9a-f]{32})\/webhooks(?:\/([0-9a-f]{32}))?/.exec(line.request.path);
		const [, account = '', id] = path ?? [];
		const { data } = isObject(line.response.body) ? line.response.body : { data: null };
		if (line.request.method === 'PUT' && line.response.status === 201 && path && isObject(data)) {
			alive.set(String(data.id), { account, last: line.line });
		} else if (line.request.method === 'DELETE' && line.response.status === 200 && id) alive.delete(id);
		else if (line.request.method === 'GET' && isWholeList(line.request.path) && Array.isArray(data)) {
			const shown = new Set(data.map(idOf));
			for (const [hook, { account: owner, last }] of alive) {
				if (owner !== account || shown.has(hook)) continue;
				alive.delete(hook);
				const at = nextCause(lines, last, line.line);
				gone.set(at, [...(gone.get(at) ?? []), hook]);
			}
		}
	}
	return gone;
}

const idOf = (item: Json): Json => (isObject(item) ? (item.id ?? null) : null);

/** Whether a path is a list of hooks that nothing was filtered out of. */
function isWholeList(path: string): boolean {
	return /\/webhooks(?:\?paginate=false)?$/.test(path);
}

/** Everything that looks like an id in a line. */
function idsIn(line: Line): string[] {
	return JSON.stringify(line).match(/\b[0-9a-f]{32}\b/g) ?? [];
}

/** Deliveries are written down before the request that caused them: that one may still fire the hook. */
function nextCause(lines: readonly Line[], last: number, latest: number): number {
	let past = false;
	for (const line of lines) {
		if (line.line <= last) {
			past ||= line.line === last && line.kind === 'exchange';
			continue;
		}
		if (line.line >= latest) break;
		if (line.kind === 'published' || (line.kind === 'exchange' && past)) return line.line;
		if (line.kind === 'exchange') past = true;
	}
	return latest;
}
