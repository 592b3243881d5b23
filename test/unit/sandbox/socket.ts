import { WebSocket, type ClientOptions } from 'ws';

/** A frame, as JSON. */
export type Frame = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- frames of every shape

/** A websocket that remembers what it was told. */
export class Socket {
	readonly frames: Frame[] = [];
	/** The code with which it was closed. */
	closed: number | undefined;

	private constructor(private readonly socket: WebSocket) {
		socket.on('message', (data: Buffer) => this.frames.push(JSON.parse(data.toString('utf8')) as Frame));
		socket.on('close', (code) => {
			this.closed = code;
		});
	}

	/** Opens a connection; rejects with the status when the handshake is refused. */
	static open(url: string, options: ClientOptions = {}, protocols: string[] = []): Promise<Socket> {
		return new Promise((resolve, reject) => {
			const raw = new WebSocket(url, protocols, options);
			const socket = new Socket(raw);
			raw.once('open', () => resolve(socket));
			raw.once('unexpected-response', (_request, response) => {
				reject(new Error(String(response.statusCode)));
				raw.terminate();
			});
			raw.once('error', reject);
		});
	}

	/** Sends a frame without waiting; text goes as it is. */
	send(frame: Frame | string): void {
		this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
	}

	/** Sends a frame and gives back what it was answered. */
	async ask(frame: Frame): Promise<Frame> {
		const replies = () => this.frames.filter(({ action }) => action === 'reply');
		const before = replies().length;
		this.send(frame);
		while (replies().length === before) await this.next();
		return replies().at(-1) as Frame;
	}

	/** Frames about events, after everything that was sent has arrived. */
	async events(): Promise<Frame[]> {
		await new Promise((resolve) => {
			this.socket.once('pong', resolve);
			this.socket.ping();
		});
		return this.frames.filter(({ action }) => action === 'event');
	}

	/** Resolves when the connection is closed. */
	async end(): Promise<void> {
		if (this.closed === undefined) await new Promise((resolve) => this.socket.once('close', resolve));
	}

	/** Resolves with the next ping of the server. */
	pinged(): Promise<void> {
		return new Promise((resolve) => this.socket.once('ping', () => resolve()));
	}

	close(): void {
		this.socket.terminate();
	}

	private next(): Promise<void> {
		return new Promise((resolve, reject) => {
			this.socket.once('message', () => resolve());
			this.socket.once('close', () => reject(new Error('closed')));
		});
	}
}
