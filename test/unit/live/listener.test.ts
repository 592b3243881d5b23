/** How the connection is kept: on a clock and a server of the test's own. */
import type { EventFrame } from '../../../crossbar/live/frames';
import { LiveListener } from '../../../crossbar/live/listener';
import type { ListenerSettings } from '../../../crossbar/live/listener';
import type { Subscription } from '../../../crossbar/live/subscriptions';
import { FakeClock, FakeServer } from './fakes';
import type { FakeSocket } from './fakes';

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 10, 20, 12);
const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJhY2NvdW50X2lkIjoiYSJ9.c2lnbmF0dXJl';

interface Setup {
	clock: FakeClock;
	server: FakeServer;
	listener: LiveListener;
	events: EventFrame[];
	failures: Error[];
	/** How often it logged in. */
	logins: () => number;
}

const listeners: LiveListener[] = [];

function setUp(more: Partial<ListenerSettings> = {}, begin = NOON): Setup {
	const clock = new FakeClock(begin);
	const server = new FakeServer();
	const events: EventFrame[] = [];
	const failures: Error[] = [];
	let logins = 0;
	const listener = new LiveListener({
		Socket: server.Socket,
		clock,
		url: 'ws://kazoo.example:5555/',
		login: async () => {
			logins++;
			return { token: TOKEN, generation: 4 };
		},
		subscriptions: async () => [{ accountId: 'a', bindings: ['call.CHANNEL_DESTROY.*'] }],
		onEvent: (event) => events.push(event),
		onFailure: (error) => failures.push(error as Error),
		patience: 5 * MINUTE,
		random: () => 0.5,
		...more,
	});
	listeners.push(listener);
	return { clock, server, listener, events, failures, logins: () => logins };
}

async function started(...parameters: Parameters<typeof setUp>): Promise<Setup> {
	const setup = setUp(...parameters);
	const start = setup.listener.start();
	await setup.clock.pass(0);
	await start;
	return setup;
}

const last = ({ sockets }: FakeServer): FakeSocket => sockets.at(-1) as FakeSocket;

afterEach(() => {
	for (const listener of listeners.splice(0)) listener.close();
});

describe('subscribing', () => {
	const wanted: Subscription[] = [
		{ accountId: 'a', bindings: ['call.*.*', 'fax.status.*'] },
		{ accountId: 'b', bindings: ['call.*.*'] },
	];

	test('KAZOO 4 gets one binding a message, KAZOO 5 a list', async () => {
		const four = await started({ subscriptions: async () => wanted });
		expect(last(four.server).asked).toEqual(['a call.*.*', 'a fax.status.*', 'b call.*.*']);
		const five = await started({
			subscriptions: async () => wanted,
			login: async () => ({ token: TOKEN, generation: 5 }),
		});
		expect(last(five.server).asked).toEqual(['a call.*.*,fax.status.*', 'b call.*.*']);
		expect(last(five.server).messages[0]?.auth_token).toBe(TOKEN);
	});

	test('many accounts do not exceed the messages that the server takes', async () => {
		const many = Array.from({ length: 300 }, (_, index) => ({
			accountId: `${index}`,
			bindings: ['call.*.*'],
		}));
		const { listener, clock, server } = setUp({ subscriptions: async () => many });
		const start = listener.start();
		for (let second = 0; second < 40; second++) {
			for (let part = 0; part < 20; part++) await clock.pass(50);
			expect(last(server).asked.length).toBeLessThanOrEqual(100 + 10 * second);
		}
		await start;
		expect(last(server).asked).toHaveLength(300);
	});

	test('what the server refused for its rate is asked again', async () => {
		const { listener, clock, server } = setUp();
		let refusals = 2;
		server.refuse = () => (refusals-- > 0 ? ['rate limiting threshold hit for 10.0.0.1:5!'] : undefined);
		const start = listener.start();
		await clock.pass(MINUTE);
		await start;
		expect(last(server).asked).toHaveLength(3);
	});

	test.each<[string, (server: FakeServer) => void]>([
		['answers nothing but pings', (server) => (server.answers = false)],
		[
			'refuses every message for its rate',
			(server) => (server.refuse = () => ['rate limiting threshold hit']),
		],
	])('a server that %s is given up', async (_, misbehave) => {
		const { listener, clock, server } = setUp();
		misbehave(server);
		const start = listener.start().catch((error: unknown) => error);
		for (let second = 0; second < 150; second++) {
			await clock.pass(1000);
			last(server).deliver({ action: 'reply', request_id: 'n8n-ping-2', status: 'success' });
		}
		expect(await start).toMatchObject({
			message: expect.stringMatching(/did not answer when|takes no more messages/) as string,
			lasting: false,
		});
		expect(server.open).toEqual([]);
	});

	test('what stands behind the address of the server is in no error', async () => {
		const { listener, clock, server } = setUp({ url: 'wss://kazoo.example/ws?key=of-the-proxy' });
		server.refuses = true;
		const start = listener.start().catch((error: unknown) => error);
		await clock.pass(0);
		expect(await start).toMatchObject({
			message: 'No connection to the websocket server at wss://kazoo.example/ws',
		});
	});

	test('a refusal is thrown without the token, and is not tried again', async () => {
		const { listener, clock, server } = setUp();
		server.refuse = () => ['unauthorized account id'];
		const start = expect(listener.start()).rejects.toMatchObject({
			message: 'The log-in may not listen to this account',
			lasting: true,
		});
		await clock.pass(0);
		await start;
		await clock.pass(10 * MINUTE);
		expect(server.sockets).toHaveLength(1);
		expect(server.open).toEqual([]);
	});

	test('the token that a server quotes is masked', async () => {
		const { listener, clock, server } = setUp();
		server.refuse = () => [`failed to authenticate token ${TOKEN}`];
		const start = listener.start().catch((error: unknown) => error);
		await clock.pass(0);
		const error = (await start) as Error & { description: string };
		expect(error.description).toMatch(/failed to authenticate token \*+/);
		expect(error.message + error.description).not.toMatch(/eyJ|signature|c2lnbm/);
	});
});

describe('when the connection breaks', () => {
	test('it is made again with a fresh log-in, and subscribed before anything else', async () => {
		const { clock, server, logins, failures } = await started();
		last(server).drop();
		await clock.pass(1000);
		expect(server.sockets).toHaveLength(2);
		expect(logins()).toBe(2);
		expect(last(server).asked).toEqual(['a call.CHANNEL_DESTROY.*']);
		expect(failures).toEqual([]);
	});

	test('the pauses grow to a minute; a connection that worked begins anew', async () => {
		const { clock, server, failures } = await started({ patience: 60 * MINUTE });
		server.refuses = true;
		last(server).drop();
		await clock.pass(20 * MINUTE);
		const attempts = server.sockets.length;
		expect(attempts).toBeGreaterThan(20);
		expect(attempts).toBeLessThan(45);
		server.refuses = false;
		await clock.pass(2 * MINUTE);
		last(server).drop();
		const before = server.sockets.length;
		await clock.pass(500);
		expect(server.sockets.length).toBe(before + 1);
		expect(failures).toEqual([]);
	});

	test('after the patience has gone it is reported once, and not tried any more', async () => {
		const { clock, server, failures } = await started();
		server.refuses = true;
		last(server).drop();
		await clock.pass(4 * MINUTE);
		expect(failures).toEqual([]);
		await clock.pass(3 * MINUTE);
		expect(failures).toHaveLength(1);
		expect(failures[0]).toMatchObject({
			message: expect.stringMatching(/^No connection to the websocket server for [56] minutes$/),
			description: expect.stringMatching(/refused.*does not send them again/s),
		});
		const attempts = server.sockets.length;
		await clock.pass(30 * MINUTE);
		expect(server.sockets).toHaveLength(attempts);
		expect(failures).toHaveLength(1);
	});

	test('a subscription refused later is reported at once', async () => {
		const { clock, server, failures } = await started();
		server.refuse = () => ['unauthorized account id'];
		last(server).drop();
		await clock.pass(2000);
		expect(failures).toMatchObject([{ message: 'The log-in may not listen to this account' }]);
	});

	test('closing ends everything', async () => {
		const { clock, server, listener, failures } = await started();
		last(server).drop();
		listener.close();
		await clock.pass(30 * MINUTE);
		expect(server.sockets).toHaveLength(1);
		expect(server.open).toEqual([]);
		expect(failures).toEqual([]);
	});

	test('closing while it connects leaves no connection', async () => {
		const { clock, server, listener } = setUp();
		server.answers = false;
		const start = listener.start().catch(() => undefined);
		await clock.pass(10);
		listener.close();
		await clock.pass(10);
		await start;
		expect(server.open).toEqual([]);
	});
});

describe('a quiet connection', () => {
	test('says something twice a minute', async () => {
		const { clock, server } = await started();
		await clock.pass(10 * MINUTE);
		const pings = last(server).messages.filter(({ action }) => action === 'ping');
		expect(pings.length).toBeGreaterThanOrEqual(20);
		expect(server.sockets).toHaveLength(1);
		expect(pings.every(({ auth_token: token }) => token === undefined)).toBe(true);
	});

	test('that does not answer is given up, and another one made', async () => {
		const { clock, server } = await started();
		server.answers = false;
		await clock.pass(70_000);
		server.answers = true;
		await clock.pass(10_000);
		expect(server.sockets.length).toBeGreaterThan(1);
		expect(server.sockets[0]?.closed).toBe(true);
		expect(server.open).toHaveLength(1);
	});
});

describe('when the month changes', () => {
	const monthly = async (): Promise<Subscription[]> => [
		{ accountId: 'a', bindings: ['object.doc_created.mailbox_message'] },
	];
	const eve = Date.UTC(2026, 10, 30, 23, 59, 0);

	test('what is kept by month is subscribed anew before the old connection ends, also for a slow clock', async () => {
		const { clock, server, events } = await started({ subscriptions: monthly }, eve);
		const [old] = server.sockets as [FakeSocket];
		await clock.pass(MINUTE + 999);
		expect(server.sockets).toHaveLength(1);
		await clock.pass(10);
		expect(server.sockets).toHaveLength(2);
		expect(old.closed).toBe(true);
		last(server).deliver({ action: 'event', name: 'doc_created', data: { id: '202612-x' } });
		expect(events).toHaveLength(1);
		await clock.pass(3 * MINUTE);
		expect(server.sockets).toHaveLength(3);
		await clock.pass(60 * MINUTE);
		expect(server.open).toHaveLength(1);
		expect(server.sockets).toHaveLength(3);
	});

	test('other subscriptions stay', async () => {
		const { clock, server } = await started({}, eve);
		await clock.pass(10 * MINUTE);
		expect(server.sockets).toHaveLength(1);
	});

	test('a server that cannot be reached at that moment is tried again, and the old connection stays', async () => {
		const { clock, server, failures } = await started({ subscriptions: monthly }, eve);
		server.refuses = true;
		await clock.pass(2 * MINUTE);
		expect(server.sockets[0]?.closed).toBe(false);
		server.refuses = false;
		await clock.pass(MINUTE);
		expect(server.open).toHaveLength(1);
		expect(server.sockets[0]?.closed).toBe(true);
		expect(failures).toEqual([]);
	});
});

test('an account that is new is listened to within ten minutes', async () => {
	const accounts = ['a'];
	const { clock, server } = await started({
		subscriptions: async () => accounts.map((accountId) => ({ accountId, bindings: ['call.*.*'] })),
	});
	accounts.push('b');
	await clock.pass(11 * MINUTE);
	expect(server.sockets).toHaveLength(1);
	expect(last(server).asked).toEqual(['a call.*.*', 'b call.*.*']);
});
