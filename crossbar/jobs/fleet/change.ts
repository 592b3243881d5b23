/** Fleet: Plan Change. One change to documents of one kind in many accounts, an item for each document that changes. */
import type { IDataObject } from 'n8n-workflow';

import { findRow, resourceOf } from '../../catalogue';
import type { Change } from '../../changes/change';
import type { Document, KindName } from '../../changes/kinds';
import { kindNames, kinds } from '../../changes/kinds';
import type { Stored } from '../../changes/live';
import { updateOf } from '../../changes/single';
import type { Query } from '../../http/messages';
import type { Transport } from '../../http/transport';
import { filterQuery } from '../../operations/filters';
import type { Operation, Outcome, Values } from '../../operations/operation';
import { InvalidInput, nest, parseJson, parseObject } from '../../values/input';
import { plainText } from '../../values/records';
import { filledFrom } from '../../values/template';
import { schemaProblems } from '../blueprint/schemas';
import type { FleetAccount } from './accounts';
import { textsOf } from './accounts';
import { changeItems } from './plans';
import type { Reader } from './reader';
import type { NotLooked } from './visit';
import { notLooked, visitAll } from './visit';

/** What becomes of one account. */
interface Result {
	readonly account: FleetAccount;
	readonly changes: Change[];
	readonly patches: Document[];
	readonly looked: number;
	readonly failed: Array<NotLooked & { readonly name?: string }>;
}

/** Fleet: Plan Change. @throws InvalidInput when what is to change is not clear */
export async function planFleetChange(operation: Operation, transport: Transport): Promise<Outcome> {
	const { input, list } = operation;
	const kind = kindOf(input.arguments.kind);
	const patch = patchIn(input.arguments);
	const query = queryOf(kind, operation);
	const ids = new Set(textsOf(input.arguments.ids, 'IDs'));
	const results = await visitAll(operation, transport, async (reader, account): Promise<Result> => {
		const result: Result = { account, changes: [], patches: [], looked: 0, failed: [] };
		try {
			const documents = await documentsOf(reader, kind, query, ids);
			for (const stored of documents) change(stored, patch, account, result, transport);
			return { ...result, looked: documents.length };
		} catch (error) {
			return { ...result, changes: [], failed: [notLooked(error, transport)] };
		}
	});
	await assertKnown(
		kind,
		results.flatMap(({ patches }) => patches),
		transport,
	);
	const looked = results.reduce((sum, result) => sum + result.looked, 0);
	const changes = results.flatMap((result) => result.changes).slice(0, list.limit);
	const failed = results.flatMap(({ account, failed: all }) =>
		all.map((one) => failedItem(account, kind, one)),
	);
	const records = [...changeItems(changes, looked, transport), ...failed];
	const nothing = {
		change: 'Nothing',
		why: `All ${looked} are as they should be, in ${results.length} accounts`,
	};
	return { records: records.length > 0 ? records : [nothing], envelope: {}, asIs: true };
}

function change(
	stored: Stored,
	patch: Document,
	account: FleetAccount,
	{ changes, patches, failed }: Result,
	transport: Transport,
): void {
	const about = { accountId: account.id, accountName: account.name, why: 'Fleet: Plan Change' };
	try {
		const own = filledFrom(patch, { ...stored.document, account }) as Document;
		const made = updateOf(stored, own, about);
		if (!made) return;
		changes.push(made);
		patches.push(own);
	} catch (error) {
		failed.push({ ...notLooked(error, transport), name: kinds[stored.kind].name(stored.document) });
	}
}

function failedItem(
	{ name: account, id }: FleetAccount,
	kind: KindName,
	failed: Result['failed'][0],
): IDataObject {
	const { problem, whatToDo, name } = failed;
	return {
		change: name === undefined ? 'Not looked at' : 'Not possible',
		kind: kinds[kind].label,
		...(name === undefined ? {} : { name }),
		account,
		why: problem,
		...(whatToDo === undefined ? {} : { what_to_do: whatToDo }),
		account_id: id,
	};
}

async function documentsOf(
	reader: Reader,
	kind: KindName,
	query: Query,
	ids: ReadonlySet<string>,
): Promise<Stored[]> {
	if (kinds[kind].single) return await reader.documents(kind);
	const listed = await reader.list(kinds[kind].path, query);
	const wanted = listed.map(({ id }) => plainText(id)).filter((id) => ids.size === 0 || ids.has(id));
	return await Promise.all(wanted.map(async (id) => await reader.listed(kind, id)));
}

/** The conditions, as Get Many of the kind sends them. @throws InvalidInput */
function queryOf(kind: KindName, { list: { filters } }: Operation): Query {
	const row = findRow(kind, 'getAll');
	const query = filterQuery(filters, row ? resourceOf(row).kept : undefined);
	if (kinds[kind].single && Object.keys(query).length > 0)
		throw new InvalidInput(
			`Each account has one ${kinds[kind].label}: there is nothing to filter`,
			'Nothing was read. Choose among the accounts instead.',
		);
	return query;
}

/** @throws InvalidInput */
function kindOf(value: unknown): KindName {
	const name = plainText(value);
	const known = kindNames.filter((kind) => kinds[kind].offered === undefined);
	if (known.includes(name as KindName)) return name as KindName;
	throw new InvalidInput(`There is no kind “${name}” to change`, `Known are ${known.join(', ')}.`);
}

/** The patch from the form or the JSON. @throws InvalidInput */
function patchIn({ patchFrom, patch, settings }: Values): Document {
	const document = patchFrom === 'json' ? parseObject(patch, 'Patch') : fromForm(settings);
	if (Object.keys(document).length > 0) return document;
	throw new InvalidInput('There is nothing to change', 'Nothing was read. Say at least one field.');
}

/** Entries of the form: a field, and its new value as a text, number, switch or JSON; or that it goes. */
function fromForm(settings: unknown): Document {
	const document: Record<string, unknown> = {};
	for (const { kind, field, value } of Array.isArray(settings) ? (settings as Values[]) : []) {
		const path = plainText(field).trim();
		if (path === '') throw new InvalidInput('A setting has no field', 'Write it like media.audio.codecs.');
		nest(document, path, kind === 'remove' ? null : kind === 'json' ? parseJson(value, path) : value);
	}
	return document;
}

/** @throws InvalidInput for fields that the server does not know, and values of a wrong type */
async function assertKnown(
	kind: KindName,
	patches: readonly Document[],
	transport: Transport,
): Promise<void> {
	const wanted = patches.map((document) => ({ kind, document, place: kinds[kind].label }));
	const problems = await schemaProblems(wanted, {}, () => false, transport);
	const lines = [...new Set(problems.map(({ place, problem }) => `${place}: ${problem}`))];
	if (lines.length === 0) return;
	throw new InvalidInput(
		`KAZOO would not take the change: ${lines[0]}`,
		['Nothing was changed.', ...lines.slice(1, 20).map((line) => `• ${line}`)].join('\n'),
	);
}
