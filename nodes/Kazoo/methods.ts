/**
 * What the editor calls, for all nodes. n8n loads every node at its start, so what only runs later is loaded when it
 * is called for the first time.
 */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { ParameterName } from '../../crossbar/catalogue/parameters';
import { parameter, parameters } from '../../crossbar/catalogue/parameters';
import { searchMethod } from './description/fields';

type Method<Context, Given extends unknown[], Result> = (this: Context, ...given: Given) => Promise<Result>;

/** A method that is loaded when it is called. */
export function whenCalled<Context, Given extends unknown[], Result>(
	load: () => Promise<Method<Context, Given, Result>>,
): Method<Context, Given, Result> {
	return async function (this: Context, ...given: Given) {
		return await (await load()).apply(this, given);
	};
}

/** The node's `methods.credentialTest`. */
export const credentialTest = {
	testCrossbarLogin: whenCalled(async () => (await import('./credentialTest')).testCrossbarLogin),
};

type Search = Method<
	ILoadOptionsFunctions,
	[filter?: string, paginationToken?: string],
	INodeListSearchResult
>;

/** The node's `methods.listSearch`: one search for each path parameter that has a list. */
export const listSearch: Record<string, Search> = Object.fromEntries(
	(Object.keys(parameters) as ParameterName[])
		.filter((name) => parameter(name).list !== undefined)
		.map((name) => [
			searchMethod(name),
			async function (this: ILoadOptionsFunctions, filter?: string, paginationToken?: string) {
				const { searchList } = await import('./listSearch');
				return await searchList(this, name, filter, paginationToken);
			} satisfies Search,
		]),
);
