import fc from 'fast-check';
import { staging } from './webhookStage';

const stage = staging();
const { start, hook, publish, bodies } = stage;

describe('receivers that fail', () => {
	it('are tried again when there is no connection, not when the answer is bad', async () => {
		let broken = 2;
		await start(({ path }) => {
			if (path === '/bad') return { status: 202 };
			return broken-- > 0 ? null : { status: 200 };
		});
		await hook({ hook: 'channel_create', uri: `${stage.receiver.url}/broken`, retries: 3 });
		const bad = await hook({ hook: 'channel_create', uri: `${stage.receiver.url}/bad`, retries: 3 });
		publish('CHANNEL_CREATE');
		await stage.client.sandbox.deliveries.settled();
		expect(stage.receiver.requests.filter(({ path }) => path === '/broken')).toHaveLength(3);
		expect(stage.receiver.requests.filter(({ path }) => path === '/bad')).toHaveLength(1);
		const attempts = await stage.client.own('GET', `/webhooks/${bad}/attempts`);
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
		expect((await stage.client.own('GET', '/webhooks/attempts')).body.data).toHaveLength(3);
	});

	it('may answer 201 to a PUT, and redirect', async () => {
		await start(({ path }) =>
			path === '/elsewhere' ? { status: 302, headers: { location: '/there' } } : { status: 201 },
		);
		await hook({ hook: 'channel_create', uri: `${stage.receiver.url}/put`, http_verb: 'put' });
		await hook({ hook: 'channel_create', uri: `${stage.receiver.url}/elsewhere` });
		publish('CHANNEL_CREATE');
		await stage.client.sandbox.deliveries.settled();
		expect(stage.receiver.requests.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
			'GET /there',
			'POST /elsewhere',
			'PUT /put',
		]);
		expect(
			stage.client.sandbox.deliveries
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
			uri: `${stage.receiver.url}/watch`,
		});
		const publishTimes = async (times: number) => {
			for (let index = 0; index < times; index++) publish('CHANNEL_CREATE');
			await stage.client.sandbox.deliveries.settled();
			stage.client.sandbox.deliveries.check();
			await stage.client.sandbox.deliveries.settled();
		};
		const shown = async () => {
			const list = await stage.client.own('GET', '/webhooks');
			return (list.body.data as Array<Record<string, unknown>>).find((row) => row.id === id);
		};
		await publishTimes(5);
		expect(await shown()).toMatchObject({ enabled: true });
		await publishTimes(1);
		expect(await shown()).toMatchObject({ enabled: false, disable_reason: expect.any(String) as string });
		expect(stage.receiver.requests.at(-1)?.headers['x-hook-id']).toBe(watch);
		await publishTimes(1);
		expect(stage.receiver.requests.filter(({ path }) => path === '/hook')).toHaveLength(6);
		status = 200;
		await stage.client.own('PATCH', `/webhooks/${id}`, { data: { enabled: true } });
		await publishTimes(1);
		expect(await shown()).not.toHaveProperty('disable_reason');
		expect(stage.receiver.requests.filter(({ path }) => path === '/hook')).toHaveLength(7);
	});

	it('get nothing while deliveries are held back, and everything afterwards', async () => {
		await start();
		await hook({ hook: 'channel_create' });
		stage.client.sandbox.faults([{ kind: 'hold-webhooks' }]);
		publish('CHANNEL_CREATE');
		publish('CHANNEL_CREATE');
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(stage.receiver.requests).toHaveLength(0);
		stage.client.sandbox.faults([]);
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
						await hook({ hook: 'all', uri: `${stage.receiver.url}/all` }),
						await hook({ hook: 'channel_answer', uri: `${stage.receiver.url}/answer` }),
					];
					stage.receiver.requests.length = 0;
					names.forEach((name, index) => publish(name, { 'Call-ID': String(index) }));
					await stage.client.sandbox.deliveries.settled();
					const order = (id?: string) =>
						stage.receiver.requests
							.filter(({ headers }) => headers['x-hook-id'] === id)
							.map(({ body }) => Number((JSON.parse(body) as { call_id: string }).call_id));
					const all = names.map((_name, index) => index);
					expect(order(hooks[0])).toEqual(all);
					expect(order(hooks[1])).toEqual(all.filter((index) => names[index] === 'CHANNEL_ANSWER'));
					for (const id of hooks) await stage.client.own('DELETE', `/webhooks/${id}`);
				},
			),
			{ numRuns: 2, endOnFailure: true },
		);
	}, 60_000);
});
