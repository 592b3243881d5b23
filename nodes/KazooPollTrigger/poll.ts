/** From n8n's poll to the core and back: parameters, memory, items, files, errors. */
import type { IBinaryKeyData, IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { asNodeError } from '../../crossbar/errors/nodeError';
import { Transport } from '../../crossbar/http/transport';
import type { Account } from '../../crossbar/operations/accounts';
import { rowNamed } from '../../crossbar/operations/engine';
import type { Outcome } from '../../crossbar/operations/operation';
import { EventNames } from '../../crossbar/operations/eventNames';
import type { Failure, Memory, Poll } from '../../crossbar/poll/poll';
import { example, pollAccounts } from '../../crossbar/poll/poll';
import type { Ask, RecordWatch, Watch } from '../../crossbar/poll/watches';
import { watchOf } from '../../crossbar/poll/watches';
import { performNamed } from '../../crossbar/dispatch/perform';
import { shownEvent } from '../../crossbar/events/shown';
import { InvalidInput } from '../../crossbar/values/input';
import { namesFirst } from '../../crossbar/values/keyOrder';
import type { DateInput } from '../../crossbar/values/time';
import { gregorianFromIso, gregorianNow } from '../../crossbar/values/time';
import { storeFile } from '../Kazoo/files';
import { present } from '../Kazoo/output';
import { chosenAccounts, isManyAccounts } from '../shared/triggerAccounts';
import type { PollOptions } from './description';

/** Records of one poll; the next one goes on from there. */
const MOST_RECORDS = 10_000;
/** The part of n8n's time for a poll after which no new reading is begun. */
const SHARE_OF_TIME = 0.6;
const DEFAULT_TIME = 300_000;

/** Static data that a poll is working on: a slow poll must not be run over by the next one. */
const polling = new WeakSet<IDataObject>();

/**
 * What is new, or null. n8n saves the static data when it starts the execution; if it stops in between, the records
 * of this poll come once more, or with them already saved not at all: nothing here can tell.
 * @throws NodeApiError, NodeOperationError when nothing could be read
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	try {
		if (context.getMode() === 'manual') return await pollManually(context);
		const memory = context.getWorkflowStaticData('node');
		if (polling.has(memory)) return null;
		polling.add(memory);
		try {
			return await pollNew(context, memory);
		} finally {
			polling.delete(memory);
		}
	} catch (error) {
		throw asNodeError(context.getNode(), error);
	}
}

async function pollNew(context: IPollFunctions, data: IDataObject): Promise<INodeExecutionData[][] | null> {
	const deadline = Date.now() + SHARE_OF_TIME * (context.getPollBudgetMs?.() ?? DEFAULT_TIME);
	const setup = await prepare(context);
	const { overlap, longestCall } = options(context);
	const begin = startDate(context, setup.watch);
	let count = 0;
	const items = new Map<string, INodeExecutionData[]>(setup.accounts.map(({ id }) => [id, []]));
	const { memory, failures } = await pollAccounts(
		{
			...setup,
			key: JSON.stringify([
				setup.watch.value,
				context.getNodeParameter('accountScope'),
				setup.settings.threshold,
				begin,
			]),
			begin,
			overlap: overlap === undefined ? undefined : overlap * 60,
			longestCall: longestCall === undefined ? undefined : longestCall * 3_600,
			give: async (account, record) => {
				count++;
				items.get(account.id)?.push(await setup.itemOf(account, record));
			},
			mayGoOn: () => count < MOST_RECORDS && Date.now() < deadline,
		},
		data.memory as unknown as Memory | undefined,
	);
	data.memory = memory;
	const found = [...items.values()].flat();
	report(context, failures, setup.accounts.length, found.length);
	return found.length > 0 ? [found] : null;
}

/** "Fetch test event": one record as an example; what is remembered stays as it is. */
async function pollManually(context: IPollFunctions): Promise<INodeExecutionData[][]> {
	const setup = await prepare(context);
	const items: INodeExecutionData[] = [];
	const found = await example(setup, async (account, record) => {
		items.push(await setup.itemOf(account, record));
	});
	if (found) return [items];
	throw new NodeOperationError(context.getNode(), `There is nothing yet for “${setup.watch.name}”`, {
		description:
			setup.watch.kind === 'records'
				? 'The account has no such record of the past year to show as an example. The workflow can be activated all the same.'
				: 'The account has nothing of that kind to show as an example. The workflow can be activated all the same.',
	});
}

interface Setup extends Pick<Poll, 'watch' | 'settings' | 'accounts' | 'now' | 'ask'> {
	readonly itemOf: (account: Account, record: IDataObject) => Promise<INodeExecutionData>;
}

async function prepare(context: IPollFunctions): Promise<Setup> {
	const { timeout, retries, rawDates } = options(context);
	const watch = watchOf(String(context.getNodeParameter('event')));
	const transport = await Transport.open(context, {
		...(timeout === undefined ? {} : { timeout: timeout * 1000 }),
		...(retries === undefined ? {} : { retries }),
	});
	if (watch.version === 5 && (await transport.whoAmI()).generation === 4)
		throw new InvalidInput(
			`“${watch.name}” needs KAZOO 5, this server is older`,
			'Older servers do not list what was booked. Watch “Balance Below” instead.',
		);
	const isMany = isManyAccounts(context);
	const row = rowNamed(watch.row.resource, watch.row.operation);
	const output = {
		simplify: watch.kind === 'records' && context.getNodeParameter('simplify', true) === true,
		rawDates: rawDates === true,
		includeMetadata: false,
	};
	const file =
		watch.kind === 'records' && context.getNodeParameter('downloadFile', false) === true
			? watch.file
			: undefined;
	const names = new EventNames();
	return {
		watch,
		settings: { threshold: Number(context.getNodeParameter('threshold', 0)) },
		accounts: await chosenAccounts(context, transport),
		// Whose clock it is matters: records bear times of the server's
		now: (await transport.whoAmI()).serverTime ?? gregorianNow(),
		ask: (account) => askFor(account, transport),
		itemOf: async (account, record) => {
			const { binary, problem } = file ? await fileOf(context, transport, account, watch, file, record) : {};
			const { name } = account;
			const json: IDataObject = namesFirst({
				...shownEvent(present(record, row, {}, output)),
				...(isMany ? { account_id: account.id } : {}),
				...(name === undefined
					? await names.of({ account_id: account.id }, async () => transport)
					: { account_name: name }),
				...(problem === undefined ? {} : { file_error: problem }),
			});
			return { json, ...(binary ? { binary } : {}) };
		},
	};
}

const options = (context: IPollFunctions): PollOptions =>
	context.getNodeParameter('options', {}) as PollOptions;

/** Gregorian seconds; nothing for "From Now". */
function startDate(context: IPollFunctions, watch: Watch): number | undefined {
	if (watch.kind !== 'records' || context.getNodeParameter('start', 'now') !== 'date') return undefined;
	return gregorianFromIso(context.getNodeParameter('startDate', '') as DateInput, context.getTimezone());
}

async function run(
	account: Account,
	transport: Transport,
	resource: string,
	operation: string,
	{ path, query, list }: NonNullable<Parameters<Ask>[2]> = {},
): Promise<Outcome> {
	return await performNamed(
		resource,
		operation,
		{ path: { accountId: account.id, ...path }, query, list },
		transport,
	);
}

const askFor =
	(account: Account, transport: Transport): Ask =>
	async (resource, operation, more) =>
		(await run(account, transport, resource, operation, more)).records;

/**
 * The file of a record. One that is not there is said in the item, so that it does not hold up the others; any other
 * failure is thrown, and the record comes again with the next poll.
 */
async function fileOf(
	context: IPollFunctions,
	transport: Transport,
	account: Account,
	{ row, name }: Watch,
	{ operation, path }: NonNullable<RecordWatch['file']>,
	record: IDataObject,
): Promise<{ binary?: IBinaryKeyData; problem?: string }> {
	const outcome = await run(account, transport, row.resource, operation, { path: path(record) }).catch(
		(error: unknown) => {
			if (error instanceof NodeApiError && error.httpCode === '404') return { problem: error.message };
			throw error;
		},
	);
	if ('problem' in outcome) return outcome;
	if (!outcome.file) return {};
	const field = String(context.getNodeParameter('outputField', 'data')).trim() || 'data';
	const fallbackName = name.toLowerCase().replace(/\s+/g, '-');
	return await storeFile(context, outcome.file, fallbackName).then(
		(binary) => ({ binary: { [field]: binary } }),
		(error: unknown) => {
			// An empty file: the record is given all the same, and says what it lacks
			if (error instanceof InvalidInput) return { problem: error.message };
			throw error;
		},
	);
}

/** Says which accounts could not be read: as the error of the poll, or beside its items. */
function report(
	context: IPollFunctions,
	failures: readonly Failure[],
	accounts: number,
	found: number,
): void {
	const [first] = failures;
	if (!first) return;
	if (failures.length === accounts && found === 0) throw first.error;
	for (const { account, error } of failures.filter(({ again }) => !again)) {
		const { message, description } = asNodeError(context.getNode(), error);
		context.__emitError(
			new NodeOperationError(context.getNode(), `${account.name ?? account.id}: ${message}`, {
				description:
					`${description ?? ''} The other accounts were read. This one goes on from where it was; it is not reported again until it has worked.`.trim(),
			}),
		);
	}
}
