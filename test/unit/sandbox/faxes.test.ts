/** Faxes on their way out: states of a job, results in the outbox, who is told, and what remains. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox } from '../../../sandbox';
import { Client } from './client';
import { type Office, openOffice, step } from './calls-setup';
import { Receiver } from './receiver';
import { Socket } from './socket';

let office: Office;
let client: Client;
let receiver: Receiver;

const PDF = '%PDF-1.4 /Type /Pages /Type /Page /Type /Page';
const there = '+14155550142';

beforeEach(async () => {
	office = await openOffice({ allowLoopbackUris: true });
	receiver = await Receiver.start(({ path }) =>
		path === '/gone'
			? { status: 404 }
			: { status: 200, headers: { 'content-type': 'application/pdf' }, body: PDF },
	);
	client = await boss(office);
});
afterEach(async () => {
	await office.sandbox.close();
	await receiver.close();
});

async function boss({ sandbox, account }: Office): Promise<Client> {
	const found = new Client(sandbox);
	sandbox.store.createUser(account, { username: 'boss', priv_level: 'admin' }, { password: 'secret' });
	await found.logIn('boss', 'secret', { account_realm: 'office.example' });
	return found;
}

const send = async (data: object = {}, path = '/faxes') => {
	const fields = { from_number: office.number, from_name: 'Office', to_number: there, ...data };
	const { status, body } = await client.own('PUT', path, {
		data: { document: { url: `${receiver.url}/doc.pdf` }, ...fields },
	});
	return { status, id: String(body.data.id ?? body.data._id) };
};

const outbox = async () => (await client.own('GET', '/faxes/outbox')).body.data as Record<string, never>[];

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
	for (let tries = 0; tries < 400; tries++) {
		const found = await look();
		if (found !== undefined) return found;
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
	throw new Error('nothing happened');
}

const sent = () => until(async () => (await outbox())[0]);

describe('a job', () => {
	it('is sent and goes to the outbox, under its id', async () => {
		const { status, id } = await send({ retries: 3 });
		expect(status).toBe(201);
		const fax = await sent();
		expect(fax).toMatchObject({
			id: expect.stringMatching(new RegExp(`^\\d{6}-${id}$`)),
			status: 'completed',
			from: office.number,
			to: there,
			tx_result: {
				success: true,
				error_message: '',
				pages_sent: 2,
				fax_receiver_id: there,
				fax_speed: 14_400,
			},
		});
		expect((await client.own('GET', '/faxes/outgoing')).body.data).toEqual([]);
		expect((await client.own('GET', `/faxes/outgoing/${id}`)).status).toBe(404);
		const single = await client.own('GET', `/faxes/outbox/${fax.id}`);
		expect(single.body.data).toMatchObject({ attempts: 1, folder: 'outbox', retries: 3 });
		const document = await client.own('GET', `/faxes/outbox/${fax.id}/attachment`, {
			headers: { accept: 'application/pdf' },
		});
		expect([document.status, document.text]).toEqual([200, PDF]);
	});

	it('may come with its document', async () => {
		const fields = { data: { from_number: office.number, to_number: there } };
		const boundary = 'x';
		const raw = [
			`--${boundary}`,
			'Content-Type: application/json',
			'',
			JSON.stringify(fields),
			`--${boundary}`,
			'Content-Type: application/pdf',
			'Content-Disposition: form-data; filename="sheet.pdf"',
			'',
			PDF,
			`--${boundary}--`,
			'',
		].join('\r\n');
		const headers = { 'content-type': `multipart/mixed; boundary=${boundary}` };
		const reply = await client.own('PUT', '/faxes', { raw, headers });
		expect(reply.body.data.pvt_job_status).toBe('attaching_files');
		expect(await sent()).toMatchObject({ status: 'completed', tx_result: { pages_sent: 2 } });
	});

	it('leaves a CDR', async () => {
		await send();
		await sent();
		const [cdr] = office.sandbox.store.database(office.account).list('cdr');
		expect(cdr).toMatchObject({
			call_direction: 'outbound',
			caller_id_number: office.number,
			callee_id_number: there.replace('+1', ''),
			ringing_seconds: 0,
			billing_seconds: 64,
			hangup_cause: 'NORMAL_CLEARING',
		});
		expect(Number(cdr?.timestamp)).toBeLessThanOrEqual(62_167_219_200 + Date.now() / 1000 + 1);
	});

	it('goes from state to state, and says what goes on', async () => {
		const slow = await openOffice({ allowLoopbackUris: true, callSpeed: 150 });
		try {
			const mine = await boss(slow);
			const { body } = await mine.own('PUT', '/faxes', {
				data: { from_number: slow.number, to_number: there, document: { url: `${receiver.url}/doc.pdf` } },
			});
			const id = String(body.data._id);
			const seen = new Set<string>();
			await until(async () => {
				const job = await mine.own('GET', `/faxes/outgoing/${id}`);
				if (job.status === 404) return true;
				seen.add(String(job.body.data.status));
				return undefined;
			});
			expect([...seen]).toEqual(
				expect.arrayContaining(['pending', 'ready to send', 'Fax negotiated at 14400', 'Sent Page 1 of 2']),
			);
		} finally {
			await slow.sandbox.close();
		}
	});

	it('is tried again while retries remain, then it has failed', async () => {
		await put(there, 'busy');
		await send({ retries: 3 });
		expect(await sent()).toMatchObject({
			status: 'failed',
			tx_result: { success: false, error_message: 'USER_BUSY', pages_sent: 0 },
		});
		expect((await client.own('GET', `/faxes/outbox/${(await sent()).id}`)).body.data.attempts).toBe(3);
		const calls = office.sandbox.store.database(office.account).list('cdr');
		expect(calls.map(({ hangup_cause: cause }) => cause)).toEqual(['USER_BUSY', 'USER_BUSY', 'USER_BUSY']);
	});

	it('succeeds at a later attempt', async () => {
		await put(there, 'noAnswer');
		office.sandbox.bus.subscribe(({ payload }) => {
			if (payload['Hangup-Cause'] === 'NO_ANSWER') void put(there, 'ready');
		});
		await send({ retries: 4 });
		const fax = await sent();
		expect(fax).toMatchObject({ status: 'completed' });
		expect((await client.own('GET', `/faxes/outbox/${fax.id}`)).body.data.attempts).toBeGreaterThan(1);
	});

	it.each([
		['a line that breaks', there, '/doc.pdf', 'drops', 'The call dropped prematurely'],
		['a document that cannot be had', there, '/gone', 'ready', 'failed to fetch the document'],
		['a number that is none', '12', '/doc.pdf', 'ready', 'invalid fax number: 12'],
	])('fails by %s', async (_what, to_number, path, state, error_message) => {
		await put(there, state);
		await send({ to_number, document: { url: `${receiver.url}${path}` } });
		expect(await sent()).toMatchObject({ status: 'failed', tx_result: { success: false, error_message } });
	});

	it('is sent again from the outbox', async () => {
		await put(there, 'busy');
		await send();
		const failed = await sent();
		await put(there, 'ready');
		const again = await client.own('PUT', `/faxes/outbox/${failed.id}`, {
			data: {},
			envelope: { action: 'resubmit' },
		});
		expect(again.status).toBe(201);
		const all = await until(async () => {
			const faxes = await outbox();
			return faxes.length === 2 ? faxes : undefined;
		});
		expect(all.map(({ status }) => status).sort()).toEqual(['completed', 'failed']);
	});

	it('that the end of the sandbox cut off begins anew', async () => {
		const dataFile = join(mkdtempSync(join(tmpdir(), 'faxes-')), 'state.json');
		const first = await openOffice({ allowLoopbackUris: true, callSpeed: 10, dataFile });
		const mine = await boss(first);
		const document = { url: `${receiver.url}/doc.pdf` };
		await mine.own('PUT', '/faxes', {
			data: { from_number: first.number, to_number: there, document },
		});
		await until(async () => {
			const jobs = (await mine.own('GET', '/faxes/outgoing')).body.data as { status: string }[];
			return jobs[0]?.status === 'ready to send' ? true : undefined;
		});
		await first.sandbox.close();
		const second = await createSandbox({ quiet: true, dataFile, callSpeed: 1e6 });
		const found = await until(async () => second.store.database(first.account).list('fax')[0]);
		expect(found).toMatchObject({ folder: 'outbox', pvt_job_status: 'completed', attempts: 1 });
		await second.close();
	});

	it('stays where it is when no faxes are sent', async () => {
		const still = await openOffice({ allowLoopbackUris: true, faxes: false });
		try {
			const mine = await boss(still);
			await mine.own('PUT', '/faxes', {
				data: { from_number: still.number, to_number: there, document: { url: `${receiver.url}/doc.pdf` } },
			});
			await new Promise((resolve) => setTimeout(resolve, 100));
			expect((await mine.own('GET', '/faxes/outgoing')).body.data).toMatchObject([{ status: 'pending' }]);
		} finally {
			await still.sandbox.close();
		}
	});
});

async function put(number: string, state: string): Promise<number> {
	const { status } = await fetch(`${office.sandbox.url}/sandbox/fax-machines/${encodeURIComponent(number)}`, {
		method: 'PUT',
		body: JSON.stringify({ state }),
		headers: { 'content-type': 'application/json' },
	});
	return status;
}

it('arrives at an account that has the number', async () => {
	const { store } = office.sandbox;
	const master = store.master();
	const { _id: other } = store.createAccount(
		{ name: 'Other', realm: 'other.example' },
		{ parentId: master?._id },
	);
	store.createNumber('+14155550400', { accountId: other, usedBy: 'callflow' });
	const { _id: id } = store.create(other, 'faxbox', { name: 'Fax' });
	store.create(other, 'callflow', { numbers: ['+14155550400'], flow: step('faxbox', { id }) });
	await send({ to_number: '+14155550400' });
	await sent();
	const [fax] = store.database(other).list('fax');
	expect(fax).toMatchObject({ folder: 'inbox', faxbox_id: id, from_number: office.number });
	const [[, file] = []] = [...store.database(other).attachments(String(fax?._id))];
	expect(file?.data.toString()).toBe(PDF);
});

describe('who is told', () => {
	it('hears of each state on the websocket', async () => {
		const socket = await Socket.open(office.sandbox.websocketUrl);
		const data = { account_id: office.account, binding: 'fax.status.*' };
		await socket.ask({ action: 'subscribe', auth_token: client.token, data });
		await socket.ask({
			action: 'subscribe',
			data: { account_id: office.account, binding: 'fax.object.doc_created' },
		});
		const { id } = await send();
		await sent();
		const frames = (await socket.events()).map((frame) => frame.data as Record<string, unknown>);
		const states = frames.filter((frame) => frame.event_name === 'status');
		expect(states.map((frame) => [frame.fax_state, frame.status])).toEqual([
			['start', 'job acquired'],
			['prepare', 'fetching document to send'],
			['prepare', 'prepared document for send'],
			['send', 'ready to send'],
			['send', 'received successful attempt to originate fax'],
			['send', 'Fax negotiated at 14400'],
			['send', 'Sent Page 1 of 2'],
			['send', 'Sent Page 2 of 2'],
			['end', 'Fax Successfully sent'],
		]);
		expect(states[0]).toMatchObject({ job_id: id, direction: 'outgoing', account_id: office.account });
		expect(frames.find((frame) => frame.event_name === 'doc_created')).toMatchObject({ type: 'fax' });
		socket.close();
	});

	it.each([
		['outbound_fax', 'ready'],
		['outbound_fax_error', 'busy'],
	])('is sent the notification %s', async (type, state) => {
		const hook = { name: 'h', hook: 'notifications', format: 'json', custom_data: { type } };
		const made = await client.own('PUT', '/webhooks', { data: { ...hook, uri: `${receiver.url}/hook` } });
		expect(made.status).toBe(201);
		await put(there, state);
		const { id } = await send({ notifications: { email: { send_to: 'a@b.example' } } });
		const fax = await sent();
		await office.sandbox.deliveries.settled();
		const bodies = receiver.requests
			.filter(({ path }) => path === '/hook')
			.map(({ body }) => JSON.parse(body) as object);
		expect(bodies).toMatchObject([
			{
				event_name: type,
				fax_id: fax.id,
				fax_jobid: id,
				caller_id_number: office.number,
				callee_id_number: there,
				fax_info: { fax_success: state === 'ready', fax_total_pages: 2 },
				fax_notifications: { email: { send_to: 'a@b.example' } },
				...(state === 'busy' ? { fax_error: 'USER_BUSY' } : undefined),
			},
		]);
	});
});

it('refuses states that no machine has', async () => {
	expect([await put(there, 'ready'), await put(there, 'asleep'), await put('12', 'busy')]).toEqual([
		200, 400, 400,
	]);
});
