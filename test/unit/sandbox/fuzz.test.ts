import { Agent, request } from 'node:http';
import { routesFor } from '../../../sandbox/routes';
import { Client } from './client';
import { RandomRequests, type RandomRequest } from './randomRequests';

/** Requests in all; half of them for each generation. `FUZZ_SEED=$RANDOM` tries others. */
const REQUESTS = 20_000;
const SEED = Number(process.env.FUZZ_SEED ?? 2600);
/** Requests that run side by side. */
const AT_ONCE = 16;
/** Milliseconds after which a request hangs. */
const PATIENCE = 5000;

function send(port: number, agent: Agent, { method, path, headers, body }: RandomRequest): Promise<number> {
	return new Promise((resolve, reject) => {
		const outgoing = request(
			{ port, agent, method, path, headers: { ...headers, 'content-length': String(body?.length ?? 0) } },
			(response) => {
				response.resume();
				response.on('end', () => resolve(response.statusCode ?? 0));
				response.on('error', reject);
			},
		);
		outgoing.setTimeout(PATIENCE, () => outgoing.destroy(new Error('no answer')));
		outgoing.on('error', reject);
		outgoing.end(body);
	});
}

describe.each([4, 5] as const)('KAZOO %i', (profile) => {
	test('answers whatever it is asked', async () => {
		const client = await Client.start({ profile, cdrs: 20, writeDelay: 0 });
		const { sandbox, account, token } = client;
		const { demo, store } = sandbox;
		await client.logIn(demo.master.username, demo.master.password, { account_realm: demo.master.realm });
		const ids = [...store.all()].flatMap((database) => [...database.all()].map((doc) => doc._id));
		const requests = new RandomRequests(
			{
				routes: routesFor(profile),
				ids: [...ids, ...store.numbersOf(account).map((number) => number._id)],
				account,
				tokens: [...Array<string>(6).fill(token), ...Array<string>(5).fill(client.token), 'x.y.z'],
				profile,
			},
			SEED + profile,
		);
		const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
		const errors = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
		const wrong: string[] = [];
		let left = REQUESTS / 2;
		const work = async () => {
			while (left-- > 0) {
				const asked = requests.next();
				const before = errors.mock.calls.length;
				const told = `${asked.method} ${asked.path.slice(0, 300)} ${asked.body?.toString('utf8').slice(0, 500) ?? ''}`;
				try {
					const status = await send(sandbox.port, agent, asked);
					if (status < 200 || status > 599) wrong.push(`${status} ${told}`);
				} catch (error) {
					wrong.push(`${(error as Error).message} ${told}`);
				}
				const crash = errors.mock.calls.slice(before).find(([text]) => String(text).startsWith('sandbox: '));
				if (crash) wrong.push(`${String(crash[0]).split('\n').slice(0, 3).join(' ')} | ${told}`);
			}
		};
		try {
			await Promise.all(Array.from({ length: AT_ONCE }, work));
		} finally {
			errors.mockRestore();
			agent.destroy();
			await sandbox.close();
		}
		expect(wrong).toEqual([]);
	}, 120_000);
});
