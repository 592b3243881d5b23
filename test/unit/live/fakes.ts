/** A websocket server and a clock that do what a test wants, at once. */
import type { Clock } from '../../../crossbar/http/clock';
import type { SocketEvent } from '../../../crossbar/live/session';

interface Waiter {
	due: number;
	done: () => void;
}

/** Time that goes on only when told to, one wait after the other. */
export class FakeClock implements Clock {
	private readonly waiters = new Set<Waiter>();

	constructor(private time: number) {}

	now(): number {
		return this.time;
	}

	async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
		if (signal.aborted) return;
		await new Promise<void>((resolve) => {
			const end = (): void => {
				this.waiters.delete(waiter);
				signal.removeEventListener('abort', end);
				resolve();
			};
			const waiter = { due: this.time + milliseconds, done: end };
			this.waiters.add(waiter);
			signal.addEventListener('abort', end);
		});
	}

	/** Lets time pass; everything that becomes due in it is done in its order. */
	async pass(milliseconds: number): Promise<void> {
		const end = this.time + milliseconds;
		await settle();
		for (;;) {
			const next = [...this.waiters].sort((a, b) => a.due - b.due)[0];
			if (!next || next.due > end) break;
			this.time = Math.max(this.time, next.due);
			next.done();
			await settle();
		}
		this.time = end;
		await settle();
	}
}

/** Lets everything that waits for nothing but its turn have it. */
export async function settle(): Promise<void> {
	for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export interface Message {
	action: string;
	request_id: string;
	auth_token?: string;
	data?: { account_id: string; binding?: string; bindings?: string[] };
}

type Listener = (event: SocketEvent) => void;

/** The server's side of one connection. */
export class FakeSocket {
	readonly messages: Message[] = [];
	closed = false;
	private readonly listeners = new Map<string, Listener[]>();

	constructor(
		readonly url: string,
		readonly server: FakeServer,
	) {
		server.sockets.push(this);
		setImmediate(() => {
			if (server.refuses) this.emit('error', { message: 'refused' });
			else this.emit('open', {});
		});
	}

	addEventListener(type: string, listener: Listener): void {
		this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener]);
	}

	send(text: string): void {
		const message = JSON.parse(text) as Message;
		this.messages.push(message);
		if (!this.server.answers) return;
		const errors = this.server.refuse(message);
		const reply = errors ? { status: 'error', data: { errors } } : { status: 'success', data: {} };
		setImmediate(() => this.deliver({ action: 'reply', request_id: message.request_id, ...reply }));
	}

	close(): void {
		this.closed = true;
	}

	deliver(frame: object): void {
		this.emit('message', { data: JSON.stringify(frame) });
	}

	/** The connection breaks. */
	drop(): void {
		this.closed = true;
		this.emit('close', { code: 1006 });
	}

	/** Bindings that were asked for, with their accounts. */
	get asked(): string[] {
		return this.messages
			.filter(({ action }) => action === 'subscribe')
			.map(({ data }) => `${data?.account_id} ${data?.binding ?? data?.bindings?.join(',')}`);
	}

	private emit(type: string, event: SocketEvent): void {
		for (const listener of this.listeners.get(type) ?? []) listener(event);
	}
}

/** All connections of a test. */
export class FakeServer {
	readonly sockets: FakeSocket[] = [];
	refuses = false;
	answers = true;
	/** The server's words for a message that it does not want. */
	refuse: (message: Message) => string[] | undefined = () => undefined;

	/** A constructor of sockets that lead here. */
	get Socket(): new (url: string) => FakeSocket {
		// eslint would have us use an arrow function, which cannot be constructed
		const server = this as FakeServer;
		return class extends FakeSocket {
			constructor(url: string) {
				super(url, server);
			}
		};
	}

	get open(): FakeSocket[] {
		return this.sockets.filter(({ closed }) => !closed);
	}
}
