/** The Pivot trigger over real HTTP: n8n's own context around it, and a plain server in place of n8n's. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { TriggerContext, WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	INode,
	INodeParameters,
	IWebhookData,
	IWebhookResponseData,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
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
	/** Milliseconds until the caller had the answer. */
	took: number;
	/** What the trigger gave n8n; nothing when it threw. */
	given?: IWebhookResponseData;
	error?: Error & { description?: string };
	/** The failed executions that the running trigger made. */
	reported: Array<Error & { description?: string }>;
}

/** What n8n does with the response after the trigger has returned; it may take its time. */
type Afterwards = (response: ServerResponse) => void | Promise<void>;

/** Calls the trigger's webhook by GET, as n8n does for a request of KAZOO. */
async function ask(
	parameters: INodeParameters,
	query: Record<string, string>,
	then?: Afterwards,
	mode: WorkflowExecuteMode = 'trigger',
): Promise<Asked> {
	let given: IWebhookResponseData | undefined;
	let error: Error | undefined;
	const reported: Error[] = [];
	const active = await trigger.trigger.call(runningOf(parameters, (failure) => reported.push(failure)));
	let written: Promise<void> | undefined;
	const server = await serve((request, response) => {
		written = trigger.webhook
			.call(contextOf(parameters, request, response, query, mode))
			.then((answer) => (given = answer))
			.catch((thrown: Error) => (error = thrown))
			.then(async () => await then?.(response));
	});
	try {
		const started = Date.now();
		const response = await fetch(server.url);
		const text = await response.text();
		const took = Date.now() - started;
		await written;
		return {
			status: response.status,
			type: response.headers.get('content-type'),
			text,
			took,
			given,
			error,
			reported,
		};
	} finally {
		await server.close();
		await active.closeFunction?.();
	}
}

interface Prepared {
	workflow: Workflow;
	node: INode;
	additionalData: IWorkflowExecuteAdditionalData;
}

function prepare(parameters: INodeParameters): Prepared {
	const nodeTypes = nodeTypesOf({ [TYPE]: trigger });
	const node = completeNode(
		{ name: 'Trigger', type: TYPE, webhookId: 'w', parameters: { fallbackText: SORRY, ...parameters } },
		nodeTypes,
	);
	const workflow = new Workflow({ id: 'test', nodes: [node], connections: {}, active: true, nodeTypes });
	const asked = workflow.getNode('Trigger') as INode; // with the defaults that Workflow filled in
	return { workflow, node: asked, additionalData: additionalDataOf(new CredentialStore()) };
}

function contextOf(
	parameters: INodeParameters,
	request: IncomingMessage,
	response: ServerResponse,
	query: Record<string, string>,
	mode: WorkflowExecuteMode,
): WebhookContext {
	const { workflow, node, additionalData } = prepare(parameters);
	const asked = Object.assign(request, { query, body: {}, params: {} });
	Object.assign(additionalData, { httpRequest: asked, httpResponse: response });
	const webhookData = { webhookDescription: { name: 'default' } } as unknown as IWebhookData;
	return new WebhookContext(workflow, node, additionalData, mode, webhookData, [], null);
}

/** The context of the active trigger. */
function runningOf(parameters: INodeParameters, failed: (error: Error) => void): TriggerContext {
	const { workflow, node, additionalData } = prepare(parameters);
	const nothing = (): void => {};
	return new TriggerContext(workflow, node, additionalData, 'trigger', 'activate', nothing, nothing, failed);
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

const failed =
	(message: string): Afterwards =>
	(response) => {
		response.statusCode = 500;
		response.end(JSON.stringify({ message }));
	};

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

	/** What n8n writes, and what is said about it in a failed execution of its own. */
	const bad: Record<string, { write: Afterwards; said?: string; more?: RegExp }> = {
		// That execution has failed already
		'a failed workflow': { write: failed('Error in workflow') },
		'what n8n could not send': {
			write: failed('No item to return was found'),
			said: 'The workflow gave no answer',
			more: /No item to return was found/,
		},
		nothing: {
			write: (response) => void response.end(),
			said: 'The workflow ended without an answer',
			more: /Answer Call/,
		},
		'what is no step': {
			write: (response) => void response.end('{"message":"Workflow executed successfully"}'),
			said: 'The answer to the call has no module',
			more: /Answer with one step/,
		},
		'a wrong module': {
			write: (response) => void response.end('{"module":"hnagup","data":{}}'),
			said: 'The answer to the call is wrong: There is no module “hnagup”',
			more: /hangup.* The caller got the fallback\.$/,
		},
		'steps without an end': {
			write: (response) => {
				const [before, after] = ['{"module":"hangup","data":{},"children":{"_":', '}}'];
				response.end(`${before.repeat(20_000)}{}${after.repeat(20_000)}`);
			},
			said: 'Something here is nested too deeply',
			more: /Look at the input/,
		},
	};
	test.each(Object.keys(bad))('after %s the caller gets the fallback, and it is told once', async (what) => {
		const { write, said, more = /./ } = bad[what] as (typeof bad)[string];
		const { status, type, text, reported } = await ask({ answer: 'responseNode' }, CALL, write);
		expect([status, type, step(text)]).toEqual([200, 'application/json', fallback]);
		expect(reported.map(({ message }) => message)).toEqual(
			said === undefined ? [] : [`${said} (call c1 from 1001 to 1002)`],
		);
		for (const { description } of reported) expect(description).toMatch(more);
	});

	test('a test in the editor makes no failed execution of the active workflow', async () => {
		const { text, reported } = await ask({ answer: 'lastNode' }, CALL, bad.nothing?.write, 'manual');
		expect(step(text)).toEqual(fallback);
		expect(reported).toEqual([]);
	});

	/** n8n writes after the deadline. */
	const askLate = async (status: number, body: string): Promise<Asked> =>
		await ask({ answer: 'lastNode', options: { deadline: 0.5 } }, CALL, async (response) => {
			await later(900);
			response.statusCode = status;
			response.setHeader('content-type', 'text/plain');
			response.end(body);
		});

	test('the fallback comes by the deadline; what n8n says later goes nowhere and is told', async () => {
		const { text, took, reported } = await askLate(200, 'too late');
		expect(step(text)).toEqual(fallback);
		expect(took).toBeLessThan(850);
		expect(reported.map(({ message }) => message)).toEqual([
			'The workflow gave no answer within 0.5 s (call c1 from 1001 to 1002)',
		]);
		expect(reported[0]?.description).toMatch(/^What it said came after 0\.9 s\./);
	});

	test('an execution that fails after the deadline has told it itself', async () => {
		const { text, reported } = await askLate(500, '{"message":"Error in workflow"}');
		expect(step(text)).toEqual(fallback);
		expect(reported).toEqual([]);
	});

	test('only the first answer is sent', async () => {
		let second = true;
		const server = await serve((_, response) => {
			const held = new HeldResponse(
				response,
				({ body }) => ({ status: 200, contentType: 'text/plain', body }),
				() => {},
			);
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

	test('holds the SIP headers, which can carry what a trunk logs in with, only when asked to', async () => {
		const header = { 'Custom-SIP-Headers[X-AUTH-Token]': 's3cret' };
		const query = { ...CALL, ...header };
		for (const answer of ['lastNode', 'steps']) {
			const of = async (options: IDataObject): Promise<string> => {
				const parameters = { answer, options, steps: { step: [{ kind: 'hangUp' }] } } as INodeParameters;
				const { given } = await ask(parameters, query, (response) => void response.end());
				return JSON.stringify(given?.workflowData);
			};
			expect(await of({})).not.toMatch(/s3cret|SIP-Headers/);
			expect(await of({ sipHeaders: true })).toMatch(/"Custom-SIP-Headers":\{"X-AUTH-Token":"s3cret"/);
		}
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

	test('collect under another name at each ask, and the digits come back under theirs', async () => {
		const steps = { step: [{ kind: 'collectDigits', digits: 2, name: 'pin' }, { kind: 'askAgain' }] };
		const nameOf = async (): Promise<string> => {
			const { text } = await ask({ answer: 'steps', steps }, CALL);
			return String((step(text) as { data: IDataObject }).data.collection_name);
		};
		const first = await nameOf();
		const second = await nameOf();
		expect(first).toMatch(/^pin--/);
		expect(second).not.toBe(first);
		const query = { ...CALL, [`Digits[${first}]`]: '12', [`Digits[${second}]`]: '34' };
		const { given } = await ask({ answer: 'lastNode' }, query, (response) => void response.end());
		const item = given?.workflowData?.[0]?.[0]?.json as IDataObject;
		expect(item).toMatchObject({ digits: '34', collected: { pin: '34' } });
	});

	test('when wrong are an error, and the caller gets the fallback', async () => {
		const steps = { step: [{ kind: 'json', json: '{"module":"hnagup","data":{}}' }] };
		const n8nSays = failed('There was a problem executing the workflow');
		const { text, error, reported } = await ask({ answer: 'steps', steps }, CALL, n8nSays);
		expect(step(text)).toEqual(fallback);
		// n8n makes a failed execution of what the trigger throws
		expect(reported).toEqual([]);
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
