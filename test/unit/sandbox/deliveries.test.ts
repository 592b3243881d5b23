import fc from 'fast-check';
import { WebhookStage } from './webhookStage';

let stage: WebhookStage;
let client: WebhookStage['client'];
let receiver: WebhookStage['receiver'];
const hook: WebhookStage['hook'] = (...values) => stage.hook(...values);
const publish: WebhookStage['publish'] = (...values) => stage.publish(...values);
const bodies = () => stage.bodies();

async function start(...values: Parameters<typeof WebhookStage.start>): Promise<void> {
	stage = await WebhookStage.start(...values);
	({ client, receiver } = stage);
}

afterEach(() => stage.close());

describe('receivers that fail', () => {
	it('are tried again when there is no connection, not when the answer is bad', async () => {
		let broken = 2;
		await start(({ path }) => {
			if (path === '/bad') return { status: 202 };
			return broken-- > 0 ? null : { status: 200 };
		});
		await hook({ hook: 'channel_create', uri: `${receiver.url}/broken`, retries: 3 });
		const bad = await hook({ hook: 'channel_create', uri: `${receiver.url}/bad`, retries: 3 });
		publish('CHANNEL_CREATE');
		await client.sandbox.deliveries.settled();
		expect(receiver.requests.filter(({ path }) => path === '/broken')).toHaveLength(3);
		expect(receiver.requests.filter(({ path }) => path === '/bad')).toHaveLength(1);
		const attempts = await client.own('GET', `/webhooks/${bad}/attempts`);
		expect(attempts.body.data).toMatchObject([
			{
				result: 'failure',
				reason: 'bad response code',
				resp_status_code: '202',
				try: 3,
				retries_left: 2,
				hook_event: 'CHANNEL_CREATE',
			},
		]);
		expect((await client.own('GET', '/webhooks/attempts')).body.data).toHaveLength(3);
	});

	it('may answer 201 to a PUT, and redirect', async () => {
		await start(({ path }) =>
			path === '/elsewhere' ? { status: 302, headers: { location: '/there' } } : { status: 201 },
		);
		await hook({ hook: 'channel_create', uri: `${receiver.url}/put`, http_verb: 'put' });
		await hook({ hook: 'channel_create', uri: `${receiver.url}/elsewhere` });
		publish('CHANNEL_CREATE');
		await client.sandbox.deliveries.settled();
		expect(receiver.requests.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
			'GET /there',
			'POST /elsewhere',
			'PUT /put',
		]);
		expect(
			client.sandbox.deliveries
				.list()
				.map(({ method, success }) => [method, success])
				.sort(),
		).toEqual([
			['post', false],
			['put', true],
		]);
	});

	it('are switched off after six failures and come back by an edit', async () => {
		let status = 500;
		await start(() => ({ status }));
		const id = await hook({ hook: 'channel_create' });
		const watch = await hook({
			hook: 'notifications',
			custom_data: { type: 'webhook_disabled' },
			uri: `${receiver.url}/watch`,
		});
		const publishTimes = async (times: number) => {
			for (let index = 0; index < times; index++) publish('CHANNEL_CREATE');
			await client.sandbox.deliveries.settled();
			client.sandbox.deliveries.check();
			await client.sandbox.deliveries.settled();
		};
		const shown = async () => {
			const list = await client.own('GET', '/webhooks');
			return (list.body.data as Array<Record<string, unknown>>).find((row) => row.id === id);
		};
		await publishTimes(5);
		expect(await shown()).toMatchObject({ enabled: true });
		await publishTimes(1);
		expect(await shown()).toMatchObject({ enabled: false, disable_reason: expect.any(String) as string });
		expect(receiver.requests.at(-1)?.headers['x-hook-id']).toBe(watch);
		await publishTimes(1);
		expect(receiver.requests.filter(({ path }) => path === '/hook')).toHaveLength(6);
		status = 200;
		await client.own('PATCH', `/webhooks/${id}`, { data: { enabled: true } });
		await publishTimes(1);
		expect(await shown()).not.toHaveProperty('disable_reason');
		expect(receiver.requests.filter(({ path }) => path === '/hook')).toHaveLength(7);
	});

	it('get nothing while deliveries are held back, and everything afterwards', async () => {
		await start();
		await hook({ hook: 'channel_create' });
		client.sandbox.faults([{ kind: 'hold-webhooks' }]);
		publish('CHANNEL_CREATE');
		publish('CHANNEL_CREATE');
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(receiver.requests).toHaveLength(0);
		client.sandbox.faults([]);
		expect(await bodies()).toHaveLength(2);
	});
});

describe('a burst', () => {
	it('of 2,000 events loses none, and each hook gets them in their order', async () => {
		await start();
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.constantFrom('CHANNEL_CREATE', 'CHANNEL_ANSWER', 'CHANNEL_DESTROY'), {
					minLength: 2000,
					maxLength: 2000,
				}),
				async (names) => {
					const hooks = [
						await hook({ hook: 'all', uri: `${receiver.url}/all` }),
						await hook({ hook: 'channel_answer', uri: `${receiver.url}/answer` }),
					];
					receiver.requests.length = 0;
					names.forEach((name, index) => publish(name, { 'Call-ID': String(index) }));
					await client.sandbox.deliveries.settled();
					const order = (id?: string) =>
						receiver.requests
							.filter(({ headers }) => headers['x-hook-id'] === id)
							.map(({ body }) => Number((JSON.parse(body) as { call_id: string }).call_id));
					const all = names.map((_name, index) => index);
					expect(order(hooks[0])).toEqual(all);
					expect(order(hooks[1])).toEqual(all.filter((index) => names[index] === 'CHANNEL_ANSWER'));
					for (const id of hooks) await client.own('DELETE', `/webhooks/${id}`);
				},
			),
			{ numRuns: 2, endOnFailure: true },
		);
	}, 60_000);
});
