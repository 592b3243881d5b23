/** The lists and forms that the editor fills from the server. */
import type { ParameterName } from '../../crossbar/catalogue/parameters';
import { parameter, parameters } from '../../crossbar/catalogue/parameters';
import { pathParameters } from '../../crossbar/operations/request';
import { searchMethod } from '../../nodes/Kazoo/description/fields';
import { Kazoo } from '../../nodes/Kazoo/Kazoo.node.js';
import { callListSearch, callMapperFields } from '../node/harness/editor';
import { allCases, type Case } from './cases';
import { expectedOf } from './expected';
import { judge, settled, type Outcome, type Tried } from './outcome';
import type { Setting } from './rows';

const node = new Kazoo();
const NOTHING = '0123456789abcdef0123456789abcdef';

/** Opens every list of the editor in the account. */
export async function tryLists(setting: Setting): Promise<Outcome[]> {
	const generation = Number.parseInt(setting.account.version, 10);
	const names = (Object.keys(parameters) as ParameterName[]).filter((name) => parameter(name).list);
	const used = (name: ParameterName) =>
		allCases().find(
			({ path, row }) => path.includes(`{${name}}`) && (row.version ?? generation) === generation,
		);
	const offered = names.filter((name) => used(name) !== undefined);
	return await each(setting, offered, async (name) => {
		const { resource, row, scope } = used(name) as Case;
		const chosen = { resource: resource.value, operation: row.value, scope };
		const path = parameter(name).list?.path ?? '';
		const inner = pathParameters(path).filter((one) => one !== 'accountId');
		return {
			name: `list of ${name}`,
			request: `GET ${path}`,
			madeUp: inner,
			open: async () =>
				void (await callListSearch(node, searchMethod(name), {
					credentials: setting.credentials,
					parameters: {
						...chosen,
						accountScope: 'one',
						accountId: { __rl: true, mode: 'id', value: setting.account.id },
						...Object.fromEntries(inner.map((one) => [one, { __rl: true, mode: 'id', value: NOTHING }])),
					},
				})),
		};
	});
}

/** Opens the form of every kind of document. */
export async function tryForms(setting: Setting): Promise<Outcome[]> {
	const generation = Number.parseInt(setting.account.version, 10);
	const forms = new Map(
		allCases()
			.filter(({ row }) => row.document !== undefined && (row.version ?? generation) === generation)
			.map(({ resource, row }) => [row.document as string, { resource, row }] as const),
	);
	return await each(setting, [...forms], async ([schema, { resource, row }]) => ({
		name: `form of ${schema}`,
		request: `GET /schemas/${schema}`,
		madeUp: [],
		open: async () => {
			await callMapperFields(node, 'getDocumentFields', {
				credentials: setting.credentials,
				parameters: { resource: resource.value, operation: row.value },
			});
			// The node makes an empty form of a schema that the server does not have
			if (setting.guard.peek().some(({ status }) => status === 404))
				throw new Error('the server has no such schema');
		},
	}));
}

interface Opening {
	name: string;
	request: string;
	madeUp: readonly string[];
	open: () => Promise<void>;
}

async function each<Entry>(
	setting: Setting,
	entries: readonly Entry[],
	openingOf: (entry: Entry) => Promise<Opening>,
): Promise<Outcome[]> {
	const { guard, signal, report } = setting;
	const tried: Tried[] = [];
	for (const entry of entries) {
		if (signal.aborted) break;
		const { name, request, madeUp, open } = await openingOf(entry);
		if (!name.includes(setting.only)) continue;
		guard.take();
		const error = await open().then(
			() => undefined,
			(failure: Error) => failure.message,
		);
		const exchanges = guard.take();
		const expected = expectedOf(name);
		const outcome: Outcome = { name, request, ...judge({ error, exchanges, expected, madeUp }) };
		tried.push({ outcome, exchanges });
		report(outcome);
	}
	return settled(tried, setting);
}
