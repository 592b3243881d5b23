/**
 * Keeps a websocket to KAZOO as long as the trigger is active: connects again when it breaks, subscribes again when
 * the month changes or an account is new, and says so when it cannot.
 */
import type { Generation } from '../events';
import type { Clock } from '../http/clock';
import { LiveFailure } from './failure';
import type { EventFrame } from './frames';
import type { SocketConstructor } from './session';
import { LiveSession } from './session';
import type { Subscription } from './subscriptions';
import { isMonthly } from './subscriptions';

export interface ListenerSettings {
	readonly Socket: SocketConstructor;
	readonly clock: Clock;
	readonly url: string;
	/** A token that is good now: asked for each connection. */
	readonly login: () => Promise<{ readonly token: string; readonly generation: Generation }>;
	/** What to listen to now: asked for each connection, and at intervals for new accounts. */
	readonly subscriptions: () => Promise<readonly Subscription[]>;
	/** Events, in the order they arrive; the same one may come twice when a connection takes over from another. */
	readonly onEvent: (event: EventFrame) => void;
	/** It is over: trying again does not help, or did not help for too long. */
	readonly onFailure: (error: unknown) => void;
	/** Milliseconds without a connection after which that is a failure. */
	readonly patience: number;
	/** 0 to 1; `Math.random` unless told otherwise. */
	readonly random?: () => number;
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 60_000;
const LOOK_EVERY = 30_000;
/** New accounts are looked for so often. */
const REFRESH_EVERY = 600_000;
/** A connection of this age did work, even if nothing came. */
const PROVED_AFTER = 10_000;
/** The server's clock may be behind: subscriptions of a new month are made again after this time. */
const SLOW_CLOCK = 60_000;
const SECOND = 1000;

interface Connection {
	readonly session: LiveSession;
	/** When its subscriptions were asked for. */
	readonly since: number;
	readonly monthly: boolean;
	refreshed: number;
}

/** One trigger's connection to the websocket, whatever happens to it. */
export class LiveListener {
	private readonly over = new AbortController();
	private connection: Connection | undefined;
	/** Connections since the last one that worked. */
	private attempts = 0;

	constructor(private readonly settings: ListenerSettings) {}

	/**
	 * Connects, subscribes, and goes on by itself.
	 * @throws LiveFailure, or what `login` and `subscriptions` throw: the first connection is not tried twice
	 */
	async start(): Promise<void> {
		this.connection = await this.connect();
		if (this.over.signal.aborted) this.close();
		else void this.keep(this.connection);
	}

	/** Ends it; nothing is reported any more. */
	close(): void {
		this.over.abort();
		this.connection?.session.close();
	}

	private get isOver(): boolean {
		return this.over.signal.aborted;
	}

	private async connect(): Promise<Connection> {
		const { Socket, clock, url, login, subscriptions, onEvent } = this.settings;
		const { token, generation } = await login();
		const wanted = await subscriptions();
		const session = await LiveSession.open({ Socket, clock, url, token, generation, onEvent });
		const since = clock.now();
		const close = (): void => session.close();
		this.over.signal.addEventListener('abort', close);
		session.signal.addEventListener('abort', () => this.over.signal.removeEventListener('abort', close));
		if (this.isOver) close();
		let subscribed = false;
		try {
			await session.subscribe(wanted);
			subscribed = true;
		} finally {
			if (!subscribed) session.close();
		}
		const monthly = wanted.some(({ bindings }) => isMonthly(bindings));
		return { session, since, monthly, refreshed: since };
	}

	/** From one connection to the next, until it is closed or fails. */
	private async keep(first: Connection): Promise<void> {
		const { clock, onFailure } = this.settings;
		try {
			let connection = first;
			while (!this.isOver) {
				const { session } = connection;
				await clock.wait(this.untilNextLook(), session.signal);
				if (this.isOver) return;
				const { ended } = session;
				if (ended !== undefined) {
					const worked = session.proved || clock.now() - connection.since >= PROVED_AFTER;
					if (worked) this.attempts = 0;
					connection = await this.reconnect(ended);
				} else if (this.isOutdated(connection)) connection = await this.takeOver(connection);
				else if (clock.now() - connection.refreshed >= REFRESH_EVERY) await this.refresh(connection);
				this.connection = connection;
			}
		} catch (error) {
			if (this.isOver) return;
			this.close();
			onFailure(error);
		}
	}

	private untilNextLook(): number {
		const now = this.settings.clock.now();
		return Math.min(LOOK_EVERY, nextMonth(now - SECOND) + SECOND - now);
	}

	/** Whether a month began since it was subscribed, by our clock or by one that is slow. */
	private isOutdated({ since, monthly }: Connection): boolean {
		const now = this.settings.clock.now();
		return (
			monthly && [SECOND, SLOW_CLOCK].some((behind) => monthOf(now - behind) !== monthOf(since - behind))
		);
	}

	/** A new connection that listens before the old one stops: nothing is missed in between. */
	private async takeOver(old: Connection): Promise<Connection> {
		// Where it fails, the old one still tells what is not of this month, and the next look tries again
		const fresh = await this.connect().catch(passing);
		if (fresh === undefined) return old;
		old.session.close();
		return fresh;
	}

	private async refresh(connection: Connection): Promise<void> {
		connection.refreshed = this.settings.clock.now();
		const { session } = connection;
		const listen = async (): Promise<void> => {
			const wanted = await this.settings.subscriptions();
			await session.subscribe(wanted.filter(({ accountId }) => !session.accounts.has(accountId)));
		};
		// Where the accounts could not be had, or the connection broke, they are looked for again
		await listen().catch(passing);
	}

	/** @throws LiveFailure when the server refuses, or when there was no connection for too long */
	private async reconnect(reason: string): Promise<Connection> {
		const { clock, patience, random = Math.random } = this.settings;
		const lost = clock.now();
		for (;;) {
			const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.attempts++);
			await clock.wait(longest / 2 + random() * (longest / 2), this.over.signal);
			if (this.isOver) throw new LiveFailure('Closed', '', true);
			const connection = await this.connect().catch((error: unknown) => {
				passing(error);
				if (clock.now() - lost >= patience) throw lostFor(clock.now() - lost, reason, error);
			});
			if (connection) return connection;
		}
	}
}

/** Takes what may be otherwise the next time. @throws LiveFailure that lasts */
function passing(error: unknown): undefined {
	if (error instanceof LiveFailure && error.lasting) throw error;
	return undefined;
}

function lostFor(milliseconds: number, reason: string, error: unknown): LiveFailure {
	const { message, description } = error as Error & { description?: string };
	const minutes = Math.max(1, Math.round(milliseconds / 60_000));
	return new LiveFailure(
		`No connection to the websocket server for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`,
		`It was lost because ${reason}. The last attempt: ${message}. ${description ?? ''} Events of this time are missing: KAZOO does not send them again.`,
		true,
	);
}

/** Months in UTC, by which KAZOO names its databases; milliseconds, Unix. */
const monthOf = (time: number): string => new Date(time).toISOString().slice(0, 7);

function nextMonth(time: number): number {
	const date = new Date(time);
	return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}
