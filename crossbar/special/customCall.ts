import type { IDataObject } from 'n8n-workflow';

import { actsOnGet } from '../catalogue/acting';
import { namesMethod } from '../http/answer';
import type { CrossbarAnswer, CrossbarRequest, Query } from '../http/messages';
import { methodOf } from '../http/messages';
import type { Transport } from '../http/transport';
import { changingAccount } from '../operations/accountChange';
import { acceptingCharges } from '../operations/charges';
import type { Operation, Outcome } from '../operations/operation';
import { InvalidInput, parseObject, segmentOf, textOf } from '../values/input';
import { idsIn } from '../values/ownKeys';

/** Custom API Call: a method and a path of the person's own, through the same door as everything else. */
export async function customCall({ row, input, charges }: Operation, transport: Transport): Promise<Outcome> {
	const { path: given, query, body, rawOutput } = input.arguments;
	const method = methodOf(input.arguments.method);
	const path = customPath(textOf(given ?? '', 'Path'), input.path.accountId);
	const request: CrossbarRequest = {
		method,
		path,
		...(method === 'GET' && actsOnGet(path) ? { writes: true } : {}),
		query: {
			...(query === undefined ? {} : (parseObject(query, 'Query Parameters') as Query)),
			...input.extraQuery,
		},
		...(method === 'GET' || body === undefined ? {} : { body: enveloped(parseObject(body, 'Body')) }),
		what: row.action,
	};
	const { envelope } = await sent(request, charges, transport);
	if (rawOutput === true) {
		const shown = { ...envelope };
		delete shown.auth_token;
		return { records: [shown as IDataObject], envelope };
	}
	const { data } = envelope;
	const list = Array.isArray(data) ? data : [data];
	const records = list.map((entry: unknown) =>
		typeof entry === 'object' && entry !== null && !Array.isArray(entry)
			? (entry as IDataObject)
			: { result: entry ?? null },
	);
	return { records, envelope };
}

/** The accounts, one of them, or `/account`, which is that of the log-in; also below another account. */
const ACCOUNTS = /(?:^|\/)accounts(?:\/[^/]+)?$|^\/account$/i;

/** @throws InvalidInput for what would destroy an account or break another one */
async function sent(
	request: CrossbarRequest,
	charges: Operation['charges'],
	transport: Transport,
): Promise<CrossbarAnswer> {
	const send = async (): Promise<CrossbarAnswer> => await acceptingCharges(request, charges, transport);
	const { method, path, body } = request;
	if (!ACCOUNTS.test(path) || !body) return await send();
	const [, data] = Object.entries(body).find(([key]) => key.toLowerCase() === 'data') ?? [];
	const fields = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
	if ((method === 'PUT' || namesMethod(request)) && idsIn(fields).length > 0)
		throw new InvalidInput(
			`An account is not created with ${idsIn(fields).join(', ')}`,
			'Nothing was sent. With the ID of an account that exists KAZOO deletes that account and all that is in it. Leave it out: KAZOO gives a new account its ID.',
		);
	const isOne = !/\/accounts$/i.test(path);
	if ((method !== 'PATCH' && method !== 'POST') || !isOne || transport.isDryRun) return await send();
	return await changingAccount({ path, data: fields }, transport, send);
}

/** What may stand in a request's envelope; a document can have a field called `data` too. */
const ENVELOPE = ['data', 'accept_charges', 'verb', 'metadata', 'ui_flags', 'ui_metadata'];

/** The body as typed, in an envelope unless the person wrote one. */
function enveloped(body: Record<string, unknown>): Record<string, unknown> {
	// Crossbar does not care for the case of these
	const keys = Object.keys(body).map((key) => key.toLowerCase());
	const isOne = keys.includes('data') && keys.every((key) => ENVELOPE.includes(key));
	return isOne ? body : { data: body };
}

/**
 * A path below `/v2` with `{accountId}`, or as the Crossbar documentation writes it `{ACCOUNT_ID}`, filled in.
 * @throws InvalidInput for addresses, `..` and a query string
 */
export function customPath(text: string, accountId: string | undefined): string {
	const path = text.trim().replace(/^\/?v2(?=\/)/, '');
	const wrong = (why: string): InvalidInput =>
		new InvalidInput(
			`Path ${why}`,
			'Write it as in the Crossbar documentation: /accounts/{accountId}/devices',
		);
	if (path === '') throw wrong('is empty');
	if (/^[a-z][a-z0-9+.-]*:/i.test(path) || path.startsWith('//')) throw wrong('must not be a whole address');
	if (/[?#]/.test(path)) throw wrong('must not hold a query; there is a field for it');
	const segments = path.split('/');
	while (segments[0] === '') segments.shift();
	while (segments.at(-1) === '') segments.pop();
	return `/${segments
		.map((segment) => {
			const value = /^\{account_?id\}$/i.test(segment) ? (accountId ?? '') : decodeSafely(segment);
			// Encoded dots are dots to the HTTP client.
			if (value === '' || value === '.' || value === '..')
				throw wrong('has an empty part or a dot for a part');
			return segmentOf(value, 'Path');
		})
		.join('/')}`;
}

/** What is already encoded is not encoded twice. */
function decodeSafely(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}
