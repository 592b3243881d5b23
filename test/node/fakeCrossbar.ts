/**
 * A server that misbehaves as a test wants: log-in and "who am I" work, everything else is the test's.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const TOKEN = 'a-token.that-is.secret';

export interface FakeCrossbar {
	url: string;
	/** `METHOD path?query` of everything but log-in and "who am I". */
	requests: string[];
	/** Bodies of the same requests. */
	bodies: string[];
	/** How often somebody logged in. */
	logins(): number;
	close(): Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** An envelope as Crossbar sends it. */
export function envelope(data: unknown, more: object = {}): string {
	return JSON.stringify({ data, status: 'success', request_id: 'f'.repeat(32), auth_token: TOKEN, ...more });
}

/** Answers with JSON. */
export function answer(
	response: ServerResponse,
	status: number,
	body: string,
	headers: Record<string, string> = {},
): void {
	response.writeHead(status, { 'content-type': 'application/json', ...headers });
	response.end(body);
}

/**
 * Starts one on a free port of this machine.
 * @param accountId that the log-in belongs to, as the server says it
 */
export async function fakeCrossbar(handler: Handler, accountId = 'a'.repeat(32)): Promise<FakeCrossbar> {
	const requests: string[] = [];
	const bodies: string[] = [];
	let logins = 0;
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.on('end', () => {
			if (request.url === '/v2/api_auth') {
				logins++;
				answer(response, 201, envelope({ account_id: accountId }));
			} else if (request.url === '/v2/token_auth') {
				answer(response, 200, envelope({ account_id: accountId, account_name: 'Test' }));
			} else {
				requests.push(`${request.method} ${request.url}`);
				bodies.push(body);
				handler(request, response, body);
			}
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		requests,
		bodies,
		logins: () => logins,
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}
