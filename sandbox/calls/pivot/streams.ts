import { WebSocket } from 'ws';
import type { Fields } from '../../store/database';
import { hex } from '../../values/ids';
import type { SimulatedCall } from '../call';
import { defined, stamp } from '../stamp';
import type { Element } from './twiml';

/**
 * TwiML's `<Stream>` of KAZOO 5: the sound of a call goes to a websocket (pivot.md, 3.2; the messages as KAZOO's own
 * documentation of Pivot streams has them). Simulated calls have no sound: a server hears of the beginning, of keys
 * and of the end, what it sends back is not played.
 */

/** Milliseconds in which a server has to let us in. */
const TIMEOUT = 5000;

const NODE = 'pivot@apps1.sandbox.example';

const TRACKS: Record<string, string[]> = {
	inbound_track: ['inbound'],
	outbound_track: ['outbound'],
	both_tracks: ['inbound', 'outbound'],
};

/** The sound of a call on its way to a server. */
class Stream {
	readonly id = `MZ${hex(16)}`;
	readonly name: string;
	/** Called when it has ended, whoever ended it. */
	onEnd: () => void = () => undefined;
	private readonly url: string;
	private readonly isRaw: boolean;
	private socket: WebSocket | undefined;
	private sent = 0;
	private isOver = false;

	constructor(
		private readonly call: SimulatedCall,
		private readonly element: Element,
		current: string,
	) {
		const { url, name, rawAudio } = element.attributes;
		this.name = name ?? this.id;
		this.isRaw = rawAudio === 'true';
		const target = new URL(url ?? current, current);
		// An address that is none of a websocket's is of a safe one; query and fragment are left out.
		if (!/^wss?:$/.test(target.protocol)) target.protocol = 'wss:';
		target.search = '';
		target.hash = '';
		this.url = target.href;
	}

	/** Opens the connection and says what comes. False when nobody lets us in. */
	async start(): Promise<boolean> {
		const { call } = this;
		call.note('sandbox', `streams the call to ${this.url}`);
		try {
			this.socket = await connect(this.url);
		} catch (error) {
			this.end('error', (error as Error).message);
			return false;
		}
		this.socket.on('error', () => undefined);
		this.socket.on('close', () => this.end('disconnected'));
		this.write({ event: 'connected', protocol: 'Call', version: '1.0.0' });
		this.send('start', this.about());
		this.publish('stream_start');
		return true;
	}

	/** The caller pressed keys. */
	press(digits: string): void {
		for (const digit of digits) this.send('dtmf', { track: 'inbound_track', digit });
	}

	/** Ends it, once. */
	end(reason: string, error?: string): void {
		if (this.isOver) return;
		if (error === undefined)
			this.send('stop', { accountSid: this.call.account._id, callSid: this.call.caller.id });
		this.isOver = true;
		this.socket?.close();
		this.call.note('sandbox', `the stream to ${this.url} ends (${error ?? reason})`);
		this.publish('stream_stop', { Reason: reason, 'Error-Message': error });
		this.onEnd();
	}

	private about(): Fields {
		const {
			track = 'inbound_track',
			audioCodec = 'pcm',
			audioMix = 'mono',
			sampleRate,
		} = this.element.attributes;
		const isPlain = audioCodec === 'pcm';
		const rate = audioCodec === 'pcm16' ? 24_000 : isPlain ? Number.parseInt(sampleRate ?? '8000') : 8000;
		const parameters = this.element.children.map(({ attributes }) => [attributes.name, attributes.value]);
		return {
			accountSid: this.call.account._id,
			streamSid: this.id,
			callSid: this.call.caller.id,
			tracks: TRACKS[track] ?? TRACKS.inbound_track,
			mediaFormat: {
				encoding: /^(g711_ulaw|pcmu)$/.test(audioCodec) ? 'audio/x-mulaw' : 'audio/L16',
				// `8k` is a way to write 8000.
				sampleRate: rate < 1000 ? rate * 1000 : rate,
				channels: isPlain && audioMix === 'stereo' ? 2 : 1,
			},
			customParameters: Object.fromEntries(parameters) as Fields,
		};
	}

	private send(event: string, more: Fields): void {
		// Of a raw stream the server gets nothing but sound.
		this.write({ event, sequenceNumber: String(++this.sent), [event]: more, streamSid: this.id });
	}

	private write(message: Fields): void {
		if (!this.isRaw && !this.isOver && this.socket?.readyState === WebSocket.OPEN) {
			this.socket.send(JSON.stringify(message));
		}
	}

	private publish(name: string, more: Fields = {}): void {
		const { call } = this;
		call.exchange.bus.publish(
			'kapi_pivot:publish_stream',
			defined({
				...stamp('pivot', NODE, 'pivot', name),
				'Account-ID': call.account._id,
				'Call-ID': call.caller.id,
				'Stream-ID': this.id,
				'Stream-Name': this.name,
				...more,
			}),
		);
	}
}

function connect(url: string): Promise<WebSocket> {
	return new Promise((resolve, reject) => {
		const socket = new WebSocket(url, { handshakeTimeout: TIMEOUT });
		socket.once('open', () => resolve(socket));
		socket.once('error', reject);
	});
}

/** The streams of one call. */
export class Streams {
	private streams: Stream[] = [];

	constructor(private readonly call: SimulatedCall) {
		call.atEnd.push(() => this.endAll('hangup'));
	}

	/** `<Start><Stream>`: the call goes on meanwhile. */
	async start(element: Element, current: string): Promise<Stream | undefined> {
		const stream = new Stream(this.call, element, current);
		if (!(await stream.start())) return undefined;
		this.streams.push(stream);
		return stream;
	}

	/** `<Connect><Stream>`: the call has nothing else to do until it ends. */
	async connect(element: Element, current: string): Promise<void> {
		const stream = await this.start(element, current);
		if (!stream) return;
		let isOver = false;
		stream.onEnd = () => {
			isOver = true;
			this.call.interrupt({ kind: 'break' });
		};
		while (!isOver) {
			const digits = await this.call.listen(60 * 60, true);
			if (digits !== undefined) stream.press(digits);
		}
	}

	/** `<Stop><Stream>`: the one of that id or name; all without. */
	stop({ id, name }: Record<string, string>): void {
		const isMeant = (stream: Stream) =>
			(id === undefined && name === undefined) || stream.id === id || stream.name === name;
		for (const stream of this.streams.filter(isMeant)) stream.end('stop');
		this.streams = this.streams.filter((stream) => !isMeant(stream));
	}

	private endAll(reason: string): void {
		for (const stream of this.streams.splice(0)) stream.end(reason);
	}
}
