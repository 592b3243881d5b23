/** The Pivot trigger over real HTTP: n8n's own context around it, and a plain server in place of n8n's. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { WebhookContext } from 'n8n-core';
import type { IDataObject, INodeParameters, IWebhookData, IWebhookResponseData } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { KazooPivotTrigger } from '../../nodes/KazooPivotTrigger/KazooPivotTrigger.node';
import { HeldResponse } from '../../nodes/KazooPivotTrigger/heldResponse';
import { node as kazoo } from './demo';
import { CredentialStore } from './harness/credentials';
import { additionalDataOf, completeNode, nodeTypesOf, runNode } from './harness/engine';

const TYPE = 'n8n-nodes-kazoo.kazooPivotTrigger';
const trigger = new KazooPivotTrigger();
const SORRY = 'We are sorry';

/** A server for one test: what it does with a request is the test's. */
async function serve(handler: (request: IncomingMessage, response: ServerResponse) => void) {
	const server = createServer(handler);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

interface Asked {
	status: number;
	type: string | null;
	text: string;
	/** What the trigger gave n8n; nothing when it threw. */
	given?: IWebhookResponseData;
	error?: Error & { description?: string };
}

/** What n8n does with the response after the trigger has returned; it may take its time. */
type Afterwards = (response: ServerResponse) => void | Promise<void>;

/** Calls the trigger's webhook by GET, as n8n does for a request of KAZOO. */
async function ask(
	parameters: INodeParameters,
	query: Record<string, string>,
	then?: Afterwards,
): Promise<Asked> {
	let given: IWebhookResponseData | undefined;
	let error: Error | undefined;
	const server = await serve((request, response) => {
		const context = contextOf(parameters, request, response, query);
		void trigger.webhook
			.call(context)
			.then((answer) => (given = answer))
			.catch((thrown: Error) => (error = thrown))
			.then(() => then?.(response));
	});
	try {
		const response = await fetch(server.url);
		const text = await response.text();
		return { status: response.status, type: response.headers.get('content-type'), text, given, error };
	} finally {
		await server.close();
	}
}

function contextOf(
	parameters: INodeParameters,
	request: IncomingMessage,
	response: ServerResponse,
	query: Record<string, string>,
): WebhookContext {
	const nodeTypes = nodeTypesOf({ [TYPE]: trigger });
	const node = completeNode(
		{ name: 'Trigger', type: TYPE, webhookId: 'w', parameters: { fallbackText: SORRY, ...parameters } },
		nodeTypes,
	);
	const workflow = new Workflow({ id: 'test', nodes: [node], connections: {}, active: true, nodeTypes });
	const additionalData = additionalDataOf(new CredentialStore());
	const asked = Object.assign(request, { query, body: {}, params: {} });
	Object.assign(additionalData, { httpRequest: asked, httpResponse: response });
	const webhookData = { webhookDescription: { name: 'default' } } as unknown as IWebhookData;
	return new WebhookContext(
		workflow,
		Object.values(workflow.nodes)[0] as (typeof workflow.nodes)[string],
		additionalData,
		'trigger',
		webhookData,
		[],
		null,
	);
}

const step = (text: string): unknown => JSON.parse(text);
const fallback = {
	module: 'tts',
	data: { text: SORRY },
	children: { _: { module: 'hangup', data: {}, children: {} } },
};
const later = async (milliseconds: number): Promise<void> =>
	await new Promise((resolve) => setTimeout(resolve, milliseconds));
const CALL = { 'Call-ID': 'c1', 'Caller-ID-Number': '1001', Request: '1002', secret: 'x' };

describe('what n8n answers is looked at first', () => {
	const good = { module: 'hangup', data: {}, children: {} };
	const writings: Record<string, Afterwards> = {
		'at once': (response) => void response.end(JSON.stringify(good)),
		'in pieces, with headers': (response) => {
			response.writeHead(200, { 'content-type': 'text/html', 'content-length': '1' });
			response.flushHeaders();
			const [one = '', two = ''] = JSON.stringify(good).split(':', 1).concat(JSON.stringify(good).slice(9));
			response.write(Buffer.from(one));
			response.write(two, 'utf8', () => response.end());
		},
	};
	test.each(Object.keys(writings))('a good answer goes through, written %s', async (how) => {
		const { status, type, text } = await ask({ answer: 'lastNode' }, CALL, writings[how]);
		expect([status, type, step(text)]).toEqual([200, 'application/json', good]);
	});

	const bad: Record<string, Afterwards> = {
		'a failed workflow': (response) => {
			response.statusCode = 500;
			response.end(JSON.stringify(good));
		},
		nothing: (response) => void response.end(),
		'what is no step': (response) => void response.end('{"message":"Workflow executed successfully"}'),
		'a wrong module': (response) => void response.end('{"module":"hnagup","data":{}}'),
	};
	test.each(Object.keys(bad))('after %s the caller gets the fallback', async (what) => {
		const { status, type, text } = await ask({ answer: 'responseNode' }, CALL, bad[what]);
		expect([status, type, step(text)]).toEqual([200, 'application/json', fallback]);
	});

	test('the fallback comes by the deadline, and what n8n says later goes nowhere', async () => {
		const started = Date.now();
		let wroteLater = false;
		const { text } = await ask({ answer: 'lastNode', options: { deadline: 0.5 } }, CALL, async (response) => {
			await later(900);
			response.statusCode = 200;
			response.setHeader('content-type', 'text/plain');
			response.end('too late');
			wroteLater = true;
		});
		expect(step(text)).toEqual(fallback);
		expect(Date.now() - started).toBeLessThan(850);
		await later(600);
		expect(wroteLater).toBe(true);
	});

	test('only the first answer is sent', async () => {
		let second = true;
		const server = await serve((_, response) => {
			const held = new HeldResponse(response, ({ body }) => ({
				status: 200,
				contentType: 'text/plain',
				body,
			}));
			response.end('one');
			second = held.send({ status: 200, contentType: 'text/plain', body: 'two' });
			response.end('three');
		});
		expect(await (await fetch(server.url)).text()).toBe('one');
		expect(second).toBe(false);
		await server.close();
	});
});

describe('the item', () => {
	test('tells the call, and by when it must be answered, without the secret', async () => {
		const { given } = await ask({ answer: 'lastNode', secret: 'x' }, CALL, (response) => void response.end());
		const item = given?.workflowData?.[0]?.[0]?.json as IDataObject;
		expect(item).toMatchObject({
			call_id: 'c1',
			caller_id_number: '1001',
			dialed: '1002',
			format: 'kazoo',
		});
		const left = Date.parse(String(item.answer_by)) - Date.now();
		expect(left).toBeGreaterThan(2000);
		expect(left).toBeLessThanOrEqual(4000);
		expect(Object.keys(item.raw as object)).not.toContain('secret');
	});

	test('a wrong secret is refused, and no workflow runs', async () => {
		for (const secret of ['', 'y', 'xx']) {
			const { status, text, given } = await ask({ answer: 'lastNode', secret: 'x' }, { ...CALL, secret });
			expect([status, text]).toEqual([403, 'The secret in the URL is missing or wrong']);
			expect(given).toEqual({ noWebhookResponse: true });
		}
	});
});

describe('the trigger’s own steps', () => {
	test('are sent at once, with its own address where it is to be asked again', async () => {
		const steps = { step: [{ kind: 'collectDigits', digits: 2 }, { kind: 'askAgain' }] };
		const { text, given } = await ask({ answer: 'steps', steps, secret: 'x' }, CALL);
		expect(step(text)).toMatchObject({
			module: 'collect_dtmf',
			children: {
				_: { module: 'pivot', data: { voice_url: 'http://127.0.0.1:5678/webhook/w/pivot?secret=x' } },
			},
		});
		expect(given?.noWebhookResponse).toBe(true);
		expect(given?.workflowData?.[0]).toHaveLength(1);
	});

	test('when wrong are an error, and the caller gets the fallback', async () => {
		const steps = { step: [{ kind: 'json', json: '{"module":"hnagup","data":{}}' }] };
		const { text, error } = await ask({ answer: 'steps', steps }, CALL);
		expect(step(text)).toEqual(fallback);
		await later(50);
		expect(error?.message).toBe('Step 1 (JSON): There is no module “hnagup”');
		expect(error?.description).toMatch(/hangup/);
	});
});

describe('the fallback', () => {
	const failing: Afterwards = (response) => {
		response.statusCode = 500;
		response.end();
	};
	const vmbox = 'a'.repeat(32);
	test.each([
		[
			'voicemail',
			{ vmboxId: { __rl: true, mode: 'id', value: vmbox } },
			{ module: 'voicemail', data: { id: vmbox } },
		],
		['forward', { fallbackNumber: '+14155550100' }, { module: 'offnet', data: { to_did: '+14155550100' } }],
	])('may be %s', async (kind, more, expected) => {
		const { text } = await ask({ answer: 'lastNode', fallback: kind, ...more }, CALL, failing);
		expect(step(text)).toMatchObject(expected);
	});

	test('may be that the callflow goes on', async () => {
		const { status } = await ask({ answer: 'lastNode', fallback: 'callflow' }, CALL, failing);
		expect(status).toBe(503);
	});

	test('that is empty is said', async () => {
		const { error } = await ask({ answer: 'lastNode', fallback: 'forward' }, CALL, failing);
		expect(error?.message).toBe('The fallback cannot be used');
		expect(error?.description).toMatch(/Number is empty/);
	});
});

describe('the KAZOO node that answers', () => {
	const credentials = new CredentialStore({
		type: new CrossbarApi(),
		data: { serverUrl: 'http://127.0.0.1:9', login: 'apiKey', apiKey: 'x' },
	});
	const answer = async (parameters: INodeParameters) =>
		await runNode(
			kazoo,
			{ resource: 'pivot', operation: 'answer', format: 'json', ...parameters },
			{ credentials },
		);

	test('gives back the answer when it is not to be sent', async () => {
		const { items, error } = await answer({ json: '{"module":"hangup","data":{}}', result: 'return' });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toEqual({ module: 'hangup', data: {}, children: {} });
	});

	test('says what is wrong with it', async () => {
		const { error } = await answer({ json: '{"module":"hnagup","data":{}}', result: 'return' });
		expect(error?.message).toBe('The answer to the call is wrong: There is no module “hnagup”');
		const twiml = await answer({ format: 'twiml', twiml: '<Response><Sms/></Response>', result: 'return' });
		expect(twiml.error?.message).toBe('The TwiML has <Sms>, which KAZOO does not know');
	});

	test('takes one item only', async () => {
		const { items } = await runNode(
			kazoo,
			{ resource: 'pivot', operation: 'answer', format: 'json', json: '{"module":"hangup","data":{}}' },
			{ credentials, items: [{ json: {} }, { json: {} }], onError: 'continueRegularOutput' },
		);
		expect(items.map(({ json }) => json.error)).toEqual([
			'There is no call to answer',
			'The first item has answered the call already',
		]);
	});

	test('says so when there is no call', async () => {
		const { error } = await answer({ json: '{"module":"hangup","data":{}}', result: 'send' });
		expect(error?.message).toBe('There is no call to answer');
	});
});
