/** GETs that act: they place a call, run a command or start something, so that they count as writes. */
import { catalogue } from './index';
import type { Row } from './notation';

/** Routes of GETs that rows name as acting, below the account that they are for: `/account/…` is one, too. */
export const actingGets: readonly string[] = catalogue
	.flatMap(({ rows }) => rows.flatMap(actingRoutes))
	.map((route) => route.replace(/^GET (?:\/accounts\/\{accountId\})?\//, ''));

/** The row's own, or that of an action whose other method we send. The Custom API Call stands for any path. */
function actingRoutes({ route, also = [], writes, via }: Row): string[] {
	if (!writes || via === 'customCall') return [];
	return [route, ...also].filter((one) => one.startsWith('GET '));
}

/** Whether a GET of this path acts, under whatever account or prefix it stands. */
export function actsOnGet(path: string): boolean {
	const segments = path.split('/').map(plain).filter(Boolean);
	return actingGets.some((route) => {
		const parts = route.split('/');
		const end = segments.slice(-parts.length);
		return (
			end.length === parts.length && parts.every((part, index) => part.startsWith('{') || part === end[index])
		);
	});
}

/** As the server may read it. */
function plain(segment: string): string {
	try {
		return decodeURIComponent(segment).trim().toLowerCase();
	} catch {
		return segment.toLowerCase();
	}
}
