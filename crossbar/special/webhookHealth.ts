/**
 * The webhooks of an account: which of them work, and putting right those that do not. KAZOO switches a webhook off
 * after six failures in a minute and logs only failures; n8n answers 404 to the address of a trigger that is gone.
 */
import type { IDataObject } from 'n8n-workflow';

import type { CrossbarRequest, Query } from '../http/messages';
import type { Transport } from '../http/transport';
import type { Operation, Outcome } from '../operations/operation';
import { collectPages } from '../operations/paging';
import { fillPath } from '../operations/request';
import { gregorianNow } from '../values/time';
import { NAME_PREFIX } from '../webhooks/ownHooks';
import { isRecord, plainText, recordsIn } from '../values/records';

type HookState = 'working' | 'disabled' | 'failing' | 'orphaned';

interface Checked extends IDataObject {
	id: string;
	name: string;
	hook: string;
	uri: string;
	enabled: boolean;
	state: HookState;
	/** Why it is not working. */
	reason?: string;
	/** Failed attempts of the last day. */
	failures: number;
	last_failure?: IDataObject;
	/** Set up by a trigger of n8n. */
	made_by_n8n: boolean;
}

const HOOKS = '/accounts/{accountId}/webhooks';
/** Seconds for which attempts are looked at. */
const DAY = 86_400;
/** What n8n says of an address that no trigger has. */
const NOT_REGISTERED = /not registered/i;

/** Webhook: Check Health. One record a webhook, those with trouble first. */
export async function checkWebhooks(operation: Operation, transport: Transport): Promise<Outcome> {
	const checked = await check(operation, transport);
	const records = [...checked].sort((a, b) => weight(b.state) - weight(a.state));
	return { records: records.slice(0, operation.list.limit), envelope: {} };
}

/** Webhook: Repair. Switches on again what KAZOO switched off; removes orphans when told to. */
export async function repairWebhooks(operation: Operation, transport: Transport): Promise<Outcome> {
	const checked = await check(operation, transport);
	const records: IDataObject[] = [];
	for (const hook of checked.filter(({ state, disable_reason }) => state === 'disabled' && disable_reason)) {
		await reEnable(operation, transport, hook);
		records.push({ ...described(hook), done: 're-enabled' });
	}
	const orphans = checked.filter(({ state }) => state === 'orphaned');
	for (const hook of orphans) {
		const remove = operation.input.arguments.removeOrphans === true;
		if (remove) await send(operation, transport, { method: 'DELETE', path: `${HOOKS}/{webhookId}` }, hook.id);
		records.push({ ...described(hook), done: remove ? 'removed' : 'left, since Remove Orphans is off' });
	}
	return {
		records: records.length > 0 ? records : [{ done: 'nothing', webhooks: checked.length }],
		envelope: {},
	};
}

async function check(operation: Operation, transport: Transport): Promise<Checked[]> {
	const hooks = await list(operation, transport, HOOKS);
	const since = { created_from: gregorianNow() - DAY, created_to: gregorianNow() };
	const attempts = await list(operation, transport, `${HOOKS}/attempts`, since);
	const failed = new Map<unknown, IDataObject[]>();
	for (const attempt of attempts.filter(({ result }) => result === 'failure')) {
		const others = failed.get(attempt.hook_id);
		if (others) others.push(attempt);
		else failed.set(attempt.hook_id, [attempt]);
	}
	const seen = new Set<string>();
	return hooks.map((hook) => {
		const failures = (failed.get(hook.id) ?? []).sort((a, b) => Number(b.timestamp) - Number(a.timestamp));
		const trigger = `${plainText(hook.hook)} ${/\[[^[\]]+\]$/.exec(plainText(hook.name))?.[0] ?? plainText(hook.id)}`;
		const isTwin = seen.has(trigger);
		seen.add(trigger);
		return checkOne(hook, failures, isTwin);
	});
}

function checkOne(hook: IDataObject, failures: readonly IDataObject[], isTwin: boolean): Checked {
	const [last] = failures;
	const madeByN8n = plainText(hook.name).startsWith(NAME_PREFIX);
	const [state, reason] = verdict(hook, last, madeByN8n && isTwin, madeByN8n);
	return {
		id: plainText(hook.id),
		name: plainText(hook.name),
		hook: plainText(hook.hook),
		uri: plainText(hook.uri),
		enabled: hook.enabled !== false,
		state,
		...(reason === undefined ? {} : { reason }),
		failures: failures.length,
		...(last ? { last_failure: failureOf(last) } : {}),
		made_by_n8n: madeByN8n,
		...(hook.disable_reason === undefined ? {} : { disable_reason: hook.disable_reason }),
	};
}

function verdict(
	hook: IDataObject,
	last: IDataObject | undefined,
	isTwin: boolean,
	madeByN8n: boolean,
): [HookState, string?] {
	if (isTwin) return ['orphaned', 'The same trigger of n8n has another webhook for this event'];
	const isUnknown =
		madeByN8n && last?.resp_status_code === '404' && NOT_REGISTERED.test(plainText(last.resp_body));
	if (isUnknown) return ['orphaned', 'n8n has no trigger at this address any more'];
	if (hook.enabled === false) return ['disabled', plainText(hook.disable_reason) || 'Switched off by hand'];
	return last ? ['failing', wordsOf(last)] : ['working'];
}

function wordsOf({ reason, client_error, resp_status_code }: IDataObject): string {
	const detail =
		client_error ?? (resp_status_code === undefined ? undefined : `status ${plainText(resp_status_code)}`);
	return [reason, detail].filter(Boolean).join(': ');
}

/** What the log says of an attempt; what was sent and the headers are left out. */
function failureOf({
	timestamp,
	reason,
	client_error,
	resp_status_code,
	hook_event,
}: IDataObject): IDataObject {
	const fields = { timestamp, reason, client_error, resp_status_code, hook_event };
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The whole document anew: a change of one field would leave the reason of the switching-off in it. */
async function reEnable(operation: Operation, transport: Transport, { id }: Checked): Promise<void> {
	const path = `${HOOKS}/{webhookId}`;
	const { envelope } = await send(operation, transport, { method: 'GET', path }, id);
	const { disable_reason: _, ...document } = isRecord(envelope.data) ? envelope.data : {};
	await send(
		operation,
		transport,
		{ method: 'POST', path, body: { data: { ...document, enabled: true } } },
		id,
	);
}

async function list(
	operation: Operation,
	transport: Transport,
	path: string,
	query: Query = {},
): Promise<IDataObject[]> {
	const { items } = await collectPages(
		async (page) =>
			(await send(operation, transport, { method: 'GET', path, query: { ...query, ...page } })).envelope,
		{
			itemsOf: ({ data }) => recordsIn(data),
			identity: (item) => (typeof item.hook === 'string' ? plainText(item.id) : JSON.stringify(item)),
		},
	);
	return items;
}

async function send(
	{ row, input }: Operation,
	transport: Transport,
	request: CrossbarRequest,
	webhookId?: string,
) {
	const path = fillPath(request.path, { ...input.path, ...(webhookId === undefined ? {} : { webhookId }) });
	return await transport.send({ ...request, path, what: row.action });
}

function described({ id, name, hook, uri, reason }: Checked): IDataObject {
	return { id, name, hook, uri, ...(reason === undefined ? {} : { reason }) };
}

function weight(state: HookState): number {
	return ['working', 'failing', 'disabled', 'orphaned'].indexOf(state);
}
