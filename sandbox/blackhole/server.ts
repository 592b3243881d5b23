import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { Buckets } from '../tokens/buckets';
import type { Auth } from '../tokens/tokens';
import { changesOf } from '../store/changes';
import type { Needs } from './needs';
import { type Event, ofChange, ofMessage } from './routing';
import type { DocEvent } from '../store/store';
import { type RunRequest, Session } from './session';

/**
 * Blackhole, KAZOO's websocket server. Follows blackhole.md 1 and observed.md 31: any path, no sub-protocols, text
 * frames only, one that is not JSON closes with 1011, an idle client is cut off after an hour, KAZOO 5 pings.
 */

/** Milliseconds without a frame after which a client is cut off. */
const IDLE = 3_600_000;

/** Milliseconds between two looks at idle clients, and between two pings of KAZOO 5. */
const ROUND = 60_000;

interface Live {
	socket: WebSocket;
	session: Session;
	/** When the client last said something (Unix milliseconds). */
	heard: number;
}

const STATUS: Record<number, string> = { 400: 'Bad Request', 403: 'Forbidden', 503: 'Service Unavailable' };

/** The server: live connections, and the ports at which they are let in. */
export class Blackhole {
	private readonly sockets = new Map<WebSocket, Live>();
	private readonly buckets = new Buckets();
	private readonly upgrader = new WebSocketServer({ noServer: true });
	private readonly stops: Array<() => void> = [];
	/** Connections are refused until then (Unix milliseconds). */
	private refusedUntil = 0;
	private own: Server | undefined;

	/** `run` carries out requests of KAZOO 5's API action. */
	constructor(
		private readonly needs: Needs,
		private readonly run: RunRequest,
		/** Whether a Host header names this server: a page of another name is not let in. */
		private readonly isOwnHost: (header: string | undefined) => boolean,
	) {}

	/** Begins to listen to the bus and to changes of documents. */
	start(): void {
		const { bus, store, version } = this.needs;
		this.stops.push(bus.subscribe((message) => this.send(ofMessage(message))));
		const onDocument = (event: DocEvent) => {
			// An account is told of twice, but only one of the two is in a database that can be bound to.
			for (const change of new Set(changesOf(store, event))) this.send(ofChange(change, version));
		};
		store.events.on('doc', onDocument);
		this.stops.push(() => store.events.off('doc', onDocument));
		const timer = setInterval(() => this.round(), ROUND);
		timer.unref();
		this.stops.push(() => clearInterval(timer));
	}

	/** Lets websockets in at an HTTP server that serves something else, too. */
	attach(server: Server): void {
		server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
	}

	/** Opens a port of its own, 0 for any free one; gives back its number. */
	async listen(port: number, host: string): Promise<number> {
		const server = createServer((_request, response) => response.writeHead(400).end());
		this.attach(server);
		await new Promise<void>((resolve, reject) => {
			server.once('error', reject);
			server.listen(port, host, resolve);
		});
		this.own = server;
		return (server.address() as AddressInfo).port;
	}

	/** The live connections of an account, the oldest first. */
	sessions(accountId: string): Session[] {
		return [...this.sockets.values()]
			.map(({ session }) => session)
			.filter(({ auth }) => auth?.accountId === accountId);
	}

	/** Cuts every connection without a word. */
	dropAll(): void {
		for (const socket of this.sockets.keys()) socket.terminate();
	}

	/** Refuses connections for so many seconds; 0 lets them in again. */
	refuseFor(seconds: number): void {
		this.refusedUntil = Date.now() + seconds * 1000;
	}

	/** Ends all connections and the port of its own. */
	async close(): Promise<void> {
		for (const stop of this.stops.splice(0)) stop();
		this.dropAll();
		this.upgrader.close();
		const { own } = this;
		if (own) await new Promise<void>((resolve) => own.close(() => resolve()));
	}

	private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		const known = this.handshakeToken(request);
		const status = this.refusal(request, known);
		if (status !== undefined) {
			socket.end(
				`HTTP/1.1 ${status} ${STATUS[status] ?? ''}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
			);
			return;
		}
		this.upgrader.handleUpgrade(request, socket, head, (ws) => this.accept(ws, request, known || undefined));
	}

	/** KAZOO 5 takes a token with the handshake; false for one that is no good. */
	private handshakeToken({ headers }: IncomingMessage): { auth: Auth; token: string } | false | undefined {
		const token = headers.authorization?.replace(/^Bearer /, '');
		if (this.needs.profile !== 5 || token === undefined) return undefined;
		const checked = this.needs.tokens.check(token);
		return checked.state === 'valid' && { auth: checked.auth, token };
	}

	private refusal(request: IncomingMessage, known: unknown): number | undefined {
		if (Date.now() < this.refusedUntil) return 503;
		if (!this.isOwnHost(request.headers.host)) return 403;
		if (request.headers['sec-websocket-protocol'] !== undefined) return 400;
		return known === false ? 403 : undefined;
	}

	private accept(socket: WebSocket, request: IncomingMessage, known?: { auth: Auth; token: string }): void {
		const { remoteAddress = '', remotePort = 0, localAddress = '' } = request.socket;
		const id = `${remoteAddress}:${remotePort}`;
		const session = new Session(this.needs, this.buckets, this.run, id, remoteAddress, localAddress, known);
		const live: Live = { socket, session, heard: Date.now() };
		this.sockets.set(socket, live);
		socket.on('close', () => this.sockets.delete(socket));
		// An error is followed by a close, which is all there is to do.
		socket.on('error', () => undefined);
		// One message at a time: what a client asks for second must not be answered first.
		let turn = Promise.resolve();
		socket.on('message', (data: RawData, isBinary: boolean) => {
			live.heard = Date.now();
			if (isBinary) return;
			const text = (data as Buffer).toString('utf8');
			turn = turn.then(() => this.receive(live, text));
		});
	}

	private async receive({ socket, session }: Live, text: string): Promise<void> {
		try {
			const reply = await session.answer(text);
			if (reply) socket.send(JSON.stringify(reply));
		} catch {
			// The real server's process for the connection dies of it.
			socket.close(1011);
		}
	}

	private send(event: Event | undefined): void {
		if (!event) return;
		for (const { socket, session } of this.sockets.values()) {
			for (const frame of session.framesFor(event)) socket.send(JSON.stringify(frame));
		}
	}

	private round(): void {
		for (const { socket, heard } of this.sockets.values()) {
			if (Date.now() - heard > IDLE) socket.close(1000);
			else if (this.needs.profile === 5) socket.ping();
		}
	}
}
