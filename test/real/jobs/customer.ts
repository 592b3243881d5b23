/** An account in which whole jobs are done: with the node, and with the server itself to look at what came of it. */
import { isDeepStrictEqual } from 'node:util';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { Kazoo } from '../../../nodes/Kazoo/Kazoo.node.js';
import { runNode } from '../../node/harness/engine';
import type { Setting } from '../rows';

const node = new Kazoo();
/** Characters of a value that are shown where it is wrong. */
const LONGEST = 300;

/** A resource locator's value: a name, a number or an ID. */
export const by = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });

/** What the server has of one account, read apart from the node, and jobs in it. */
export class Customer {
	constructor(
		private readonly setting: Setting,
		readonly id: string,
	) {}

	/** Runs an operation in this account; files come and go with the items. @throws Error when it fails */
	async runItems(
		resource: string,
		operation: string,
		fields: object = {},
		additionalFields: object = {},
		items: readonly INodeExecutionData[] = [{ json: {} }],
	): Promise<INodeExecutionData[]> {
		const result = await runNode(
			node,
			{
				resource,
				operation,
				accountScope: 'one',
				accountId: by(this.id),
				returnAll: true,
				simplify: false,
				...fields,
				additionalFields,
			} as INodeParameters,
			{ credentials: this.setting.credentials, items: [...items], signal: this.setting.signal },
		);
		const { error } = result;
		if (error) throw new Error(`${resource}.${operation}: ${error.message} | ${error.description ?? ''}`);
		return result.items;
	}

	/** The same without files. */
	async run(
		resource: string,
		operation: string,
		fields: object = {},
		additionalFields: object = {},
		items: readonly IDataObject[] = [{}],
	): Promise<IDataObject[]> {
		const given = items.map((json) => ({ json }));
		const found = await this.runItems(resource, operation, fields, additionalFields, given);
		return found.map(({ json }) => json);
	}

	/** Runs a job that changes something. @throws Error when a change was not done */
	async job(...what: Parameters<Customer['run']>): Promise<IDataObject[]> {
		const journal = await this.run(...what);
		const [resource, operation] = what;
		equal(
			journal
				.filter(({ result }) => result !== 'done')
				.map(({ change, kind, name, result, error }) => ({ change, kind, name, result, error })),
			[],
			`changes of ${resource}.${operation} that were not done`,
		);
		return journal;
	}

	/** Takes a journal back. @throws Error when something stayed */
	async revert(journal: readonly IDataObject[]): Promise<void> {
		await this.job('changePlan', 'revert', { changesFrom: 'items' }, { allowDeletes: true }, journal);
	}

	/** The account as a blueprint. */
	async exported(): Promise<IDataObject> {
		return (await this.run('customerBlueprint', 'exportDocument'))[0] ?? {};
	}

	/** A plain request to the server in this account. */
	async ask<Data = IDataObject>(method: string, path: string, data?: unknown): Promise<Data> {
		return (await this.setting.account.ask(method, `/accounts/${this.id}${path}`, data)).data as Data;
	}

	/** Whether the account is switched on: KAZOO 5 tells it beside the account. */
	async isEnabled(): Promise<boolean> {
		const { data, metadata } = await this.setting.account.ask('GET', `/accounts/${this.id}`);
		return { ...(metadata as object), ...(data as IDataObject) }.enabled !== false;
	}

	/** All documents of a kind, whole. */
	async all(kind: string): Promise<IDataObject[]> {
		const listed = await this.ask<IDataObject[]>('GET', `/${kind}?paginate=false`);
		return await Promise.all(listed.map(async ({ id }) => await this.ask('GET', `/${kind}/${String(id)}`)));
	}

	/** The one document of a kind with that value in a field. @throws Error when there are none or several */
	async one(kind: string, field: string, value: unknown): Promise<IDataObject> {
		const found = (await this.all(kind)).filter((document) => document[field] === value);
		equal(found.length, 1, `${kind} with ${field} ${String(value)}`);
		return found[0] ?? {};
	}
}

/** @throws Error with the first thing that differs, and where */
export function equal(actual: unknown, expected: unknown, what: string): void {
	const [found, wanted] = [actual, expected].map((value) => plain(value));
	if (isDeepStrictEqual(found, wanted)) return;
	const { path, here, there } = firstDifference(found, wanted, []);
	throw new Error(
		`${what}${path.map((part) => `, ${part}`).join('')}: ${words(here)} where ${words(there)} should be`,
	);
}

/** As JSON has it: without what is undefined. */
const plain = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)));
const words = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, LONGEST);

function firstDifference(
	here: unknown,
	there: unknown,
	path: readonly string[],
): { path: readonly string[]; here: unknown; there: unknown } {
	if (isBranch(here) && isBranch(there) && Array.isArray(here) === Array.isArray(there)) {
		const keys = [...new Set([...Object.keys(here), ...Object.keys(there)])];
		const differing = keys.find((key) => !isDeepStrictEqual(here[key], there[key]));
		// Lists of words are read best as a whole
		if (
			differing !== undefined &&
			(isBranch(here[differing]) || isBranch(there[differing]) || !Array.isArray(here))
		)
			return firstDifference(here[differing], there[differing], [...path, differing]);
	}
	return { path, here, there };
}

const isBranch = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

/** What a plan or a journal says of each: Create, Change, Delete, Nothing. */
export const changesOf = (items: readonly IDataObject[]): unknown[] => items.map(({ change }) => change);

/** @throws Error when it was done, or refused in other words */
export async function refused(job: Promise<unknown>, words: RegExp): Promise<void> {
	const said = await job.then(
		() => 'it was done',
		({ message }: Error) => message,
	);
	if (!words.test(said)) throw new Error(`no refusal with ${String(words)}: ${said}`);
}
