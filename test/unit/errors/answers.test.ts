import { explain, type Failure } from '../../../crossbar/errors/explain';
import { ACCOUNT, answer, REQUEST_ID, UNKNOWN } from './fixtures';

describe('answers', () => {
	it.each<[string, Failure, string, RegExp]>([
		[
			'unknown document',
			answer(404, 'bad_identifier', { message: 'bad identifier', cause: UNKNOWN }),
			`KAZOO has no device with the ID ${UNKNOWN}`,
			/bad identifier/,
		],
		[
			'unknown document, as a list',
			answer(404, 'bad identifier', [UNKNOWN]),
			`KAZOO has no device with the ID ${UNKNOWN}`,
			/bad identifier/,
		],
		[
			'unknown account below which',
			answer(404, 'bad_identifier', { message: 'bad identifier', cause: ACCOUNT }),
			`KAZOO has no account with the ID ${ACCOUNT}`,
			/bad identifier/,
		],
		[
			'ill-formed account',
			answer(
				404,
				'bad identifier',
				{ message: "invalid account_id 'abc'" },
				{ path: '/accounts/abc/devices' },
			),
			'“abc” is not an account ID',
			/32 signs/,
		],
		[
			'unknown endpoint',
			answer(404, 'not_found', { message: 'not found' }, { path: `/accounts/${ACCOUNT}/queues` }),
			'This KAZOO does not have GET /accounts/…/queues',
			/call centre/,
		],
		[
			'endpoint of KAZOO 5',
			answer(404, 'not_found', { message: 'not found' }, { path: `/accounts/${ACCOUNT}/match_lists` }),
			'This KAZOO does not have GET /accounts/…/match_lists',
			/Only KAZOO 5/,
		],
		[
			'page size',
			answer(404, 'faulty_request', { message: 'page size must be at least 1' }),
			'The page size is not one that the server takes',
			/page size must be/,
		],
		[
			'conference action',
			answer(
				404,
				'faulty_request',
				{ message: 'faulty request' },
				{ method: 'PUT', path: `/accounts/${ACCOUNT}/conferences/${UNKNOWN}` },
			),
			'KAZOO does not know that conference action',
			/faulty request/,
		],
		[
			'empty 404',
			answer(404, '', undefined, { body: '' }),
			'This KAZOO has nothing at /accounts/…/devices/…',
			/module/,
		],
		[
			'whitelabel not set up',
			answer(
				404,
				'bad_identifier',
				{ message: 'bad identifier', cause: 'whitelabel' },
				{ path: `/accounts/${ACCOUNT}/whitelabel` },
			),
			'The account has no white label yet',
			/Create it/,
		],
		[
			'unknown number',
			answer(
				404,
				'bad_identifier',
				{ message: 'bad identifier', not_found: 'The number could not be found' },
				{ path: `/accounts/${ACCOUNT}/phone_numbers/%2B14155550100` },
			),
			'KAZOO does not know the number +14155550100',
			/could not be found/,
		],
		[
			'not a number',
			answer(404, 'not_reconcilable', {
				code: 404,
				error: 'not_reconcilable',
				cause: '2001',
				message: 'number 2001 is not reconcilable',
			}),
			'“2001” is not a number that KAZOO can route',
			/\+14155550100/,
		],
		[
			'the same on KAZOO 5',
			answer(400, 'not_reconcilable', {
				code: 400,
				error: 'not_reconcilable',
				cause: '2001',
				message: 'number 2001 is not reconcilable',
			}),
			'“2001” is not a number that KAZOO can route',
			/number 2001/,
		],
		[
			'number taken',
			answer(409, 'number_exists', {
				code: 409,
				error: 'number_exists',
				cause: '+14155550100',
				message: 'number +14155550100 already exists',
			}),
			'The number +14155550100 exists already',
			/already exists/,
		],
		[
			'number of another account',
			answer(
				403,
				'forbidden',
				{ code: 403, error: 'forbidden', message: 'requestor is unauthorized to perform operation' },
				{ path: `/accounts/${ACCOUNT}/phone_numbers/%2B14155550100` },
			),
			'This log-in may not use the number +14155550100',
			/unauthorized/,
		],
		[
			'service plan',
			answer(402, 'service_restriction', { message: 'service restriction' }),
			'The service plan does not allow this',
			/service restriction/,
		],
		[
			'no credit',
			answer(402, 'no_credit', { message: 'not enough credit to perform action' }),
			'The account has not enough credit for this',
			/not enough credit/,
		],
		[
			'no credit for a number',
			answer(402, 'not_enough_credit', { error: 'not_enough_credit' }),
			'The account has not enough credit for this',
			/not_enough_credit/,
		],
		[
			'billing',
			answer(402, 'billing_issue', { message: 'Temporary billing error', reason: 'bookkeeper_fault' }),
			'The billing system behind KAZOO refused or did not answer',
			/Temporary billing error; bookkeeper_fault/,
		],
		[
			'task',
			answer(404, 'bad_identifier', {
				reason: 'task already started',
				cause: 'abc',
				message: 'bad identifier',
			}),
			'The task was started already',
			/task already started/,
		],
		[
			'table',
			answer(400, 'bad request', { missing_mandatory_fields: ['e164'] }),
			'The table lacks columns that the task needs',
			/missing mandatory fields: e164/,
		],
		[
			'bad token',
			answer(401, 'invalid_credentials', { message: 'invalid credentials' }),
			'KAZOO does not accept the log-in',
			/invalid credentials/,
		],
		['expired token', answer(401, 'invalid credentials', {}), 'The token has expired', /invalid credentials/],
		[
			'account not ours on KAZOO 5',
			answer(401, 'invalid credentials', {}, { loginOk: true }),
			'This account does not exist or is not below yours',
			/list/,
		],
		[
			'forbidden',
			answer(403, 'forbidden', { message: 'forbidden' }),
			'This log-in may not do that in the account 4d5f6a7b8c9d0e1f2a3b4c5d6e7f8091',
			/forbidden/,
		],
		[
			'forbidden, system',
			answer(403, 'forbidden', { message: 'forbidden' }, { path: '/rates' }),
			'Only the system’s admin may do this',
			/master account/,
		],
		[
			'token restrictions',
			answer(403, 'forbidden', { message: 'forbidden', cause: 'access denied by token restrictions' }),
			'Token restrictions of the account forbid this',
			/access denied/,
		],
		[
			'method',
			answer(
				405,
				'invalid_method',
				{ message: 'method not allowed' },
				{ headers: { 'Access-Control-Allow-Methods': 'OPTIONS, GET, GET' } },
			),
			'The server does not allow GET on /accounts/…/devices/…',
			/It allows GET\. /,
		],
		[
			'method, without headers',
			answer(405, '', undefined, { body: {} }),
			'The server does not allow GET on /accounts/…/devices/…',
			/generation/,
		],
		[
			'format',
			answer(406, '', undefined, { body: '' }),
			'The server cannot answer in the form asked for',
			/file/,
		],
		[
			'conflict',
			answer(409, 'datastore_conflict', { message: 'conflicting documents' }, { method: 'PATCH' }),
			'Somebody else changed the record at the same moment',
			/conflicting documents/,
		],
		[
			'conflict on creation',
			answer(409, 'datastore_conflict', { message: 'conflicting documents' }, { method: 'PUT' }),
			'There is a record with this ID, perhaps a deleted one',
			/conflicting documents/,
		],
		[
			'booking of the same second',
			answer(
				409,
				'datastore_conflict',
				{ message: 'conflicting documents' },
				{ method: 'PUT', path: `/accounts/${ACCOUNT}/ledgers/debit` },
			),
			'There is a booking of this second with the same source and usage',
			/conflicting documents/,
		],
		[
			'version 1',
			answer(410, 'gone', 'API version 1 is not supported.'),
			'The server no longer has version 1 of the API',
			/version 1 is not supported/,
		],
		[
			'precondition',
			answer(412, '', undefined, { body: undefined }),
			'The record was changed since it was read',
			/Read it again/,
		],
		[
			'media type',
			answer(415, '', undefined, { method: 'POST', body: '' }),
			'The server does not take this type of file',
			/png/,
		],
		[
			'rate limit',
			answer(429, 'too_many_requests', { message: 'too many requests' }),
			'Too many requests: the server refused this one',
			/too many requests/,
		],
		[
			'wrong type somewhere',
			answer(500, 'init failed', undefined, { method: 'PUT' }),
			'The server stumbled over the request; mostly a value is of the wrong type',
			/names no field/,
		],
		[
			'descendants',
			answer(500, 'account_has_descendants', { message: 'account has descendants' }, { method: 'DELETE' }),
			'The account has sub-accounts',
			/account has descendants/,
		],
		[
			'numbers on KAZOO 4',
			answer(
				500,
				'unspecified_fault',
				{ message: 'unspecified fault' },
				{ path: `/accounts/${ACCOUNT}/phone_numbers/%2B1` },
			),
			'KAZOO could not do this with the number, and does not say why',
			/unspecified fault/,
		],
		[
			'database',
			answer(503, 'datastore_unreachable', { message: 'datastore timeout' }),
			'KAZOO’s database did not answer',
			/datastore timeout/,
		],
		[
			'media switch',
			answer(503, 'datastore timeout', {}, { path: `/accounts/${ACCOUNT}/channels/x` }),
			'A part of KAZOO that this needs did not answer',
			/ecallmgr/,
		],
		[
			'missing view',
			answer(503, 'datastore missing view', {}),
			'KAZOO’s database is not prepared for this',
			/missing view/,
		],
		[
			'gateway time-out',
			answer(504, '', undefined, { body: '' }),
			'The server did not answer in time',
			/Try again in a while/,
		],
		[
			'web page',
			answer(200, '', undefined, {
				body: '<!DOCTYPE html><html><head><title> KAZOO UI </title></head></html>',
			}),
			'This is not Crossbar: a web page answered, “KAZOO UI”',
			/port 8000/,
		],
		[
			'web page without title',
			answer(404, '', undefined, { body: '<html><body>nginx</body></html>' }),
			'This is not Crossbar: a web page answered',
			/Server URL/,
		],
		[
			'proxy',
			answer(502, '', undefined, { body: '<html><title>502 Bad Gateway</title></html>' }),
			'The proxy in front of Crossbar could not reach it (HTTP 502)',
			/starting/,
		],
		[
			'banner',
			answer(200, '', undefined, { body: '  KAZOO  ' }),
			'A server answered, but not as Crossbar does',
			/Server URL/,
		],
		[
			'cut short',
			answer(200, '', undefined, { body: '{"data": [{"id": "ab' }),
			'The answer of the server was cut short',
			/Try again in a while/,
		],
		[
			'redirect',
			answer(302, '', undefined, { body: '', headers: { location: 'https://other.example/v2' } }),
			'The server sends us elsewhere, to https://other.example/v2',
			/not sent there/,
		],
		[
			'unknown code',
			answer(418, 'teapot', { message: 'short and stout' }),
			'KAZOO refused the request (HTTP 418)',
			/teapot: short and stout/,
		],
		[
			'text with an error status',
			answer(418, '', undefined, { body: 'no tea' }),
			'A server answered, but not as Crossbar does (HTTP 418)',
			/no tea/,
		],
	])('%s', (_name, failure, message, description) => {
		const explanation = explain(failure);
		expect(explanation.message).toBe(message);
		expect(explanation.description).toMatch(description);
		expect(explanation.httpCode).toBe(String(failure.status));
	});

	it('reads JSON without or with a wrong content type, and JSONP', () => {
		const { body, ...rest } = answer(404, 'bad_identifier', { message: 'bad identifier', cause: UNKNOWN });
		const text = JSON.stringify(body);
		const expected = explain({ ...rest, body });
		expect(explain({ ...rest, body: text, headers: { 'content-type': 'audio/x-wav' } })).toEqual(expected);
		expect(explain({ ...rest, body: `cb(${text});` })).toEqual(expected);
	});

	it('takes the request id from the header when the body has none', () => {
		const failure = answer(412, '', undefined, { body: '', headers: { 'X-Request-ID': REQUEST_ID } });
		expect(explain(failure)).toMatchObject({ requestId: REQUEST_ID });
		expect(explain(failure).description).toContain(REQUEST_ID);
	});
});
