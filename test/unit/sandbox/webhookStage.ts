import type { SandboxOptions } from '../../../sandbox';
import { Client } from './client';
import { type Answers, Receiver } from './receiver';

/** A sandbox, somebody who talks to it, and somebody whom its webhooks tell. */
export class WebhookStage {
	private constructor(
		readonly client: Client,
		readonly receiver: Receiver,
	) {}

	static async start(answers?: Answers, options: SandboxOptions = {}): Promise<WebhookStage> {
		const receiver = await Receiver.start(answers);
		const client = await Client.start({
			cdrs: 0,
			allowLoopbackUris: true,
			deliveries: { pause: () => Promise.resolve(), failureCheck: 0 },
			...options,
		});
		return new WebhookStage(client, receiver);
	}

	async close(): Promise<void> {
		await this.client.sandbox.close();
		await this.receiver.close();
	}

	/** Creates a hook that tells the receiver in JSON; gives back its id. */
	async hook(fields: Record<string, unknown>, account = this.client.account): Promise<string> {
		const data = { name: 'hook', format: 'json', uri: `${this.receiver.url}/hook`, ...fields };
		const reply = await this.client.ask('PUT', `/accounts/${account}/webhooks`, { data });
		if (reply.status !== 201) throw new Error(JSON.stringify(reply.body.data));
		return reply.body.data.id as string;
	}

	/** Puts a channel event on the bus. */
	publish(name: string, fields: Record<string, unknown> = {}, account = this.client.account): void {
		this.client.sandbox.bus.publish('kapi_call:publish_event', {
			'App-Name': 'ecallmgr',
			'Event-Category': 'call_event',
			'Event-Name': name,
			'Call-ID': 'leg-a@host',
			'Call-Direction': 'inbound',
			'Custom-Channel-Vars': { 'Account-ID': account, 'Resource-ID': 'r1', Realm: 'x' },
			Timestamp: 63962676048,
			...fields,
		});
	}

	/** The JSON that the receiver got, after everything was delivered. */
	async bodies(): Promise<Array<Record<string, unknown>>> {
		await this.client.sandbox.deliveries.settled();
		return this.receiver.requests.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
	}
}

/** What a file of tests has of its stages: each test starts one, which is taken down after it. */
export interface Staging {
	start: typeof WebhookStage.start;
	hook: WebhookStage['hook'];
	publish: WebhookStage['publish'];
	bodies: WebhookStage['bodies'];
	/** Of the stage that was started last. */
	readonly client: Client;
	readonly receiver: Receiver;
}

/** Stages for a file of tests. */
export function staging(): Staging {
	let stage: WebhookStage;
	afterEach(() => stage.close());
	return {
		start: async (...values) => (stage = await WebhookStage.start(...values)),
		hook: (...values) => stage.hook(...values),
		publish: (...values) => stage.publish(...values),
		bodies: () => stage.bodies(),
		get client() {
			return stage.client;
		},
		get receiver() {
			return stage.receiver;
		},
	};
}
