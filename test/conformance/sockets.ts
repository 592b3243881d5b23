import { WebSocket } from 'ws';
import type { Frame, Json, JsonObject } from './recording';

/** A frame that came from the sandbox, or the end of the connection as `{code, reason}`. */
export interface ReceivedFrame {
	/** Which connection. */
	socket: string;
	frame: Json;
	/** How many came before it, over all connections. */
	index: number;
}

/** How long (milliseconds) the sandbox may take over an answer. */
const PATIENCE = 2000;

/** What a client sees when it ended the connection without saying why. */
const NO_CODE = 1005;

/** Which connection a line is about: the word after the last `.ws.` tells several apart. */
export function socketOf({ name }: Frame): string {
	return /^.*\.ws\.(\w+)/.exec(name)?.[1] ?? '';
}

/** Websockets to the sandbox, one for each connection of the recording. */
export class Sockets {
	readonly received: ReceivedFrame[] = [];
	private readonly open = new Map<string, WebSocket>();

	constructor(private readonly url: string) {}

	/** Sends a frame, over a new connection if there is none, and waits for what is said to it. */
	async send(name: string, frame: Json): Promise<void> {
		const socket = this.open.get(name) ?? (await this.connect(name));
		const before = this.count(name);
		socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
		const until = performance.now() + PATIENCE;
		while (this.count(name) === before && performance.now() < until) {
			await first(socket, ['message', 'close'], 50);
		}
	}

	/** Ends a connection if it was the client that ended the recorded one. */
	async onClose(name: string, { code }: JsonObject): Promise<void> {
		const socket = this.open.get(name);
		if (!socket || code !== NO_CODE) return;
		socket.close();
		await new Promise((resolve) => socket.once('close', resolve));
	}

	/** Resolves when everything that the sandbox has sent is here. */
	async settled(): Promise<void> {
		for (const socket of this.open.values()) {
			socket.ping();
			await first(socket, ['pong', 'close']);
		}
	}

	close(): void {
		for (const socket of this.open.values()) socket.terminate();
	}

	private count(name: string): number {
		return this.received.filter(({ socket }) => socket === name).length;
	}

	private async connect(name: string): Promise<WebSocket> {
		const socket = new WebSocket(this.url);
		const keep = (frame: Json) => this.received.push({ socket: name, frame, index: this.received.length });
		socket.on('message', (data: Buffer) => keep(JSON.parse(data.toString('utf8')) as Json));
		socket.on('close', (code: number, reason: Buffer) => {
			this.open.delete(name);
			keep({ code, reason: reason.toString('utf8') });
		});
		await new Promise<void>((resolve, reject) => {
			socket.once('open', resolve);
			socket.once('error', reject);
		});
		this.open.set(name, socket);
		return socket;
	}
}

/** Resolves when the first of some things happens to a connection, or after so many milliseconds. */
function first(socket: WebSocket, events: string[], patience = PATIENCE): Promise<void> {
	return new Promise((resolve) => {
		const done = () => {
			clearTimeout(timer);
			for (const event of events) socket.off(event, done);
			resolve();
		};
		const timer = setTimeout(done, patience);
		for (const event of events) socket.once(event, done);
	});
}
