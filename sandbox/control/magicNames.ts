import type { Fields } from '../store/database';
import type { Fault } from './faults';

/** `fail 503`, `fail drop`, `fail slow`. */
const MAGIC = /^fail (?:([45]\d\d)|(drop|slow))$/;
const KEYS = ['name', 'username', 'label'] as const;
const SLOW_MILLISECONDS = 5000;

/**
 * The fault that a write asks for by the name of what it writes, so that a test that cannot reach `/sandbox/faults` sees
 * failures too: `{"data": {"name": "fail 503"}}`.
 */
export function faultByName(method: string, raw: Buffer): Fault | undefined {
	if (method === 'GET' || !raw.includes('"fail ')) return undefined;
	let data: Fields | undefined;
	try {
		data = (JSON.parse(raw.toString('utf8')) as { data?: Fields } | null)?.data;
	} catch {
		return undefined;
	}
	const names = KEYS.map((key) => MAGIC.exec(String(data?.[key] ?? '')));
	const [, status, kind] = names.find((name) => name !== null) ?? [];
	if (kind === 'drop') return { kind: 'drop' };
	if (kind) return { kind: 'latency', milliseconds: SLOW_MILLISECONDS };
	if (status === '429') return { kind: 'rate-limit' };
	return status === undefined ? undefined : { kind: 'status', status: Number(status) };
}
