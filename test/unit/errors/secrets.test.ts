import { explain, type Failure } from '../../../crossbar/errors/explain';
import { answer, invalid, REQUEST_ID, UNKNOWN } from './fixtures';

describe('secrets', () => {
	const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJhY2NvdW50X2lkIjoiYWJjIn0.c2lnbmF0dXJl';
	const KEY = 'f'.repeat(63) + '0';

	const shown = (failure: Failure): string => JSON.stringify(explain(failure));

	it('are not in a refused API key, which the server repeats', () => {
		const text = shown(answer(404, 'bad identifier', [KEY], { method: 'PUT', path: '/api_auth' }));
		expect(text).toContain('bad identifier');
		expect(text).not.toContain(KEY);
	});

	it('are not in odd keys either', () => {
		expect(
			shown(answer(404, 'bad identifier', ['my-short-key'], { method: 'PUT', path: '/api_auth' })),
		).not.toContain('my-short-key');
	});

	it('are not in refused values', () => {
		for (const path of [
			'password',
			'sip.password',
			'sip%2Epassword',
			'pin',
			'member.pins.0',
			'api_key',
			'credentials',
		]) {
			const text = shown(
				invalid({
					[path]: {
						minLength: {
							message: 'String must be at least 9 characters',
							target: 9,
							cause: 'hunter2!',
							value: 'hunter2!',
						},
					},
				}),
			);
			expect(text).not.toContain('hunter2!');
			expect(text).toContain('at least 9 characters');
		}
	});

	it('are not in paths, texts, headers and the echoed token', () => {
		expect(
			shown(answer(403, 'forbidden', { message: 'forbidden' }, { path: `/user_auth/${JWT}` })),
		).not.toContain('eyJ');
		expect(
			shown(answer(403, 'forbidden', { message: 'forbidden' }, { path: '/user_auth/opaque' })),
		).not.toContain('opaque');
		expect(shown(answer(500, 'generic_error', { message: `bad token ${JWT} or key ${KEY}` }))).not.toMatch(
			/eyJ|fffff/,
		);
		expect(shown(answer(500, 'generic_error', { message: 'token secret-echoed-token' }))).not.toContain(
			'secret-echoed-token',
		);
		expect(
			shown(
				answer(302, '', undefined, {
					body: '',
					headers: { location: 'https://ann:pw@x.example/?auth_token=abc123' },
				}),
			),
		).not.toMatch(/ann:pw|abc123/);
		expect(
			shown({ method: 'GET', path: '/x', networkMessage: 'sent X-Auth-Token: abcdefgh, Basic YWJjOmRlZg==' }),
		).not.toMatch(/abcdefgh|YWJj/);
	});

	it('are not in documents that a failure echoes', () => {
		const text = shown(
			answer(500, 'init failed', { sip: { password: 'hunter2!' }, password: 'hunter2!', name: 'Ann' }),
		);
		expect(text).not.toMatch(/hunter2|Ann/);
		expect(shown(answer(400, 'bad request', { password: 'hunter2!', row: 5 }))).not.toContain('hunter2');
	});

	const WORDS = 'correct  horse/battery';
	it.each<[string, string]>([
		...[0, 3, 7, 20].map((more): [string, string] => [
			`cut after ${more} characters`,
			`${'x'.repeat(294 - more)} ${WORDS}`,
		]),
		[
			'in Base64',
			`Basic ${Buffer.from(WORDS).toString('base64')}, ${Buffer.from(WORDS).toString('base64url')}`,
		],
		['in a form', encodeURIComponent(WORDS).replace(/%20/g, '+')],
		['in an address', encodeURIComponent(WORDS).toLowerCase()],
	])('that are known are not in a text, %s', (_, message) => {
		const text = shown({ ...answer(500, 'x', { message }), secrets: [WORDS] });
		expect(text).toContain('****');
		expect(text).not.toMatch(/cor|horse|battery|Y29y/);
	});

	it('are not in addresses, headers and what is written in JSON or Erlang', () => {
		for (const message of [
			'called https://n8n.example/webhook/x?secret=hunter2!&a=b',
			'called https://ann:p@hunter2!@host.example/x',
			'sent {"password": "my hunter2!", "n8n_secret":"hunter2!"}',
			'crashed: [{<<"password">>,<<"hunter2!">>}]',
			'authorization: bearer hunter2!',
			'Set-Cookie: session=hunter2!',
		])
			expect(shown(answer(500, 'x', { message }))).not.toContain('hunter2');
		const voice_url = { format: { message: 'no URL', value: 'https://n8n.example/x?secret=hunter2!' } };
		expect(shown(invalid({ voice_url }))).not.toContain('hunter2');
		expect(shown(invalid({ [KEY]: { required: { message: 'x' } } }))).not.toContain(KEY);
	});

	it('but ids, revisions and long numbers are', () => {
		const text = shown(answer(404, 'bad_identifier', { message: 'bad identifier', cause: UNKNOWN }));
		expect(text).toContain(UNKNOWN);
		expect(text).toContain(REQUEST_ID);
		expect(shown(answer(500, 'x', { message: `number ${'1'.repeat(45)}` }))).toContain('1'.repeat(45));
		expect(
			shown(invalid({ password: { required: { message: 'The password must be provided' } } })),
		).toContain('The password must be provided');
	});
});
