/** One connection to the websocket: opened, subscribed, kept alive, until it ends. */
import type { IDataObject } from 'n8n-workflow';

import type { Generation } from '../events';
import type { Clock } from '../http/clock';
import { LiveFailure, refusedSubscription } from './failure';
import type { EventFrame, ReplyFrame } from './frames';
import { parseFrame, subscribeMessages } from './frames';
import type { Subscription } from './subscriptions';

/** The part of the standard WebSocket that is used. */
export interface Socket {
	send(text: string): void;
	close(code?: number): void;
	addEventListener(
		type: 'open' | 'close' | 'error' | 'message',
		listener: (event: SocketEvent) => void,
	): void;
}

export interface SocketEvent {
	readonly data?: unknown;
	readonly code?: number;
	readonly message?: string;
}

export type SocketConstructor = new (url: string) => Socket;

export interface SessionSettings {
	readonly Socket: SocketConstructor;
	readonly clock: Clock;
	readonly url: string;
	readonly token: string;
	readonly generation: Generation;
	readonly onEvent: (event: EventFrame) => void;
}

const CONNECT_TIMEOUT = 30_000;
/** Proxies cut connections on which nothing is said for 30 to 60 seconds (blackhole.md 5). */
const PING_AFTER = 25_000;
/** Nothing came for so long although we asked: the connection is dead. */
const SILENT_AFTER = 60_000;
const LOOK_EVERY = 5_000;
/** The server takes 100 messages at once and 10 a second more; some are left for pings. */
const MESSAGES_AT_ONCE = 80;
const MESSAGES_A_SECOND = 9;
const AFTER_RATE_LIMIT = 5_000;
/** How often one message may be refused for its rate: two minutes. */
const MOST_RATE_LIMITS = 24;
/** An answer comes at once, or not at all. */
const ANSWER_TIMEOUT = 30_000;

/** A connection, from its opening to its end; there is no way back from that. */
export class LiveSession {
	/** Accounts that are listened to. */
	readonly accounts = new Set<string>();
	/** Something came besides the answers to subscriptions: the connection works. */
	proved = false;
	private readonly socket: Socket;
	private readonly pending = new Map<string, (reply: ReplyFrame | undefined) => void>();
	private readonly opening = new AbortController();
	private readonly over = new AbortController();
	private reason: string | undefined;
	private isOpen = false;
	private requests = 0;
	private heard: number;
	private said: number;
	private allowance = MESSAGES_AT_ONCE;
	private allowanceAt: number;

	private constructor(private readonly settings: SessionSettings) {
		this.heard = this.said = this.allowanceAt = settings.clock.now();
		this.socket = new settings.Socket(settings.url);
		this.socket.addEventListener('open', () => {
			this.isOpen = true;
			this.opening.abort();
		});
		this.socket.addEventListener('message', ({ data }) => this.receive(data));
		this.socket.addEventListener('close', ({ code }) =>
			this.end(`the connection was closed${code === undefined ? '' : ` (${code})`}`),
		);
		this.socket.addEventListener('error', ({ message }) => this.end(message || 'the connection failed'));
	}

	/** @throws LiveFailure when there is no connection */
	static async open(settings: SessionSettings): Promise<LiveSession> {
		const session = new LiveSession(settings);
		await settings.clock.wait(CONNECT_TIMEOUT, session.opening.signal);
		if (!session.isOpen || session.reason !== undefined) {
			const reason = session.reason ?? 'it did not answer';
			session.close();
			throw new LiveFailure(
				`No connection to the websocket server at ${settings.url.replace(/\?.*/s, '')}`,
				`${reason}. Check Websocket URL in the credential, that KAZOO's Blackhole is running, that its certificate is one that n8n trusts, and that proxies let websockets through.`,
				false,
			);
		}
		void session.keepAlive();
		return session;
	}

	/** Why it is over; nothing while it is not. */
	get ended(): string | undefined {
		return this.reason;
	}

	/** Aborts when it is over. */
	get signal(): AbortSignal {
		return this.over.signal;
	}

	/**
	 * Asks for events; they may come before this returns.
	 * @throws LiveFailure when the server refuses, or the connection ends
	 */
	async subscribe(subscriptions: readonly Subscription[]): Promise<void> {
		for (const subscription of subscriptions) {
			const messages = subscribeMessages(subscription, this.settings.generation);
			for (const data of messages) await this.subscribeOnce(data);
			this.accounts.add(subscription.accountId);
		}
	}

	close(): void {
		this.end('closed');
		try {
			this.socket.close(1000);
		} catch {
			// It was not open yet, or is closed already.
		}
	}

	private async subscribeOnce(data: IDataObject): Promise<void> {
		for (let refusals = 0; ; refusals++) {
			await this.pace();
			const reply = await this.ask('subscribe', { auth_token: this.settings.token, data });
			if (reply.refused === undefined) return;
			if (!/rate limit/i.test(reply.refused) || refusals >= MOST_RATE_LIMITS)
				throw refusedSubscription(
					reply.refused,
					String(data.binding ?? (data.bindings as string[]).join(', ')),
				);
			await this.settings.clock.wait(AFTER_RATE_LIMIT, this.over.signal);
		}
	}

	/** Waits until the server takes another message. */
	private async pace(): Promise<void> {
		const { clock } = this.settings;
		const now = clock.now();
		const grown = ((now - this.allowanceAt) / 1000) * MESSAGES_A_SECOND;
		this.allowance = Math.min(MESSAGES_AT_ONCE, this.allowance + grown);
		this.allowanceAt = now;
		if (this.allowance < 1) await clock.wait(1000 / MESSAGES_A_SECOND, this.over.signal);
		this.allowance -= 1;
	}

	/** @throws LiveFailure when no answer comes, or the connection ends before */
	private async ask(action: string, message: IDataObject): Promise<ReplyFrame> {
		const requestId = `n8n-${++this.requests}`;
		const over = new AbortController();
		let reply: ReplyFrame | undefined;
		this.pending.set(requestId, (answer) => {
			reply = answer;
			over.abort();
		});
		this.say({ action, request_id: requestId, ...message });
		if (this.reason === undefined) await this.settings.clock.wait(ANSWER_TIMEOUT, over.signal);
		this.pending.delete(requestId);
		if (reply) return reply;
		throw new LiveFailure(
			this.reason === undefined
				? 'The websocket server did not answer when events were asked for'
				: 'The connection to the websocket server broke while events were asked for',
			`${this.reason ?? `Nothing came for ${ANSWER_TIMEOUT / 1000} s`}. It is tried again.`,
			false,
		);
	}

	private end(reason: string): void {
		if (this.reason !== undefined) return;
		this.reason = reason;
		this.opening.abort();
		this.over.abort();
		for (const resolve of this.pending.values()) resolve(undefined);
	}

	private say(message: IDataObject): void {
		this.said = this.settings.clock.now();
		try {
			this.socket.send(JSON.stringify(message));
		} catch {
			// What the error says may hold the message, and that the token.
			this.end('the connection cannot be written to');
		}
	}

	private receive(data: unknown): void {
		if (this.reason !== undefined) return;
		this.heard = this.settings.clock.now();
		const frame = parseFrame(data, [this.settings.token]);
		if (frame === undefined) return;
		if ('reply' in frame) {
			const waiting = this.pending.get(frame.reply.requestId);
			if (waiting) waiting(frame.reply);
			else this.proved = true;
			return;
		}
		this.proved = true;
		this.settings.onEvent(frame.event);
	}

	/** Says something before a proxy or the server loses patience, and notices when nothing comes back. */
	private async keepAlive(): Promise<void> {
		const { clock } = this.settings;
		while (this.reason === undefined) {
			await clock.wait(LOOK_EVERY, this.over.signal);
			const now = clock.now();
			if (now - this.heard >= SILENT_AFTER) {
				this.end('nothing came for a minute');
				this.close();
			} else if (now - this.said >= PING_AFTER) {
				// KAZOO 4 answers also without its ping module (observed.md 31)
				this.say({ action: 'ping', request_id: `n8n-ping-${++this.requests}` });
			}
		}
	}
}
