/** What carriers carried: seconds by direction, the other side's host and the kind of number. */
import type { Doc, Fields } from '../store/database';

/** Seconds of a kind of number: all, and those of each rate beside them. */
type Seconds = Record<string, number>;
type ByDomain = Record<string, Record<string, Seconds>>;

const CARIBBEAN = new Set(
	'684 264 268 242 246 441 284 345 767 809 829 849 473 671 876 664 670 787 939 869 758 784 721 868 649 340'.split(
		' ',
	),
);

/** KAZOO's own sorting, which does not look at the classifiers that are set up: numbers of North America first. */
function kindOf(number: string): string {
	const american = /^\+?1(\d{3})\d{7}$/.exec(number)?.[1] ?? '';
	if (number.startsWith('+') && /^8(00|88|77|66|55)$/.test(american)) return 'tollfree_us';
	if (number.startsWith('+') && american === '900') return 'toll_us';
	if (number === '911' || number === '933') return 'emergency';
	if (CARIBBEAN.has(american)) return 'caribbean';
	if (/^\+?1?[2-9]\d\d[2-9]\d{6}$/.test(number)) return 'did_us';
	return /^\+[2-9]\d{7,}$/.test(number) ? 'international' : 'unknown';
}

/** Only legs that a carrier brought or took; those without the name of a channel do not count. */
export function summarize(cdrs: readonly Doc[]): Record<'inbound' | 'outbound', ByDomain> {
	const found: Record<'inbound' | 'outbound', ByDomain> = { inbound: {}, outbound: {} };
	for (const cdr of cdrs) {
		const direction = cdr.call_direction === 'inbound' ? 'inbound' : 'outbound';
		const vars = cdr.custom_channel_vars as Fields | undefined;
		const carried =
			direction === 'inbound' ? vars?.authorizing_id === undefined : vars?.resource_id !== undefined;
		const isOwn = typeof cdr.channel_name !== 'string' || cdr.channel_name.includes('loopback');
		if (!vars || !carried || isOwn) continue;
		const [number = '', to = ''] = String(cdr.to).split('@');
		const domain = direction === 'inbound' ? (String(cdr.from).split('@')[1] ?? '') : to;
		const seconds = ((found[direction][domain] ??= {})[kindOf(number)] ??= { total: 0 });
		const billed = Number(cdr.billing_seconds ?? 0);
		seconds.total = (seconds.total ?? 0) + billed;
		if (typeof vars.rate_name === 'string') seconds[vars.rate_name] = (seconds[vars.rate_name] ?? 0) + billed;
	}
	return found;
}
