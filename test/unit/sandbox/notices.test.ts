import { WebhookStage } from './webhookStage';

let stage: WebhookStage;

afterEach(() => stage.close());

async function listen(type: string): Promise<void> {
	stage = await WebhookStage.start();
	await stage.hook({ hook: 'notifications', custom_data: { type } });
}

const told = async () => (await stage.bodies()).filter((body) => 'event_name' in body);

describe('notifications that requests cause', () => {
	it('tell where a password can be set anew, and that address works', async () => {
		await listen('password_recovery');
		const { reseller } = stage.client.sandbox.demo;
		const { username, realm: account_realm } = reseller;
		const data = { username, account_realm, ui_url: 'https://portal.example/' };
		const asked = await stage.client.ask('PUT', '/user_auth/recovery', { data, token: null });
		expect(asked.status).toBe(201);
		const [notice] = await told();
		const [page, reset_id] = String(notice?.password_reset_link).split('?recovery=');
		expect(page).toBe('https://portal.example/');
		const used = await stage.client.ask('POST', '/user_auth/recovery', { data: { reset_id }, token: null });
		expect(used.status).toBe(200);
	});

	it('tell of a comment on a port request, even of a refused one', async () => {
		await listen('port_comment');
		const { data: port } = (
			await stage.client.own('PUT', '/port_requests', {
				data: { name: 'Port', numbers: { '+14155550777': {} } },
			})
		).body;
		const comments = [{ content: 'hello', timestamp: 63962676575 }];
		const reply = await stage.client.own('PUT', `/port_requests/${port.id}/comments`, { data: { comments } });
		expect(reply.status).toBe(400);
		expect(await told()).toMatchObject([
			{ port_request_id: port.id, comment: { content: 'hello', account_id: stage.client.account } },
		]);
	});

	it('try a template out with the name of each header in place of a value', async () => {
		await listen('voicemail_new');
		const data = { from: 'a@example.com', subject: 's', to: { type: 'original' } };
		const path = '/notifications/voicemail_to_email/preview';
		expect((await stage.client.own('POST', path, { data })).status).toBe(200);
		expect(await told()).toMatchObject([
			{
				event_name: 'voicemail_new',
				preview: true,
				subject: 's',
				voicemail_box: 'Voicemail-Box',
				text: 'Text',
			},
		]);
	});
});

describe('a storage on a web server', () => {
	const attachments = (url: string) => ({
		['5'.repeat(32)]: { handler: 'http', name: 'h', settings: { url, verb: 'post' } },
	});

	it('is refused when it does not give back what was put there', async () => {
		stage = await WebhookStage.start();
		const data = { attachments: attachments(`${stage.receiver.url}/store`) };
		const reply = await stage.client.own('PUT', '/storage', { data });
		expect(reply.status).toBe(500);
		expect(reply.body.data).toEqual({ cause: 'invalid_data', message: 'unknown failure' });
		expect(stage.receiver.requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
		expect((await stage.client.own('GET', '/storage')).status).toBe(404);
	});

	it('is believed when it does', async () => {
		let kept = '';
		stage = await WebhookStage.start(({ method, body }) => {
			if (method === 'POST') kept = body;
			return { status: 200, body: method === 'GET' ? kept : '' };
		});
		const data = { attachments: attachments(`${stage.receiver.url}/store`) };
		expect((await stage.client.own('PUT', '/storage', { data })).status).toBe(201);
	});
});

describe('a collection of new numbers in which one fails', () => {
	it.each([
		['is not kept', false],
		['is kept by the repaired modules', true],
	])('%s', async (_, fixes) => {
		stage = await WebhookStage.start(undefined, { fixes });
		const number = '+14155550771';
		const reply = await stage.client.own('PUT', '/phone_numbers/collection', {
			data: { numbers: [number, 'abc'] },
			envelope: { accept_charges: true },
		});
		expect(Object.keys(reply.body.data.success)).toEqual([number]);
		const { numbers } = (await stage.client.own('GET', '/phone_numbers')).body.data;
		expect(number in numbers).toBe(fixes);
	});
});
