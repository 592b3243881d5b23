/** After a write that may have been carried out every message says so and how to look; a read never does. */
import { explain, provablyNotCarriedOut } from '../../../crossbar/errors/explain';
import { NETWORK_HINTS } from '../../../crossbar/errors/network';
import { SERVER } from '../../../crossbar/errors/server';
import { ACCOUNT, DEVICE, envelope } from './fixtures';

const UNSURE = /It may have been carried out all the same: look .+ before repeating it/;
/** Whatever else a message could say of a change. */
const OF_CHANGES = /may have been|all the same|before repeating|before sending|what is there now/i;

const WRITES = ['PUT', 'POST', 'PATCH', 'DELETE'];
const PATHS = [DEVICE, `/accounts/${ACCOUNT}/devices`, `/accounts/${ACCOUNT}`, '/channels/abc', '/rates'];

const said = (failure: Parameters<typeof explain>[0]): string => {
	const { message, description } = explain(failure);
	return `${message}\n${description}`;
};

/** What gateways and a server that breaks answer with. */
const bodies = (status: number): unknown[] => [
	`<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`,
	'upstream connect error or disconnect/reset before headers',
	'',
	undefined,
	'{"data":{"id":"ab',
	{ error: 'gateway', detail: 'no upstream' },
	envelope(status, 'datastore_fault', {}),
	envelope(status, 'unspecified_fault', {}),
	envelope(status, 'something new', { message: 'something new' }),
];

const answers = [500, 502, 503, 504, 520, 524, 408, 499, 200, 201].flatMap((status) =>
	bodies(status).map((body) => ({ status, body })),
);

describe('a write whose answer was lost', () => {
	it.each(WRITES)('%s', (method) => {
		for (const path of PATHS)
			for (const answer of answers) {
				// 408 and 499 in JSON are Crossbar's own, which does not give up
				expect({ ...answer, path, said: said({ method, path, ...answer }) }).toEqual(
					expect.objectContaining({ said: expect.stringMatching(UNSURE) as string }),
				);
			}
	});

	it('every way in which no answer comes', () => {
		for (const [networkCode, networkMessage] of [
			['ETIMEDOUT', 'read ETIMEDOUT'],
			['ECONNABORTED', 'timeout of 60000ms exceeded'],
			['ECONNRESET', 'read ECONNRESET'],
			['', 'socket hang up'],
			['HPE_INVALID_CONSTANT', 'Parse Error: Expected HTTP/'],
			['EWHATEVER', 'odd'],
		] as const) {
			const failure = { method: 'PATCH', path: DEVICE, networkCode, networkMessage };
			expect(provablyNotCarriedOut(failure)).toBe(false);
			expect(said(failure)).toMatch(UNSURE);
		}
	});

	it('does not advise to try again', () => {
		for (const answer of answers)
			expect(said({ method: 'PUT', path: DEVICE, ...answer })).not.toMatch(/try again/i);
	});

	it('a GET that places a call counts as one', () => {
		const failure = { method: 'GET', path: '/accounts/a/quickcall/1', writes: true, status: 504, body: '' };
		expect(said(failure)).toMatch(UNSURE);
		expect(said(failure)).toMatch(/Channel: Get Many/);
	});
});

describe('a read', () => {
	it('never hears that a change may have been made', () => {
		for (const path of PATHS)
			for (const answer of answers) expect(said({ method: 'GET', path, ...answer })).not.toMatch(OF_CHANGES);
		for (const { code, words } of NETWORK_HINTS) {
			const failure = { networkCode: code?.source ?? '', networkMessage: words?.source ?? '' };
			expect(said({ method: 'GET', path: DEVICE, ...failure })).not.toMatch(OF_CHANGES);
		}
		expect(said({ method: 'GET', path: DEVICE, networkCode: 'ECONNRESET' })).toMatch(/try again/i);
	});

	it('no hint speaks of changes on its own: only who knows the method does', () => {
		for (const { happened, todo } of [...SERVER, ...NETWORK_HINTS])
			expect(`${happened} ${todo}`).not.toMatch(OF_CHANGES);
	});
});

describe('a write that was refused', () => {
	it.each([
		[400, envelope(400, 'validation error', { name: { required: { message: 'x' } } })],
		[404, envelope(404, 'bad_identifier', {})],
		[409, envelope(409, 'datastore_conflict', {})],
		[413, '<html><body>Too large</body></html>'],
		[429, '<html><body>Too many</body></html>'],
		[500, envelope(500, 'account_has_descendants', {})],
		[501, envelope(501, 'not implemented', {})],
	])('%d', (status, body) => {
		expect(said({ method: 'PUT', path: DEVICE, status, body })).not.toMatch(OF_CHANGES);
	});

	const account = `/accounts/${ACCOUNT}`;
	const taken = envelope(400, 'validation error', { realm: { unique: { message: 'taken', cause: 'x' } } });

	it.each([
		['PATCH', account, 412, ''],
		['POST', account, 412, ''],
		['PATCH', account, 400, taken],
	])('KAZOO changes an account all the same: %s %s %d', (method, path, status, body) => {
		expect(said({ method, path, status, body })).toMatch(UNSURE);
		expect(said({ method, path, status, body })).not.toMatch(/nothing was stored/i);
	});

	it.each([
		['PUT', account, 400, taken],
		['PATCH', DEVICE, 412, ''],
		['PATCH', `${account}/users/abc`, 400, taken],
	])('but nothing else: %s %s %d', (method, path, status, body) => {
		expect(said({ method, path, status, body })).not.toMatch(UNSURE);
	});
});
