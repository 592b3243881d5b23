import type { Sandbox } from '../../sandbox';
import type { Clock } from './clock';
import { compareEvents, deliveryItem, frameItem, recordedFrame, type Item } from './events';
import type { Identities } from './identities';
import { lostMessages } from './lost-messages';
import type { Mapping } from './mapping';
import type { Outcome } from './player';
import type { Receiver } from './receiver';
import {
	isObject,
	type Exchange,
	type Frame,
	type Json,
	timeOf,
	type Line,
	type Published,
} from './recording';
import { socketOf, Sockets } from './sockets';

/** Milliseconds between two looks at hooks that fail, on a real server. */
const CHECK_EVERY = 15_000;

/**
 * Plays the lines about events: puts messages on the bus, talks to websockets, and keeps what the sandbox delivers to
 * compare it in the end.
 */
export class EventsPlayer {
	private readonly recorded: Item[] = [];
	private readonly actual: Item[] = [];
	private readonly sockets: Sockets;
	private seen = { deliveries: 0, frames: 0 };
	private checked: number;
	private readonly lost: ReadonlySet<number>;

	constructor(
		private readonly sandbox: Sandbox,
		private readonly lines: readonly Line[],
		private readonly clock: Clock,
		private readonly mapping: Mapping,
		private readonly identities: Identities,
		private readonly receiver: Receiver,
	) {
		this.sockets = new Sockets(sandbox.websocketUrl);
		this.checked = firstCheck(lines, clock.now);
		this.lost = lostMessages(lines);
	}

	/** Sets the clock, and looks at failing hooks on the way as often as a real server would. */
	async setClock(time: number): Promise<void> {
		while (this.checked + CHECK_EVERY <= time) {
			this.checked += CHECK_EVERY;
			this.clock.set(this.checked);
			this.sandbox.deliveries.check();
			await this.sandbox.deliveries.settled();
		}
		this.clock.set(time);
	}

	/** Plays a line that is no exchange. */
	async play(line: Exclude<Line, Exchange | { kind: 'seed' }>): Promise<void> {
		if (line.kind === 'published') this.publish(line);
		else if (line.kind === 'webhook') this.recorded.push(deliveryItem(line));
		else if (line.from === 'client') await this.sendFrame(line);
		else await this.expectFrame(line);
		await this.collect(line);
	}

	/** Waits for what a line caused, and notes that it came then. */
	async collect({ line, name }: Line): Promise<void> {
		await this.sandbox.deliveries.settled();
		await this.sockets.settled();
		for (const { request } of this.receiver.received.slice(this.seen.deliveries)) {
			this.actual.push(deliveryItem({ line, name, request }));
		}
		for (const { socket, frame } of this.sockets.received.slice(this.seen.frames)) {
			this.actual.push(frameItem({ line, name }, socket, frame));
		}
		this.seen = { deliveries: this.receiver.received.length, frames: this.sockets.received.length };
	}

	/** Compares what came with what was recorded. */
	outcomes(): Outcome[] {
		return compareEvents(this.recorded, this.actual, this.mapping);
	}

	close(): void {
		this.sockets.close();
	}

	private publish({ content, line }: Published): void {
		const { api, payload } = content;
		if (typeof api !== 'string' || !isObject(payload) || this.lost.has(line)) return;
		this.sandbox.bus.publish(api, this.mapping.translateJson(payload) as Record<string, unknown>);
	}

	private async sendFrame(frame: Frame): Promise<void> {
		const text = JSON.stringify(frame.frame);
		const filled = text.includes('<token>') ? await this.withToken(text, frame) : text;
		await this.sockets.send(socketOf(frame), this.mapping.translateJson(JSON.parse(filled) as Json));
	}

	private async expectFrame(frame: Frame): Promise<void> {
		this.recorded.push(recordedFrame(frame));
		if (isObject(frame.frame) && 'code' in frame.frame)
			await this.sockets.onClose(socketOf(frame), frame.frame);
	}

	/** The token of the administrator of the account that the connection is about. */
	private async withToken(text: string, frame: Frame): Promise<string> {
		const account = this.accountOf(frame);
		const exchange: Exchange = {
			kind: 'exchange',
			line: frame.line,
			name: frame.name,
			request: { method: 'GET', path: `/v2/accounts/${account}`, headers: {} },
			response: { status: 0, headers: {}, body: null },
		};
		return this.identities.fill(text, exchange);
	}

	private accountOf(frame: Frame): string {
		for (const line of this.lines) {
			if (line.line < frame.line || line.kind !== 'websocket' || socketOf(line) !== socketOf(frame)) continue;
			const data = isObject(line.frame) ? line.frame.data : undefined;
			if (line.from === 'client' && isObject(data) && typeof data.account_id === 'string')
				return data.account_id;
		}
		return '';
	}
}

/**
 * When the first look at failing hooks was due at or after a moment (milliseconds). A message that a hook was switched
 * off gives away when the real server looked.
 */
function firstCheck(lines: readonly Line[], start: number): number {
	const told = lines.find(
		(line) => line.kind === 'webhook' && JSON.stringify(line.request).includes('webhook_disabled'),
	);
	const at = told && timeOf(told);
	return at === undefined ? start : at - Math.ceil((at - start) / CHECK_EVERY) * CHECK_EVERY;
}
