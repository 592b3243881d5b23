/** Fills the lists of resource locators: searchable, page by page. */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { ListSource, ParameterName } from '../../crossbar/catalogue/parameters';
import { isOfAccount, parameter, parameters } from '../../crossbar/catalogue/parameters';
import type { Envelope, Query } from '../../crossbar/http/messages';
import { Transport } from '../../crossbar/http/transport';
import { entryOf, listed } from '../../crossbar/operations/lists';
import { pathWithIds } from '../../crossbar/operations/names';
import type { PathValues } from '../../crossbar/operations/operation';
import { keyOf, orWhole } from '../../crossbar/operations/paging';
import { fillPath, pathParameters } from '../../crossbar/operations/request';
import { readParameter } from './read';

/** Rows shown before "load more". */
const PAGE = 100;
/** While searching, Crossbar cannot filter by a part of a name: pages are read and searched here. */
const SEARCH_PAGE = 1000;
/** Pages of one search: somebody waits for it, and a server may go on for ever. */
const MOST_PAGES = 20;

/**
 * One page of the list of a path parameter; of all pages those that fit, while something is searched for.
 * @throws NodeApiError, NodeOperationError
 */
export async function searchList(
	context: ILoadOptionsFunctions,
	name: ParameterName,
	filter: string | undefined,
	paginationToken: string | undefined,
): Promise<INodeListSearchResult> {
	const source = parameter(name).list;
	if (!source) return { results: [] };
	// An object of one account means nothing in the others
	if (isOfAccount(name) && context.getCurrentNodeParameter('accountScope') === 'descendants')
		return { results: [] };
	const transport = await Transport.open(context);
	const path = fillPath(
		source.path,
		await pathWithIds(await pathValues(context, transport, source), transport),
	);
	const wanted = filter?.trim().toLowerCase();
	const results: INodeListSearchResult['results'] = [];
	let startKey = paginationToken;
	const usedKeys = new Set<string>();
	let pages = 0;
	do {
		if (startKey !== undefined) usedKeys.add(startKey);
		const get = async (query: Query): Promise<Envelope> =>
			(await transport.send({ method: 'GET', path, query, what: 'Fill the list' })).envelope;
		const page = startKey === undefined ? orWhole(get) : get;
		const envelope = await page({ page_size: wanted ? SEARCH_PAGE : PAGE, start_key: startKey });
		for (const record of listed(source, envelope)) {
			const { id: value, label: name } = entryOf(source, record);
			if (!wanted || name.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted))
				results.push({ name, value });
		}
		const nextKey = keyOf(envelope);
		startKey = nextKey !== undefined && usedKeys.has(nextKey) ? undefined : nextKey;
		pages++;
	} while (wanted && startKey && results.length < PAGE && pages < MOST_PAGES);
	if (!startKey && !paginationToken)
		results.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
	return { results, ...(startKey ? { paginationToken: startKey } : {}) };
}

/** The outer parameters of the list's path, from the form as it stands now. */
async function pathValues(
	context: ILoadOptionsFunctions,
	transport: Transport,
	source: ListSource,
): Promise<PathValues> {
	const values: Partial<Record<ParameterName, string>> = {};
	for (const name of pathParameters(source.path)) {
		if (name !== 'accountId') {
			values[name] = readParameter(context, name, 0);
			continue;
		}
		// The list of accounts is always the one below ours.
		const one =
			context.getCurrentNodeParameter('accountScope') === 'one' && source !== parameters.accountId.list;
		const chosen = one ? readParameter(context, 'accountId', 0) : '';
		values.accountId = chosen || (await transport.whoAmI()).accountId;
	}
	return values;
}
