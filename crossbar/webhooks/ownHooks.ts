/**
 * The webhooks of one trigger in KAZOO: found, set up, repaired and removed. Whatever happened before (a crash, a
 * second n8n, somebody's hand, another public address), afterwards there is exactly one for each kind that is needed.
 */
import type { IDataObject } from 'n8n-workflow';

import type { Failure } from '../errors/failure';
import type { CrossbarRequest } from '../http/messages';
import type { Transport } from '../http/transport';
import { wait } from '../http/wait';
import { collectPages } from '../operations/paging';
import { fillPath } from '../operations/request';
import { InvalidInput } from '../values/input';
import { isRecord, plainText, recordsIn } from '../values/records';
import type { PlannedHook } from './plan';

/** Keys in `custom_data`: they come back with every delivery and are taken out again. */
export const KEY_FIELD = 'n8n_key';
export const SECRET_FIELD = 'n8n_secret';
/** What the name of every webhook that a trigger of n8n made begins with. */
export const NAME_PREFIX = 'n8n ';

/** How often KAZOO tries to connect. */
const RETRIES = 3;

/** What a write is answered with when somebody else's came first. */
const CHANGED_MEANWHILE = [404, 409];
/** How often it is tried against somebody else who sets the same up, and milliseconds in between. */
const MOST_ATTEMPTS = 8;
const PAUSE = 100;

/** Whose webhooks they are. */
export interface Owner {
	/** The account that has the webhooks. */
	readonly accountId: string;
	/** Unique for the trigger: n8n, workflow and node; another one while a person listens for a test event. */
	readonly key: string;
	/** Who made it, for people: workflow and node. */
	readonly label: string;
	/** The address KAZOO calls. */
	readonly uri: string;
	/** The address from last time. A copy of an n8n has the same key and another address: it is somebody else. */
	readonly formerUri?: string;
	readonly secret: string;
	readonly includeSubAccounts: boolean;
	/** KAZOO 5 signs every delivery with the secret, which then does not travel itself. */
	readonly signed: boolean;
	/** IDs kept from last time. */
	readonly knownIds: readonly string[];
}

/** A webhook in a list. */
interface Summary extends IDataObject {
	id: string;
	hook: string;
	name: string;
	uri: string;
	enabled?: boolean;
	disable_reason?: string;
}

/** Milliseconds after which nobody listens for a test event any more; n8n itself ends that after two minutes. */
const TEST_TIME = 3_600_000;
const TEST = /^n8n .*\(test until ([^\s()]+)\)[^(]* \[[^[\]]*-test\]$/;

/** What marks a webhook for a test event: until when it can be of use. */
export function testMark(): string {
	return `(test until ${new Date(Date.now() + TEST_TIME).toISOString().slice(0, 16)}Z)`;
}

/** The name that a webhook of the owner has. */
export function hookName({ label, key }: Pick<Owner, 'label' | 'key'>): string {
	return `${NAME_PREFIX}${label} [${key}]`;
}

/** The webhooks of one owner. */
export class OwnHooks {
	constructor(
		private readonly transport: Transport,
		private readonly owner: Owner,
	) {}

	/**
	 * Whether all that is needed is there, as it should be, and nothing else of ours.
	 * @returns the IDs if so
	 */
	async inOrder(planned: readonly PlannedHook[]): Promise<string[] | undefined> {
		const own = (await this.find()).filter((hook) => this.isOurs(hook));
		if (own.length !== planned.length) return undefined;
		for (const wanted of planned) {
			const hook = own.find((candidate) => candidate.hook === wanted.hook);
			if (!hook || !(await this.isRight(hook, wanted))) return undefined;
		}
		return own.map(({ id }) => id);
	}

	/**
	 * One look at the list while the trigger is active. Removes what was left of tests whose time is over.
	 * @returns whether all that is needed is there, switched on and has our address
	 */
	async look(planned: readonly PlannedHook[]): Promise<boolean> {
		const all = await this.list();
		for (const { id, name } of all) if (isOver(name)) await this.removeOne(id);
		const { uri } = this.owner;
		return planned.every(({ hook }) => all.some((one) => one.hook === hook && one.uri === uri && isOn(one)));
	}

	/**
	 * Sets up what is missing, repairs what differs, removes what is left over.
	 * @returns the IDs
	 * @throws InvalidInput when KAZOO cannot call this n8n, NodeApiError
	 */
	async establish(planned: readonly PlannedHook[]): Promise<string[]> {
		for (let attempt = 1; ; attempt++) {
			const outcome = await this.establishOnce(planned).catch(asRaced);
			if (!(outcome instanceof Raced)) return outcome;
			if (attempt >= MOST_ATTEMPTS) throw this.transport.error(outcome.failure);
			// Not in step with the other one
			await wait((0.5 + Math.random()) * PAUSE * attempt, this.transport.cancelSignal());
		}
	}

	private async establishOnce(planned: readonly PlannedHook[]): Promise<string[]> {
		const found = await this.find();
		const { uri, knownIds } = this.owner;
		const own = found.filter(
			(hook) => this.isOurs(hook) || (knownIds.includes(hook.id) && !found.some(isAt(uri))),
		);
		const kept = new Set<string>();
		for (const wanted of planned) {
			const hook = this.best(own.filter((candidate) => candidate.hook === wanted.hook));
			if (!hook) kept.add(await this.create(wanted));
			else {
				kept.add(hook.id);
				if (!(await this.isRight(hook, wanted))) await this.write(hook.id, wanted);
			}
		}
		for (const hook of own) if (!kept.has(hook.id)) await this.removeOne(hook.id);
		return await this.withoutTwins([...kept]);
	}

	/** The same while the trigger is active: what has another address was taken over by a copy, and is left to it. */
	async restore(planned: readonly PlannedHook[]): Promise<void> {
		const alone = { ...this.owner, knownIds: [], formerUri: this.owner.uri };
		await new OwnHooks(this.transport, alone).establish(planned);
	}

	/** Removes those that still have our address; webhooks of others stay. */
	async remove(): Promise<void> {
		for (const { id } of (await this.find()).filter(isAt(this.owner.uri))) await this.removeOne(id);
	}

	/** The secret of those that are there, for a trigger that lost its own memory. */
	async secretInUse(): Promise<string | undefined> {
		const [secret] = await this.secretsInUse();
		return secret;
	}

	/** The secrets of all that are there: of two that were set up side by side each has its own. */
	async secretsInUse(): Promise<string[]> {
		const secrets: string[] = [];
		for (const { id } of await this.find()) {
			const secret = await this.secretOf(id);
			if (secret !== undefined && !secrets.includes(secret)) secrets.push(secret);
		}
		return secrets;
	}

	/** The secret of a webhook, if it was made by this owner. */
	private async secretOf(hookId: string): Promise<string | undefined> {
		const { custom_data, security_settings } = ((await this.read(hookId)) ?? {}) as Record<
			string,
			IDataObject
		>;
		if (custom_data?.[KEY_FIELD] !== this.owner.key) return undefined;
		const secret = custom_data[SECRET_FIELD] ?? security_settings?.sha256_key;
		return typeof secret === 'string' ? secret : undefined;
	}

	/** Two that activate at the same time both see nothing and both create: the same one stays for either. */
	private async withoutTwins(ids: readonly string[]): Promise<string[]> {
		const own = (await this.find()).filter(isAt(this.owner.uri));
		const kinds = new Map<string, Summary>();
		for (const hook of [...own].sort((a, b) => a.id.localeCompare(b.id))) {
			if (kinds.has(hook.hook)) await this.removeOne(hook.id);
			else kinds.set(hook.hook, hook);
		}
		return kinds.size === 0 ? [...ids] : [...kinds.values()].map(({ id }) => id);
	}

	/** Recognised by ID, by our key in the name, or by the address, which no other trigger has. */
	private async find(): Promise<Summary[]> {
		const { key, uri, knownIds } = this.owner;
		return (await this.list()).filter(
			(hook) => knownIds.includes(hook.id) || hook.uri === uri || plainText(hook.name).endsWith(`[${key}]`),
		);
	}

	/** Of those that bear our key: at our address, or at that from last time; at any if nothing is known of it. */
	private isOurs(hook: Summary): boolean {
		const { uri, formerUri } = this.owner;
		return formerUri === undefined || hook.uri === uri || hook.uri === formerUri;
	}

	private async list(): Promise<Summary[]> {
		const { items } = await collectPages(
			async (query) =>
				(
					await this.transport.send({
						method: 'GET',
						path: this.path(),
						query,
						what: 'Look for the webhooks',
					})
				).envelope,
			{
				itemsOf: ({ data }) => recordsIn(data).filter(isSummary),
				identity: ({ id }) => id,
			},
		);
		return items;
	}

	private best(candidates: readonly Summary[]): Summary | undefined {
		const { knownIds, uri } = this.owner;
		return candidates.find(isAt(uri)) ?? candidates.find(({ id }) => knownIds.includes(id)) ?? candidates[0];
	}

	/** Only the list says that KAZOO has switched it off, only the document says the rest. */
	private async isRight(hook: Summary, wanted: PlannedHook): Promise<boolean> {
		if (!isOn(hook)) return false;
		const document = await this.read(hook.id);
		if (!document || (document.version === 'v2') !== this.owner.signed) return false;
		return Object.entries(this.document(wanted)).every(([name, value]) => isSame(document[name], value));
	}

	private async read(id: string): Promise<IDataObject | undefined> {
		const request = { method: 'GET', path: this.path(id), expect: [404], what: 'Read the webhook' } as const;
		const { status, envelope } = await this.transport.send(request);
		return status === 404 || !isRecord(envelope.data) ? undefined : envelope.data;
	}

	private async create(wanted: PlannedHook): Promise<string> {
		const request = { method: 'PUT', path: this.path(), what: 'Set up the webhook' } as const;
		const { data, metadata } = await this.save(request, wanted);
		return plainText((isRecord(data) ? data.id : undefined) ?? metadata?.id);
	}

	/** All of it anew: a change of some fields would leave the reason of the switching-off in the document. */
	private async write(id: string, wanted: PlannedHook): Promise<void> {
		await this.save({ method: 'POST', path: this.path(id), what: 'Repair the webhook' }, wanted);
	}

	private async save(request: CrossbarRequest, wanted: PlannedHook) {
		const { status, envelope } = await this.transport.send({
			...request,
			body: { data: this.document(wanted) },
			expect: [400, ...CHANGED_MEANWHILE],
		});
		if (status < 400) return envelope;
		const { method, path, what } = request;
		const failure = { method, path, what, status, body: envelope };
		if (status !== 400) throw new Raced(failure);
		const { uri } = (envelope.data ?? {}) as { uri?: object };
		if (uri !== undefined) throw unreachable(this.owner.uri);
		throw this.transport.error(failure);
	}

	/** A credential that may not delete switches it off instead: nothing is delivered any more. */
	private async removeOne(id: string): Promise<void> {
		const path = this.path(id);
		const what = 'Remove the webhook';
		if (this.transport.allows('DELETE')) {
			const request = { method: 'DELETE', path, what } as const;
			for (let attempt = 1; ; attempt++) {
				const expect = attempt < MOST_ATTEMPTS ? CHANGED_MEANWHILE : [404];
				const { status } = await this.transport.send({ ...request, expect });
				// Somebody changed or removed it at the same moment: then it can be removed, or is gone
				if (status !== 409) return;
				await wait((0.5 + Math.random()) * PAUSE * attempt, this.transport.cancelSignal());
			}
		} else
			await this.transport.send({
				method: 'PATCH',
				path,
				body: { data: { enabled: false } },
				expect: [404],
				what,
			});
	}

	private document({ hook, modifiers, includeInternalLegs }: PlannedHook): IDataObject {
		const { key, uri, secret, includeSubAccounts, signed } = this.owner;
		return {
			name: hookName(this.owner),
			hook,
			uri,
			http_verb: 'post',
			format: 'json',
			retries: RETRIES,
			enabled: true,
			include_subaccounts: includeSubAccounts,
			include_internal_legs: includeInternalLegs,
			custom_data: { ...modifiers, [KEY_FIELD]: key, ...(signed ? {} : { [SECRET_FIELD]: secret }) },
			...(signed ? { version: 'v2', security_settings: { sha256_key: secret } } : {}),
		};
	}

	private path(webhookId?: string): string {
		const { accountId } = this.owner;
		return webhookId === undefined
			? fillPath('/accounts/{accountId}/webhooks', { accountId })
			: fillPath('/accounts/{accountId}/webhooks/{webhookId}', { accountId, webhookId });
	}
}

const isAt =
	(uri: string) =>
	(hook: Summary): boolean =>
		hook.uri === uri;

/** Whether a webhook was made for a test event that nobody listens for any more. */
function isOver(name: unknown): boolean {
	const until = TEST.exec(plainText(name))?.[1];
	return until !== undefined && Date.parse(until) < Date.now();
}

function isSummary(hook: IDataObject): hook is Summary & IDataObject {
	return typeof hook.id === 'string' && typeof hook.hook === 'string';
}

/** Another instance of the trigger changed or removed a webhook at the same moment. */
class Raced extends Error {
	constructor(readonly failure: Failure) {
		super();
	}
}

function asRaced(error: unknown): Raced {
	if (error instanceof Raced) return error;
	throw error;
}

/** Neither KAZOO nor a person has switched it off. */
function isOn({ enabled, disable_reason }: Summary): boolean {
	return enabled !== false && disable_reason === undefined;
}

function unreachable(uri: string): InvalidInput {
	const { origin } = new URL(uri);
	return new InvalidInput(
		`KAZOO cannot call this n8n: it refuses the address ${origin}`,
		"KAZOO calls the webhook from its own machine, so an address of this machine's own (localhost, 127.0.0.1) is refused as “invalid client URL”. Set the environment variable N8N_WEBHOOK_URL of n8n (WEBHOOK_URL in older versions) to the address under which KAZOO reaches it, such as https://n8n.example.com/, restart n8n and activate the workflow again.",
	);
}

/** Equal, whatever the order of the keys. */
function isSame(a: unknown, b: unknown): boolean {
	if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
	const [left, right] = [a, b] as Array<Record<string, unknown>>;
	const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
	return [...keys].every((key) => isSame(left?.[key], right?.[key]));
}
