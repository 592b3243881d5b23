/**
 * Where documents point at each other. One walk serves both ways: ids become names in an export, names become ids in a
 * plan. Source: changes.md, References; nothing on the server checks them.
 */
import { childrenOf, dataOf } from '../callflow/flow';
import { ENDPOINTS, modules } from '../callflow/modules';
import type { Document, KindName } from './kinds';
import { isRecord, plainText } from '../values/records';

/** What stands where a document points at another: gives what should stand there. */
export type Rename = (kind: KindName, value: string, path: string) => string;

/** Kinds by the names that ids have in the paths of Crossbar. */
const BY_PARAMETER: Readonly<Record<string, KindName>> = {
	callflowId: 'callflow',
	conferenceId: 'conference',
	deviceId: 'device',
	directoryId: 'directory',
	faxboxId: 'faxBox',
	groupId: 'group',
	listId: 'contactList',
	mediaId: 'media',
	menuId: 'menu',
	queueId: 'queue',
	temporalRuleId: 'timeOfDayRule',
	temporalRuleSetId: 'timeOfDayRuleSet',
	userId: 'user',
	vmboxId: 'voicemailBox',
};

/** `a.b` a field, `[]` each entry of a list, `*` each value of an object, `*key` each key of it. */
const FIELDS: Readonly<Partial<Record<KindName, ReadonlyArray<readonly [string, KindName]>>>> = {
	account: [
		['preflow.always', 'callflow'],
		['music_on_hold.media_id', 'media'],
		['blacklists.[]', 'blockList'],
	],
	user: [
		['music_on_hold.media_id', 'media'],
		['blacklists.[]', 'blockList'],
		['directories.*', 'callflow'],
		['directories.*key', 'directory'],
		['queues.[]', 'queue'],
	],
	device: [
		['owner_id', 'user'],
		['music_on_hold.media_id', 'media'],
	],
	voicemailBox: [
		['owner_id', 'user'],
		['media.*', 'media'],
	],
	menu: [['media.*', 'media']],
	timeOfDayRuleSet: [['temporal_rules.[]', 'timeOfDayRule']],
	group: [['music_on_hold.media_id', 'media']],
	conference: [['owner_id', 'user']],
	faxBox: [['owner_id', 'user']],
	queue: [['moh', 'media']],
	callflow: [['owner_id', 'user']],
};

/** A copy in which everything that points at a document of the account is renamed. */
export function renamed(kind: KindName, document: Document, rename: Rename): Document {
	let result: unknown = document;
	for (const [path, target] of FIELDS[kind] ?? [])
		result = along(result, path.split('.'), target, rename, '');
	if (kind === 'group') result = members(result as Document, rename);
	if (kind === 'callflow' && isRecord((result as Document).flow))
		result = { ...(result as Document), flow: stepRenamed((result as Document).flow, rename, 'flow') };
	return result as Document;
}

/** What a document points at: kinds and what stands there. */
export function pointsOf(
	kind: KindName,
	document: Document,
): Array<{ kind: KindName; value: string; path: string }> {
	const points: Array<{ kind: KindName; value: string; path: string }> = [];
	renamed(kind, document, (target, value, path) => {
		points.push({ kind: target, value, path });
		return value;
	});
	return points;
}

function along(value: unknown, path: readonly string[], kind: KindName, rename: Rename, at: string): unknown {
	const [step, ...rest] = path;
	const below = (key: string | number): string => (at === '' ? String(key) : `${at}.${key}`);
	if (step === undefined) return typeof value === 'string' && value !== '' ? rename(kind, value, at) : value;
	if (step === '[]')
		return Array.isArray(value)
			? value.map((entry, index) => along(entry, rest, kind, rename, below(index)))
			: value;
	if (!isRecord(value)) return value;
	if (step === '*') return mapped(value, (key, entry) => [key, along(entry, rest, kind, rename, below(key))]);
	if (step === '*key') return mapped(value, (key, entry) => [rename(kind, key, below(key)), entry]);
	return step in value ? { ...value, [step]: along(value[step], rest, kind, rename, below(step)) } : value;
}

function mapped(
	value: Readonly<Record<string, unknown>>,
	change: (key: string, entry: unknown) => [string, unknown],
): Record<string, unknown> {
	return Object.fromEntries(Object.entries(value).map(([key, entry]) => change(key, entry)));
}

/** The keys of a group's members are ids, their `type` says of what. */
function members(group: Document, rename: Rename): Document {
	if (!isRecord(group.endpoints)) return group;
	const endpoints = mapped(group.endpoints, (key, entry) => {
		const type = isRecord(entry) ? entry.type : undefined;
		const kind = type === 'device' || type === 'group' ? type : 'user';
		return [rename(kind, key, `endpoints.${key}`), entry];
	});
	return { ...group, endpoints };
}

function stepRenamed(step: unknown, rename: Rename, path: string): unknown {
	if (!isRecord(step)) return step;
	const known = modules[plainText(step.module)];
	const data: Record<string, unknown> = { ...dataOf(step) };
	const one = (kind: KindName | undefined, value: unknown, at: string): unknown =>
		kind !== undefined && typeof value === 'string' && value !== '' ? rename(kind, value, at) : value;
	for (const [field, parameter] of Object.entries(known?.points ?? {})) {
		const kind = BY_PARAMETER[parameter];
		const value = data[field];
		const at = `${path}.data.${field}`;
		if (Array.isArray(value)) data[field] = value.map((entry, index) => one(kind, entry, `${at}.${index}`));
		else if (value !== undefined) data[field] = one(kind, value, at);
	}
	if (Array.isArray(data.endpoints))
		data.endpoints = data.endpoints.map((entry: unknown, index) => {
			if (!isRecord(entry)) return entry;
			const kind = BY_PARAMETER[ENDPOINTS[entry.endpoint_type as keyof typeof ENDPOINTS]];
			return { ...entry, id: one(kind, entry.id, `${path}.data.endpoints.${index}.id`) };
		});
	const children = Object.fromEntries(
		childrenOf(step).map(([key, child]) => {
			const at = `${path}.children.${key}`;
			// A set has one branch for all of its rules
			const isRule = known?.children === 'rules' && key !== '_' && key !== 'rule_set';
			return [isRule ? rename('timeOfDayRule', key, at) : key, stepRenamed(child, rename, at)];
		}),
	);
	return { ...step, data, ...('children' in step ? { children } : {}) };
}
