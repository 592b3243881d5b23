/**
 * What stands between the node and the server: it lets reading pass, and changes only inside the accounts that the
 * check made itself. Everything else is refused here, whatever a row asks for. It also remembers what was asked.
 */
import { createServer, request as plainRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { AddressInfo } from 'node:net';

/** One request and its answer. */
export interface Exchange {
	method: string;
	/** Below `/v2`, without the query string. */
	path: string;
	status: number;
	/** What the server said, where it refused; its token left out. */
	refusal: string;
	/** Refused by the guard itself: it never reached the server. */
	stopped: boolean;
}

export interface Guard {
	/** Where the node is to send its requests. */
	url: string;
	/** The accounts in which anything may be changed; what is created below them joins by itself. */
	own: Set<string>;
	/** Gives the exchanges since the last call. */
	take(): Exchange[];
	/** The same, and they stay. */
	peek(): readonly Exchange[];
	close(): Promise<void>;
}

/** Logging in and out, and questions that are asked by PUT or POST. */
const HARMLESS: readonly RegExp[] = [
	/^PUT \/(api|user)_auth$/,
	/^DELETE \/token_auth$/,
	/^POST \/auth\/tokeninfo$/,
	/^PUT \/schemas\/[^/]+\/validation$/,
];
/** Texts longer than this are no refusals. */
const LONGEST = 100_000;

/** Whether a request may go on to the server. */
export function mayPass(method: string, path: string, own: ReadonlySet<string>): boolean {
	if (method === 'GET' || HARMLESS.some((known) => known.test(`${method} ${path}`))) return true;
	const account = /^\/accounts\/([^/]+)/.exec(path)?.[1];
	return account !== undefined && own.has(account);
}

/** Opens the guard before a server. @param server its address, with or without `/v2` */
export async function openGuard(server: string): Promise<Guard> {
	const target = new URL(server.replace(/\/(v2\/?)?$/, ''));
	const own = new Set<string>();
	let exchanges: Exchange[] = [];

	const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
		const method = incoming.method ?? 'GET';
		// As the server will read it: without dots that lead elsewhere
		const { pathname, search } = new URL(incoming.url ?? '/', target);
		const path = pathname.replace(/^\/v2/, '');
		const body = await textOf(incoming);
		if (!mayPass(method, path, own)) {
			exchanges.push({ method, path, status: 0, refusal: 'outside of the account', stopped: true });
			outgoing.writeHead(403, { 'content-type': 'application/json' });
			outgoing.end('{"status":"error","error":"403","message":"refused by the check itself","data":{}}');
			return;
		}
		const send = target.protocol === 'https:' ? secureRequest : plainRequest;
		// Compressed answers could not be read here
		const headers = { ...incoming.headers, host: target.host, 'accept-encoding': 'identity' };
		const asked = send(new URL(target.pathname.replace(/\/$/, '') + pathname + search, target), {
			method,
			headers,
			// A connection that waits for the next request may have been closed meanwhile
			agent: false,
		});
		const answer = await new Promise<IncomingMessage>((resolve, reject) => {
			asked.on('response', resolve).on('error', reject).end(body);
		});
		const content = await textOf(answer);
		const status = answer.statusCode ?? 0;
		exchanges.push({ method, path, status, refusal: status < 400 ? '' : refusalOf(content), stopped: false });
		if (method === 'PUT' && status === 201 && /^\/accounts\/[^/]+$/.test(path)) admit(content);
		outgoing.writeHead(status, withoutHops(answer.headers));
		outgoing.end(content);
	};
	const admit = (content: Buffer): void => {
		const { data } = JSON.parse(content.toString()) as { data?: { id?: string } };
		if (data?.id) own.add(data.id);
	};

	const guard = createServer((incoming, outgoing) => {
		serve(incoming, outgoing).catch((error: Error) => {
			exchanges.push({
				method: incoming.method ?? '',
				path: incoming.url ?? '',
				status: 0,
				refusal: error.message,
				stopped: false,
			});
			outgoing.writeHead(502, { 'content-type': 'text/plain' }).end(error.message);
		});
	});
	await new Promise<void>((resolve) => guard.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(guard.address() as AddressInfo).port}`,
		own,
		take() {
			const taken = exchanges;
			exchanges = [];
			return taken;
		},
		peek: () => exchanges,
		async close() {
			guard.closeAllConnections();
			await new Promise((resolve) => guard.close(resolve));
		},
	};
}

async function textOf(stream: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

/** The server's words in one line: `message` and `data` of the envelope, or what else came. */
function refusalOf(content: Buffer): string {
	const text = content.toString('utf8', 0, LONGEST);
	try {
		const { message, data } = JSON.parse(text) as { message?: unknown; data?: unknown };
		return `${String(message)} ${JSON.stringify(data)}`;
	} catch {
		return text.slice(0, 200);
	}
}

/** Headers that belong to one connection do not go on. */
function withoutHops(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
	const { connection: _, 'transfer-encoding': __, 'content-length': ___, ...kept } = headers;
	return kept;
}
