/** Callflows without somebody who leaves: replaced by another, or taken out so that no call ends in nothing. Pure. */
import { childrenOf, dataOf } from '../../callflow/flow';
import { isRecord, plainText } from '../../values/records';
import type { Document, KindName } from '../../changes/kinds';
import { pointsOf } from '../../changes/references';

/** Who or what goes, and what stands in its place. */
export interface Away {
	readonly isGone: (kind: KindName, id: string) => boolean;
	/** Ids of what takes over, by kind; a phone is replaced by a user. */
	readonly instead: Readonly<Partial<Record<KindName, string>>>;
}

/** Steps that lead on to others and take no call themselves. */
const PASSING: ReadonlySet<string> = new Set([
	'answer',
	'branch_bnumber',
	'branch_variable',
	'check_cid',
	'cidlistmatch',
	'collect_dtmf',
	'dynamic_cid',
	'edr',
	'fax_detect',
	'flush_dtmf',
	'language',
	'lookupcidname',
	'manual_presence',
	'missed_call_alert',
	'nomorobo',
	'noop',
	'notification',
	'prepend_cid',
	'privacy',
	'record_call',
	'record_caller',
	'set',
	'set_alert_info',
	'set_cid',
	'set_variable',
	'set_variables',
	'sleep',
	'temporal_route',
	'webhook',
]);

/**
 * Whether a callflow goes with a person: it says that it is the person's, or has the person's extension, and leads to
 * nothing that is not.
 */
export function isPersonal(
	callflow: Document,
	{ id, extension }: { readonly id: string; readonly extension: unknown },
	isTheirs: Away['isGone'],
): boolean {
	const { owner_id: owner, numbers } = callflow;
	const isOwn = owner === undefined ? Array.isArray(numbers) && numbers.includes(extension) : owner === id;
	if (!isOwn) return false;
	const points = pointsOf('callflow', callflow).filter(
		({ path, kind }) => path !== 'owner_id' && kind !== 'media',
	);
	return points.length > 0 && points.every(({ kind, value }) => isTheirs(kind, value));
}

/**
 * The steps without those that go.
 * @returns `bare`: where a call would end in nothing, by path; the flow cannot be left like that
 */
export function flowWithout(flow: unknown, away: Away): { flow: unknown; bare: string[] } {
	const bare: string[] = [];
	const visit = (node: unknown, path: string, covered: boolean): unknown => {
		if (!isRecord(node)) return node;
		const kept = stepWithout(node, away);
		const children = childrenOf(node);
		if (!kept) {
			const next = children.find(([key]) => key === '_')?.[1];
			if (next !== undefined) return visit(next, path, covered);
			if (!covered) bare.push(path);
			return undefined;
		}
		const takes = covered || !PASSING.has(plainText(kept.module));
		const hasOther = children.some(([key]) => key === '_');
		const left = children.flatMap(([key, child]): Array<[string, unknown]> => {
			const result = visit(child, `${path}.children.${key}`, takes || (key !== '_' && hasOther));
			return result === undefined ? [] : [[key, result]];
		});
		return { ...kept, ...('children' in node ? { children: Object.fromEntries(left) } : {}) };
	};
	return { flow: visit(flow, 'flow', false), bare };
}

/** A step as it shall be, nothing where it goes. */
function stepWithout(
	node: Readonly<Record<string, unknown>>,
	{ isGone, instead }: Away,
): Readonly<Record<string, unknown>> | undefined {
	const own = pointsOf('callflow', { flow: { ...node, children: {} } });
	const gone = own.filter(({ kind, value }) => isGone(kind, value));
	if (gone.length === 0) return node;
	const data: Record<string, unknown> = { ...dataOf(node) };
	if (Array.isArray(data.endpoints)) {
		const members = data.endpoints as unknown[];
		const left = members.flatMap((entry) => memberWithout(entry, { isGone, instead }));
		if (left.length === 0) return undefined;
		data.endpoints = [...new Map(left.map((entry) => [entry.id, entry])).values()];
	}
	let { module } = node;
	for (const { kind, path } of gone) {
		const [, , field = '', more] = path.split('.');
		if (more !== undefined) continue;
		const isPhone = kind === 'device' && module === 'device';
		const other = isPhone ? instead.user : instead[kind];
		if (other === undefined) return undefined;
		if (isPhone) module = 'user';
		data[field] = other;
	}
	return { ...node, module, data };
}

function memberWithout(entry: unknown, { isGone, instead }: Away): Array<Record<string, unknown>> {
	if (!isRecord(entry)) return [];
	const kind =
		entry.endpoint_type === 'device' ? 'device' : entry.endpoint_type === 'group' ? 'group' : 'user';
	if (!isGone(kind, plainText(entry.id))) return [entry];
	return instead.user === undefined ? [] : [{ ...entry, endpoint_type: 'user', id: instead.user }];
}

/** The members of a group without those that go. */
export function membersWithout(endpoints: unknown, { isGone, instead }: Away): Record<string, unknown> {
	const left: Record<string, unknown> = {};
	for (const [id, entry] of Object.entries(isRecord(endpoints) ? endpoints : {})) {
		const type = isRecord(entry) ? entry.type : undefined;
		const kind = type === 'device' || type === 'group' ? type : 'user';
		if (!isGone(kind, id)) left[id] = entry;
		else if (instead.user !== undefined && !(instead.user in left))
			left[instead.user] = { ...(isRecord(entry) ? entry : {}), type: 'user' };
	}
	return left;
}
