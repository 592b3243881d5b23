import { createHash } from 'node:crypto';
import { Bodies } from '../../conformance/bodies';
import { Clock } from '../../conformance/clock';
import { describe as describeBody } from '../../conformance/client';
import { Mapping } from '../../conformance/mapping';
import { masterOf, presupposedBy } from '../../conformance/presupposed';
import { parseRecording, scenarioOf, timeOf, type Exchange } from '../../conformance/recording';

const MASTER = '1'.repeat(32);
const ACCOUNT = '2'.repeat(32);
const DEVICE = '3'.repeat(32);

const exchange = (
	method: string,
	path: string,
	body: unknown,
	status: number,
	data: unknown,
	type = 'application/json',
) =>
	JSON.stringify({
		name: 'x.y',
		request: { method, path, headers: { 'x-auth-token': '<token:master>', 'content-type': type }, body },
		response: { status, headers: {}, body: { timestamp: '2026-11-23T17:38:49Z', data } },
	});

describe('recordings', () => {
	it('tells kinds of lines apart and numbers them as the file does', () => {
		const lines = parseRecording(
			[
				exchange('GET', '/v2/about', undefined, 200, {}),
				'',
				'{"name":"d","direction":"from_server","request":{"method":"POST","path":"/h"},"response":{"status":200}}',
				'{"name":"w","direction":"to_server","frame":{"action":"ping"}}',
				'{"name":"s","direction":"seeded","document":{}}',
				'{"name":"p","direction":"amqp_publish","api":"x","payload":{}}',
				'{"name":"begin","interaction_id":"1"}',
			].join('\n'),
		);
		expect(lines.map(({ kind, line }) => [kind, line])).toEqual([
			['exchange', 1],
			['webhook', 3],
			['websocket', 4],
			['seed', 5],
			['published', 6],
			['published', 7],
		]);
		expect(timeOf(lines[0] as Exchange)).toBe(Date.UTC(2026, 10, 23, 17, 38, 49));
	});

	it('takes what was made a moment later for the better time', () => {
		const [line] = parseRecording(
			exchange('PUT', '/v2/x', {}, 201, { created: 63962674731, old: 63962670000 }),
		);
		expect(timeOf(line as Exchange)).toBe(Date.UTC(2026, 10, 23, 17, 38, 51));
	});

	it('says in which line the JSON is broken', () => {
		expect(() => parseRecording('{}\n{')).toThrow('line 2 is not JSON');
	});

	it('groups by the first word, jobs by the second too', () => {
		expect([
			scenarioOf('users.get.ok'),
			scenarioOf('job.onboard.01.read'),
			scenarioOf('login x-admin'),
		]).toEqual(['users', 'job.onboard', 'login']);
	});
});

describe('what a recording takes for granted', () => {
	it('finds the master, foreign accounts and documents that nobody made', () => {
		const lines = parseRecording(
			[
				exchange('PUT', `/v2/accounts/${MASTER}`, { data: { name: 'a' } }, 201, { id: ACCOUNT }),
				exchange('GET', `/v2/accounts/${ACCOUNT}/devices`, undefined, 200, [{ id: DEVICE, name: 'seen' }]),
				exchange('GET', `/v2/accounts/${ACCOUNT}/devices/${DEVICE}`, undefined, 200, {
					id: DEVICE,
					name: 'seen',
					sip: {},
				}),
				exchange('GET', `/v2/accounts/${'4'.repeat(32)}/users`, undefined, 200, []),
				exchange('GET', `/v2/accounts/${'5'.repeat(32)}/users`, undefined, 404, {}),
			].join('\n'),
		);
		expect(masterOf(lines)).toBe(MASTER);
		const needed = presupposedBy(lines, MASTER);
		expect([...needed.keys()].sort()).toEqual([2, 4]);
		expect(needed.get(2)).toEqual([
			{
				kind: 'document',
				account: ACCOUNT,
				type: 'device',
				id: DEVICE,
				fields: { name: 'seen', sip: {} },
				firstSeen: 2,
				lastSeen: 3,
			},
		]);
		expect(needed.get(4)).toEqual([expect.objectContaining({ kind: 'account', id: '4'.repeat(32) })]);
	});

	it('takes what a list shows of missing fields for missing, and puts documents in together', () => {
		const row = (n: number) => ({ id: `${n}`.repeat(32), name: `d${n}`, mac_address: '', flags: [] });
		const lines = parseRecording(
			[
				exchange('PUT', `/v2/accounts/${MASTER}`, { data: { name: 'a' } }, 201, { id: ACCOUNT }),
				exchange('GET', `/v2/accounts/${ACCOUNT}/devices?filter_x=1`, undefined, 200, [row(7)]),
				exchange('GET', `/v2/accounts/${ACCOUNT}/devices?page_size=1&start_key=x`, undefined, 200, [row(8)]),
			].join('\n'),
		);
		expect(presupposedBy(lines, MASTER).get(2)).toEqual([
			expect.objectContaining({ id: '7'.repeat(32), fields: { name: 'd7', x: 1 } }),
			expect.objectContaining({ id: '8'.repeat(32), fields: { name: 'd8' } }),
		]);
	});

	it('sees when a document is gone that no line deleted', () => {
		const made = JSON.parse(
			exchange('PUT', `/v2/accounts/${ACCOUNT}/devices`, { data: {} }, 201, { id: DEVICE }),
		) as {
			response: { headers: Record<string, string> };
		};
		made.response.headers.location = `/v2/accounts/${ACCOUNT}/devices/${DEVICE}`;
		const account = exchange('PUT', `/v2/accounts/${MASTER}`, { data: { name: 'a' } }, 201, { id: ACCOUNT });
		const empty = exchange('GET', `/v2/accounts/${ACCOUNT}/devices`, undefined, 200, []);
		const filtered = exchange('GET', `/v2/accounts/${ACCOUNT}/devices?filter_name=x`, undefined, 200, []);
		const gone = presupposedBy(
			parseRecording([account, JSON.stringify(made), filtered, empty].join('\n')),
			MASTER,
		);
		expect([...gone]).toEqual([[4, [{ kind: 'vanished', account: ACCOUNT, id: DEVICE }]]]);
	});

	it('needs nothing when the recording makes everything', () => {
		const lines = parseRecording(
			[
				exchange('PUT', `/v2/accounts/${MASTER}`, { data: { name: 'a' } }, 201, { id: ACCOUNT }),
				exchange('PUT', `/v2/accounts/${ACCOUNT}/devices`, { data: {} }, 201, { id: DEVICE }),
				exchange('GET', `/v2/accounts/${ACCOUNT}/devices`, undefined, 200, [{ id: DEVICE }]),
			].join('\n'),
		);
		expect(presupposedBy(lines, MASTER).size).toBe(0);
	});
});

describe('bodies', () => {
	const sha1 = (bytes: Buffer) => createHash('sha1').update(bytes).digest('hex');
	const bodyOf = (...sources: string[]) => {
		const lines = parseRecording(sources.join('\n'));
		return new Bodies(lines).of(lines[0] as Exchange, new Mapping());
	};

	it('finds bytes that another line holds in base64', () => {
		const bytes = Buffer.from(Array.from({ length: 60 }, (_, index) => 255 - index));
		const binary = `<binary 60 bytes sha1:${sha1(bytes)}>`;
		expect(
			bodyOf(
				exchange('POST', '/v2/x', binary, 200, {}, 'audio/mpeg'),
				exchange('POST', '/v2/x', `data:audio/mpeg;base64,${bytes.toString('base64')}`, 200, {}),
			),
		).toEqual(bytes);
	});

	it('proves a guess by its hash', () => {
		const bytes = Buffer.from('{"data":{"name":"guess me"}}');
		const binary = `<binary ${bytes.length} bytes sha1:${sha1(bytes)}>`;
		expect(bodyOf(exchange('PUT', '/v2/x', binary, 201, { name: 'guess me', id: DEVICE }))).toEqual(bytes);
	});

	it('makes up the rest: right kind, right length, and no text', () => {
		const body = bodyOf(
			exchange('POST', '/v2/x', `<binary 200 bytes sha1:${'0'.repeat(40)}>`, 200, {}, 'audio/x-wav'),
		);
		expect(body).toHaveLength(200);
		expect(body?.toString('latin1', 0, 4)).toBe('RIFF');
		expect(describeBody(body as Buffer)).toMatch(/^<binary 200 bytes sha1:/);
	});

	it('makes a large envelope of the recorded size', () => {
		const body = bodyOf(exchange('PUT', '/v2/x', { $elided_bytes: 5000 }, 400, {}));
		expect(body).toHaveLength(5000);
		expect(JSON.parse(body?.toString() ?? '')).toEqual({ data: expect.objectContaining({ name: 'large' }) });
	});
});

describe('Clock', () => {
	it('sets the time of the whole process, and gives it back', () => {
		const clock = new Clock();
		clock.install();
		try {
			clock.set(Date.UTC(2026, 10, 23));
			expect(new Date().toISOString()).toMatch(/^2026-11-23T00:00:00/);
			expect(Math.abs(Date.now() - Date.UTC(2026, 10, 23))).toBeLessThan(1000);
			expect(new Date(0).toISOString()).toBe('1970-01-01T00:00:00.000Z');
			expect(new Date()).toBeInstanceOf(Date);
		} finally {
			clock.restore();
		}
		expect(new Date().getTime() - performance.timeOrigin - performance.now()).toBeLessThan(5000);
	});
});
