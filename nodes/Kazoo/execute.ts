/** The one item loop: items side by side within a bound, their order kept, each failure with its item. */
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IPairedItemData,
	NodeApiError,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { Row } from '../../crossbar/catalogue/notation';
import { asNodeError } from '../../crossbar/errors/nodeError';
import type { CrossbarAnswer } from '../../crossbar/http/messages';
import { DryRun, Transport } from '../../crossbar/http/transport';
import type { Account } from '../../crossbar/operations/accounts';
import { descendants } from '../../crossbar/operations/accounts';
import type { Operation, Outcome } from '../../crossbar/operations/operation';
import { pathParameters } from '../../crossbar/operations/request';
import { perform } from '../../crossbar/dispatch/perform';
import { mapConcurrently } from '../../crossbar/values/concurrency';
import { namesFirst } from '../../crossbar/values/keyOrder';
import { sendAnswer } from './answer';
import { ACCOUNT_SCOPE, routeOf, takesChosenAccount } from './description/places';
import { hintAtLeftOutColumns } from './document';
import { storeFile } from './files';
import { present } from './output';
import { read } from './parameter';
import { readAccountId, readOperation, readOptions, readRow, takesTogether } from './read';
import { InvalidInput, textOf } from '../../crossbar/values/input';

const READING = 10;
const WRITING = 1;
/** What a dry run shows for the account of a log-in that it does not make. */
const OWN_ACCOUNT = 'MY_ACCOUNT_ID';

/** @throws NodeApiError, NodeOperationError of the first failed item unless "On Error" says to go on */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const items = context.getInputData();
	const transport = await Transport.open(context);
	const continues = context.continueOnFail();
	const limit = concurrency(context);
	const together = takesTogether(context, readRow(context, 0), 0);
	const runs = together ? [0] : items.map((_, item) => item);
	const hints = new Set<string>();
	const results = await mapConcurrently(runs, limit, async (item) => {
		try {
			return await runItem(context, transport, item, hints);
		} catch (error) {
			const shown = withItem(context, error, item);
			if (!continues) throw shown;
			return [failedItem(context, shown, {}, sourceOf(context, together, item))];
		}
	});
	context.addExecutionHints(...[...hints].map((message) => ({ message, location: 'outputPane' as const })));
	hintAtLeftOutColumns(context);
	return results.flat();
}

/** The input items that a run for this one stands for. */
function sourceOf(
	context: IExecuteFunctions,
	together: boolean,
	item: number,
): INodeExecutionData['pairedItem'] {
	return together ? linked(context.getInputData().keys()) : { item };
}

/**
 * An item for what failed, when "On Error" says to go on. n8n takes all from an item that carries an `error` beside
 * its JSON, so there is none. It knows an item for the error output by its keys: `error` alone or with `message`
 * (`details`, too, from 2.34 on).
 * @param about what the failed thing was
 */
function failedItem(
	context: IExecuteFunctions,
	{ message, description }: { message: string; description?: string | null },
	about: IDataObject,
	pairedItem: INodeExecutionData['pairedItem'],
): INodeExecutionData {
	const more = description ? { description } : {};
	const told = { ...about, ...more };
	const json =
		context.getNode().onError === 'continueErrorOutput'
			? { error: message, ...(Object.keys(told).length > 0 ? { message: told } : {}) }
			: { ...about, error: message, ...more };
	return { json, pairedItem };
}

/** How many items run side by side: the person's option, else more for reading than for writing. */
function concurrency(context: IExecuteFunctions): number {
	// One that cannot be used is the mistake of each item
	const chosen = Number(read(context, 'options', 0, {}).concurrency);
	if (chosen >= 1) return chosen;
	const { route, writes } = readRow(context, 0);
	return route.startsWith('GET ') && !writes ? READING : WRITING;
}

async function runItem(
	context: IExecuteFunctions,
	shared: Transport,
	item: number,
	hints: Set<string>,
): Promise<INodeExecutionData[]> {
	const row = readRow(context, item);
	const options = readOptions(context, item);
	const transport = shared.with({
		...(options.timeout === undefined ? {} : { timeout: options.timeout * 1000 }),
		...(options.retries === undefined ? {} : { retries: options.retries }),
		...(options.maximumAnswerSize === undefined ? {} : { mostBytes: options.maximumAnswerSize * 1_000_000 }),
		dryRun: options.dryRun === true,
	});
	const operation = {
		...(await readOperation(context, row, item)),
		present: presentation(context, row, item),
		keepFile: async (answer: CrossbarAnswer, name: string) => await storeFile(context, answer, name),
	};
	const run = async (account: Account | undefined): Promise<INodeExecutionData[]> => {
		const bound = account ? withAccount(operation, account) : operation;
		const outcome = await perform(bound, transport).catch((error: unknown) => shownAsRequest(error, row));
		if (outcome.hint) hints.add(outcome.hint);
		return await itemsOf(context, outcome, bound, item);
	};
	const route = routeOf(row, operation.input.scope ?? ACCOUNT_SCOPE);
	if (row.local || (!pathParameters(route).includes('accountId') && !row.via)) return await run(undefined);
	switch (read(context, 'accountScope', item, 'mine')) {
		case 'one':
			return await run({ id: readAccountId(context, item) });
		case 'descendants':
			// Not in its list, but an expression can say so
			if (takesChosenAccount(row))
				throw new InvalidInput(
					'Account cannot be “All Sub-Accounts” here',
					'Nothing was sent. Choose One Account; for several give an item for each, and its name as an expression.',
				);
			return await runForDescendants(context, transport, options.dryRun === true, run, item);
		default:
			return await run({ id: options.dryRun ? OWN_ACCOUNT : (await transport.whoAmI()).accountId });
	}
}

/** A dry run ends with the request that would have been sent first. */
function shownAsRequest(error: unknown, { route }: Row): Outcome {
	if (!(error instanceof DryRun)) throw error;
	const looksFirst = error.request.method === 'GET' && !route.startsWith('GET ');
	const note = 'This looks first. What is changed then depends on the answer, so a dry run cannot show it';
	return {
		records: [{ ...(looksFirst ? { note } : {}), ...error.request }],
		envelope: {},
		dryRun: true,
	};
}

/** The operation once for each account below ours; what failed is named, and what was done stays said. */
async function runForDescendants(
	context: IExecuteFunctions,
	transport: Transport,
	dryRun: boolean,
	run: (account: Account) => Promise<INodeExecutionData[]>,
	item: number,
): Promise<INodeExecutionData[]> {
	if (dryRun) return await run({ id: 'EACH_SUB_ACCOUNT_ID' });
	const accounts = await descendants(transport);
	const failed: Array<{ account: Account; error: NodeApiError | NodeOperationError }> = [];
	const results = await mapConcurrently(accounts, concurrency(context), async (account) => {
		try {
			const found = await run(account);
			return found.map((entry) => ({
				...entry,
				json: namesFirst({ ...entry.json, account_id: account.id, account_name: account.name }),
			}));
		} catch (error) {
			const shown = withItem(context, error, item);
			failed.push({ account, error: shown });
			const about = { account_id: account.id, account_name: account.name };
			const together = takesTogether(context, readRow(context, item), item);
			return [failedItem(context, shown, about, sourceOf(context, together, item))];
		}
	});
	if (failed.length > 0 && !context.continueOnFail()) {
		const [{ account, error }] = failed as [(typeof failed)[number]];
		throw new NodeOperationError(context.getNode(), `${account.name ?? account.id}: ${error.message}`, {
			itemIndex: item,
			description: `${failed.length} of ${accounts.length} sub-accounts failed, the others were done. ${error.description ?? ''} Set On Error to Continue to get the results of the others.`,
		});
	}
	return results.flat();
}

function withAccount(operation: Operation, account: Account): Operation {
	return {
		...operation,
		input: { ...operation.input, path: { ...operation.input.path, accountId: account.id } },
	};
}

async function itemsOf(
	context: IExecuteFunctions,
	outcome: Outcome,
	{ row, items }: Operation,
	item: number,
): Promise<INodeExecutionData[]> {
	if (outcome.dryRun) return outcome.records.map((json) => ({ json, pairedItem: { item } }));
	if (outcome.answer) await sendAnswer(context, outcome.answer, item);
	if (outcome.file) {
		const binary = await storeFile(context, outcome.file, fileNameFor(row), outcome.fileName);
		const json = { file_name: binary.fileName, mime_type: binary.mimeType, file_size: binary.fileSize };
		return [
			{
				json,
				binary: { [outputField(context, item)]: binary },
				pairedItem: { item },
			},
		];
	}
	const { incomplete } = outcome;
	if (incomplete && !context.continueOnFail())
		throw new NodeOperationError(context.getNode(), incomplete.message, {
			itemIndex: item,
			description: incomplete.description,
		});
	const failsAlone = row.returns === 'collection' && context.continueOnFail();
	const source = { item };
	return outcome.records.map((json, index) => {
		const pairedItem = items ? linked(outcome.sources?.[index] ?? items.keys()) : source;
		const file = outcome.files?.[index];
		if (file) return { json, binary: { [FILE]: file }, pairedItem };
		if (!failsAlone || typeof json.error !== 'string') return { json, pairedItem };
		const { error: message, ...about } = json;
		return failedItem(context, { message }, about, pairedItem);
	});
}

/** The field of a file that comes beside a record, n8n's own word for it. */
const FILE = 'data';

function outputField(context: IExecuteFunctions, item: number): string {
	return (
		textOf(read(context, 'outputField', item, 'data') ?? '', 'Put Output File in Field').trim() || 'data'
	);
}

/** How the person wants to see records. */
function presentation(context: IExecuteFunctions, row: Row, item: number): Operation['present'] {
	const options = readOptions(context, item);
	const output = {
		simplify: row.simple !== undefined && read(context, 'simplify', item, true),
		rawDates: options.rawDates === true,
		includeMetadata: options.includeMetadata === true,
	};
	return (record, envelope) => present(record, row, envelope, output);
}

const linked = (sources: Iterable<number>): IPairedItemData[] =>
	[...sources].map((source) => ({ item: source }));

function fileNameFor(row: Row): string {
	return row.action.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

/** Any failure as n8n shows it, with the item it belongs to. */
function withItem(
	context: IExecuteFunctions,
	error: unknown,
	item: number,
): NodeApiError | NodeOperationError {
	const shown = asNodeError(context.getNode(), error);
	shown.context.itemIndex ??= item;
	return shown;
}
