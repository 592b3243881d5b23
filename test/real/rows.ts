/** Runs rows through n8n's engine and tells what came of each. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ACCOUNT_SCOPE } from '../../nodes/Kazoo/description/places';
import { searchMethod } from '../../nodes/Kazoo/description/fields';
import { Kazoo } from '../../nodes/Kazoo/Kazoo.node.js';
import { pathParameters } from '../../crossbar/operations/request';
import type { ParameterName } from '../../crossbar/catalogue/parameters';
import { parameter } from '../../crossbar/catalogue/parameters';
import type { CredentialStore } from '../node/harness/credentials';
import { callListSearch } from '../node/harness/editor';
import { runNode } from '../node/harness/engine';
import type { TestAccount } from './account';
import { allCases, whyNot, type Case } from './cases';
import { documentFor } from './documents';
import { expectedOf } from './expected';
import type { Guard } from './guard';
import { judge, settled, type Outcome, type Tried } from './outcome';
import { labelOf, Things } from './things';
import { fieldsOf, fileFor } from './values';

/** What a run of the check is about. */
export interface Setting {
	readonly guard: Guard;
	readonly credentials: CredentialStore;
	readonly account: TestAccount;
	/** Whether nobody else is on the server. */
	readonly alone: boolean;
	/** Whether the server is the sandbox. */
	readonly sandbox: boolean;
	/** Only what has this in its name. */
	readonly only: string;
	readonly signal: AbortSignal;
	/** Hears each outcome as it comes; what is known of it may be added later. */
	readonly report: (outcome: Outcome) => void;
	/** Gets the items of each row that worked, as the node gives them unless told otherwise (Simplify). */
	readonly hear?: (one: Case, items: readonly IDataObject[]) => void;
	/** Only these cases; all otherwise. */
	readonly chosen?: (one: Case) => boolean;
}

const node = new Kazoo();
/** Rows on accounts that would take away or move the one they are tried in. */
const ON_A_CHILD: ReadonlySet<string> = new Set([
	'account.delete',
	'account.move',
	'account.promote',
	'account.demote',
]);
const NEW_NUMBER: ReadonlySet<string> = new Set(['phoneNumber.create', 'phoneNumber.port']);
/** What a row takes away beside what its path ends in. */
const TAKES_AWAY: Readonly<Record<string, readonly string[]>> = {
	'account.delete': ['child'],
	'comment.deleteAll': ['commentId'],
	'account.move': ['child', 'otherChild'],
	'phoneNumber.assignToDevice': ['phoneNumber'],
	'phoneNumber.assignToUser': ['phoneNumber'],
	'portRequest.complete': ['portRequestId'],
	'portRequest.cancel': ['portRequestId'],
	'whiteLabel.delete': ['whiteLabelDomain'],
	'bulkTask.stop': ['taskId'],
	'contactList.deleteEntries': ['listEntryId'],
	'notificationTemplate.deleteAll': ['notificationId'],
	'phoneNumber.releaseMany': ['phoneNumber'],
	'voicemailMessage.deleteFolder': ['messageId'],
	'voicemailMessage.deleteMany': ['messageId'],
	'voicemailMessage.moveManyToBox': ['messageId'],
	'voicemailMessage.moveToBox': ['messageId'],
};
/** Milliseconds that a server has for one request. */
const PATIENCE = 60_000;

/** Tries all rows. */
export async function tryRows(setting: Setting): Promise<Outcome[]> {
	const runner = new Runner(setting);
	const tried: Tried[] = [];
	const { chosen = () => true } = setting;
	for (const one of allCases().filter(
		(candidate) => candidate.name.includes(setting.only) && chosen(candidate),
	)) {
		if (setting.signal.aborted) break;
		const result = await runner.attempt(one);
		tried.push(result);
		setting.report(result.outcome);
	}
	return settled(tried, setting);
}

class Runner {
	private count = 0;
	private readonly things: Things;
	private readonly cases = allCases();
	private readonly generation: number;

	constructor(private readonly setting: Setting) {
		this.generation = Number.parseInt(setting.account.version, 10);
		this.things = new Things({
			make: async (name) => await this.make(name),
			firstOfList: async (name) => await this.firstOfList(name),
			count: () => this.count,
		});
	}

	/** Tries a case, in its own items and its own request. */
	async attempt(one: Case): Promise<Tried> {
		const base = { name: one.name, request: `${one.method} ${one.path}` };
		const reason = whyNot(one, this.generation, this.setting.alone);
		if (reason !== undefined) return { outcome: { ...base, result: 'untried', reason }, exchanges: [] };
		let prepared: { parameters: INodeParameters; binary: IDataObject | undefined };
		try {
			prepared = await this.prepare(one);
		} catch (error) {
			const { message } = error as Error;
			return {
				outcome: { ...base, result: 'failed', reason: `what it needs: ${message}` },
				exchanges: this.setting.guard.take(),
			};
		}
		this.setting.guard.take();
		let { items, error } = await this.run(prepared);
		let exchanges = this.setting.guard.take();
		if (exchanges.at(-1)?.status === 409 && error !== undefined) {
			// KAZOO itself writes to the account's document now and then
			({ items, error } = await this.run(prepared));
			exchanges = [...exchanges, ...this.setting.guard.take()];
		}
		if (error === undefined) {
			this.settle(one, items);
			this.setting.hear?.(one, items);
		}
		for (const gone of TAKES_AWAY[one.name] ?? []) this.things.forget(gone);
		// What is the account's is not the system's
		const madeUp = pathParameters(one.path).filter(
			(name) => one.scope === 'system' || this.things.isMadeUp(name),
		);
		const verdict = judge({
			error,
			exchanges,
			expected: expectedOf(one.name),
			madeUp: [...new Set(madeUp)].map(labelOf),
			needs: one.row.needs,
		});
		return { outcome: { ...base, ...verdict }, exchanges };
	}

	private async run({
		parameters,
		binary,
	}: {
		parameters: INodeParameters;
		binary: IDataObject | undefined;
	}): Promise<{ items: IDataObject[]; error: string | undefined }> {
		const result = await runNode(node, parameters, {
			credentials: this.setting.credentials,
			items: [{ json: {}, ...(binary ? { binary: binary as never } : {}) }],
			signal: this.setting.signal,
		});
		const { error } = result;
		return { items: result.items.map(({ json }) => json), error: error?.message };
	}

	private async prepare(
		one: Case,
	): Promise<{ parameters: INodeParameters; binary: IDataObject | undefined }> {
		this.count++;
		const { row, resource, scope, path, name } = one;
		const { id: own } = this.setting.account;
		const accountId = ON_A_CHILD.has(name) ? await this.things.id('child') : own;
		const locators: Record<string, unknown> = {};
		for (const parameterName of pathParameters(path)) {
			if (parameterName === 'accountId') continue;
			const value = await this.valueOf(parameterName, one);
			locators[parameterName] =
				parameter(parameterName).list === undefined ? value : { __rl: true, mode: 'id', value };
		}
		const world = {
			count: this.count,
			accountId: own,
			accountName: this.setting.account.name,
			token: String(this.setting.credentials.data('crossbarApi').token ?? ''),
			id: async (wanted: string) => await this.things.id(wanted),
		};
		const { required, additional } = await fieldsOf(one, world);
		const document = row.document === undefined ? {} : await documentFor(resource.value, row.value, world);
		const file = fileFor(one);
		return {
			parameters: {
				resource: resource.value,
				operation: row.value,
				accountScope: 'one',
				accountId: { __rl: true, mode: 'id', value: accountId },
				scope,
				limit: 10,
				simplify: this.setting.hear !== undefined,
				bodyMode: 'json',
				bodyJson: JSON.stringify(document),
				matchField: 'name' in document ? 'name' : 'username',
				...locators,
				...required,
				...(Object.keys(additional).length > 0 ? { additionalFields: additional } : {}),
				options: { retries: 0, timeout: PATIENCE },
			} as INodeParameters,
			binary: file && {
				data: { data: file.data.toString('base64'), mimeType: file.mimeType, fileName: file.fileName },
			},
		};
	}

	/** What is created by its own name gets a new one each time. */
	private async valueOf(name: ParameterName, one: Case): Promise<string> {
		if (name === 'phoneNumber' && NEW_NUMBER.has(one.name)) return `+1415555${6000 + this.count}`;
		if (one.name === 'system.runStatus') return 'kazoo_services';
		if (one.name === 'system.runWithArgument' && name !== 'supModule')
			return name === 'supFunction' ? 'find_account_by_name' : this.setting.account.name;
		return await this.things.id(name);
	}

	/** Remembers what a row made and forgets what it took away. */
	private settle({ resource, row, method, path, scope, name }: Case, items: IDataObject[]): void {
		const own = `${resource.value}.${row.value}`;
		if (scope === ACCOUNT_SCOPE && items[0] && !ON_A_CHILD.has(name)) this.things.remember(own, items[0]);
		const last = /\{(\w+)\}$/.exec(path)?.[1];
		if (method === 'DELETE' && last !== undefined && last !== 'accountId') this.things.forget(last);
	}

	private async make(name: string): Promise<IDataObject> {
		const one = this.cases.find((candidate) => candidate.name === name);
		if (!one) throw new Error(`there is no row ${name}`);
		const { items, error } = await this.run(await this.prepare(one));
		if (error !== undefined) throw new Error(`${name} failed: ${error}`);
		return items[0] ?? {};
	}

	private async firstOfList(name: ParameterName): Promise<string | undefined> {
		const { account, credentials } = this.setting;
		const method = searchMethod(name);
		const parameters: Record<string, unknown> = {
			accountScope: 'one',
			accountId: { __rl: true, mode: 'id', value: account.id },
		};
		for (const inner of pathParameters(parameter(name).list?.path ?? '')) {
			if (inner !== 'accountId')
				parameters[inner] = { __rl: true, mode: 'id', value: await this.things.id(inner) };
		}
		const { results } = await callListSearch(node, method, {
			credentials,
			parameters: parameters as INodeParameters,
		}).catch(() => ({ results: [] }));
		const first = results[0]?.value;
		return first === undefined ? undefined : String(first);
	}
}
