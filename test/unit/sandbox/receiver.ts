import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that came in. */
export interface Received {
	method: string;
	/** Path and query, as they were on the wire. */
	path: string;
	headers: IncomingHttpHeaders;
	body: string;
}

/** What a receiver answers: a status, with headers and a body (`ok` when left out), or null to break the connection. */
export type Answers = (
	request: Received,
) => { status: number; headers?: Record<string, string>; body?: string } | null;

/** Somebody on this machine whom webhooks tell. */
export class Receiver {
	readonly requests: Received[] = [];

	private constructor(private readonly server: Server) {}

	static async start(answers: Answers = () => ({ status: 200 })): Promise<Receiver> {
		const server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const received: Received = {
					method: request.method ?? '',
					path: request.url ?? '',
					headers: request.headers,
					body: Buffer.concat(chunks).toString('utf8'),
				};
				receiver.requests.push(received);
				const answer = answers(received);
				if (!answer) request.socket.destroy();
				else response.writeHead(answer.status, answer.headers).end(answer.body ?? 'ok');
			});
		});
		const receiver = new Receiver(server);
		await new Promise<void>((resolve) => {
			server.listen(0, '127.0.0.1', resolve);
		});
		return receiver;
	}

	/** `http://127.0.0.1:PORT`, without a path. */
	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}
