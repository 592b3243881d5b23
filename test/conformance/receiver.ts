import { Agent, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, isIP, Socket, type AddressInfo, type NetConnectOpts } from 'node:net';
import { describe } from './client';
import type { Delivery, Json, Line, RecordedRequest } from './recording';

/** A request that came to the receiver. */
export interface Received {
	request: RecordedRequest;
	/** How many came before it. */
	index: number;
}

/** What the recorded receiver answered, and where it sent the client on to. */
interface Answer {
	status: number;
	body: string;
	location?: string;
	/** It let the connection drop. */
	drop: boolean;
}

/**
 * The receiver of webhooks: listens on loopback, at every address at which the recording has deliveries, and answers
 * what the recorded receiver answered. `agent` connects the sandbox to it, and to nothing else: other addresses
 * refuse the connection, other names are unknown.
 */
export class Receiver {
	readonly received: Received[] = [];
	readonly agent: Agent;
	/** Recorded answers by method and path, in order. */
	private readonly answers = new Map<string, Answer[]>();
	private readonly authorities = new Set<string>();

	private constructor(
		private readonly server: Server,
		lines: readonly Line[],
	) {
		const deliveries = lines.filter((line) => line.kind === 'webhook');
		deliveries.forEach((delivery, index) => this.learn(delivery, deliveries.slice(index + 1)));
		this.agent = new Agent({ keepAlive: true });
		Object.assign(this.agent, { createConnection: (options: NetConnectOpts) => this.connect(options) });
		server.on('request', (request: IncomingMessage, response: ServerResponse) => {
			void this.serve(request, response);
		});
	}

	static async start(lines: readonly Line[]): Promise<Receiver> {
		const server = createServer();
		const receiver = new Receiver(server, lines);
		await new Promise<void>((resolve) => {
			server.listen(0, '127.0.0.1', resolve);
		});
		return receiver;
	}

	async close(): Promise<void> {
		this.agent.destroy();
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private learn({ request, response }: Delivery, later: readonly Delivery[]): void {
		this.authorities.add(request.headers.host ?? '');
		const hook = request.headers['x-hook-id'];
		const next = later.find((delivery) => delivery.request.headers['x-hook-id'] === hook);
		const body = (response as { body?: Json } | null)?.body;
		const key = keyOf(request.method, request.path);
		const answer: Answer = {
			status: response?.status ?? 200,
			body: typeof body === 'string' ? body : '',
			// Recordings have no headers of these answers: the way on is where the same hook went next.
			location: response?.status === 302 ? next?.request.path : undefined,
			drop: response === null,
		};
		this.answers.set(key, [...(this.answers.get(key) ?? []), answer]);
	}

	private connect(options: NetConnectOpts): Socket {
		const { host = '', port } = options as { host?: string; port: number };
		const own = this.server.address() as AddressInfo;
		if (this.authorities.has(`${host}:${port}`) || this.authorities.has(host)) {
			return connect({ host: '127.0.0.1', port: own.port });
		}
		const socket = new Socket();
		const code = isIP(host) === 0 ? 'ENOTFOUND' : 'ECONNREFUSED';
		process.nextTick(() => socket.destroy(Object.assign(new Error(`${code} ${host}:${port}`), { code })));
		return socket;
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const { method = '', url = '' } = request;
		const headers = request.headers as Record<string, string>;
		const body = describe(Buffer.concat(chunks));
		this.received.push({ request: { method, path: url, headers, body }, index: this.received.length });
		const list = this.answers.get(keyOf(method, url)) ?? [];
		const answer = (list.length > 1 ? list.shift() : list[0]) ?? { status: 200, body: '', drop: false };
		if (answer.drop) {
			request.socket.destroy();
			return;
		}
		const location = answer.location === undefined ? undefined : { location: answer.location };
		const length = answer.status === 204 ? undefined : { 'content-length': String(answer.body.length) };
		// Node's own date is not the replay's.
		const date = { date: new Date().toUTCString() };
		response.writeHead(answer.status, { ...date, ...length, ...location }).end(answer.body);
	}
}

function keyOf(method: string, path: string): string {
	return `${method} ${path.split('?')[0] ?? ''}`;
}
