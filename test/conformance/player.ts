import { createSandbox, type Sandbox } from '../../sandbox';
import { Bodies } from './bodies';
import { Client, type Answer } from './client';
import { Clock } from './clock';
import { compareResponses, type Difference } from './compare';
import { EventsPlayer } from './events-player';
import { Identities } from './identities';
import { LentIds } from './ids';
import { Mapping } from './mapping';
import { startOf } from './presupposed';
import { Receiver } from './receiver';
import { isObject, timeOf, type Exchange, type Line } from './recording';
import { sentTogether, winnersFirst } from './together';
import { World } from './world';

/** How often a request may pass before it must be refused as one too many. */
const MOST_BEFORE_REFUSAL = 100;

/** Milliseconds that a write takes while requests run side by side: all of them have looked by then. */
const PARALLEL_WRITE = 100;

/** How one exchange, delivery or frame went. */
export interface Outcome {
	kind: 'exchange' | 'event';
	line: number;
	name: string;
	/** Method and path as recorded; of an event what it was. */
	request: string;
	/** Empty when the sandbox agrees with the recording. */
	differences: Difference[];
}

/** A request as it goes out. */
interface Ready {
	method: string;
	path: string;
	headers: Record<string, string>;
	body?: Buffer;
}

/** How a replay went. */
export interface Replay {
	outcomes: Outcome[];
	/** Documents and accounts the recording takes for granted and the replay put in. */
	presupposed: number;
}

/** Replays a recording against a fresh sandbox, in order. */
export async function replay(lines: readonly Line[], profile: 4 | 5): Promise<Replay> {
	const clock = new Clock();
	const start = startOf(lines);
	clock.install();
	if (start !== undefined) clock.set(start);
	let sandbox: Sandbox | undefined;
	const receiver = await Receiver.start(lines);
	try {
		// The replay has its own time: it looks at failing hooks itself, and waiting means moving the clock.
		const pause = (milliseconds: number) => Promise.resolve(clock.set(clock.now + milliseconds));
		const deliveries = { agent: receiver.agent, failureCheck: 0, pause };
		// The recorded server ran the modules that KAZOO starts by itself, and had no switch that could have sent faxes.
		const parts = { allModules: false, faxes: false };
		const options = { profile, seed: false, quiet: true, writeDelay: 0, deliveries, ...parts };
		sandbox = await createSandbox(options);
		const player = new Player(sandbox, lines, clock, receiver);
		return await player.play();
	} finally {
		await sandbox?.close();
		await receiver.close();
		clock.restore();
	}
}

class Player {
	private readonly mapping = new Mapping();
	private readonly client: Client;
	private readonly identities: Identities;
	private readonly bodies: Bodies;
	private readonly world: World;
	private readonly ids: LentIds;
	private readonly together: Map<number, Exchange[]>;
	private readonly done = new Set<Exchange>();
	private readonly events: EventsPlayer;

	constructor(
		private readonly sandbox: Sandbox,
		private readonly lines: readonly Line[],
		clock: Clock,
		receiver: Receiver,
	) {
		this.client = new Client(sandbox.url);
		const { store } = sandbox;
		this.identities = new Identities(this.client, clock, this.mapping, (account) => {
			const realm = store.account(account)?.realm;
			return typeof realm === 'string' ? realm : undefined;
		});
		this.bodies = new Bodies(lines);
		this.world = new World(sandbox, lines, this.mapping, this.identities);
		this.ids = new LentIds(this.mapping);
		this.together = sentTogether(lines);
		const { mapping, identities } = this;
		this.events = new EventsPlayer(sandbox, lines, clock, mapping, identities, receiver);
		this.world.start();
		this.ids.attach(store);
	}

	async play(): Promise<Replay> {
		const outcomes: Outcome[] = [];
		try {
			for (const [index, line] of this.lines.entries()) {
				const time = timeOf(line) ?? this.timeOfNext(index);
				if (time !== undefined) await this.events.setClock(time);
				this.world.forget(line.line);
				if (line.kind === 'seed') this.world.seed(line);
				else if (line.kind === 'exchange') outcomes.push(...(await this.next(line)));
				else await this.events.play(line);
			}
			outcomes.push(...this.events.outcomes());
		} finally {
			this.client.close();
			this.events.close();
		}
		outcomes.sort((a, b) => a.line - b.line);
		return { outcomes, presupposed: this.world.presupposed };
	}

	/** When a message was published: when the first thing came that it caused. */
	private timeOfNext(index: number): number | undefined {
		const [line, next] = [this.lines[index], this.lines[index + 1]];
		return line?.kind === 'published' && next && next.kind !== 'exchange' ? timeOf(next) : undefined;
	}

	/** Replays a line, together with those that were sent at the same time. */
	private async next(line: Exchange): Promise<Outcome[]> {
		if (this.done.has(line)) return [];
		const group = this.together.get(line.line) ?? [line];
		group.forEach((exchange) => this.done.add(exchange));
		if (group.length === 1) {
			const request = await this.request(line);
			return [await this.judge(line, await this.insist(request, line.response.status === 429))];
		}
		const order = winnersFirst(group);
		const requests: (Ready | Error)[] = [];
		for (const exchange of order) requests.push(await this.request(exchange));
		this.ids.offer(...order);
		this.sandbox.setWriteDelay(PARALLEL_WRITE);
		const answers = await Promise.all(requests.map((request) => this.send(request)));
		this.sandbox.setWriteDelay(0);
		const outcomes: Outcome[] = [];
		for (const exchange of group) outcomes.push(await this.judge(exchange, answers[order.indexOf(exchange)]));
		return outcomes;
	}

	/**
	 * Sends a request; one that the server had too many of was preceded by others like it, which recordings leave out:
	 * it is sent again until it is refused.
	 */
	private async insist(request: Ready | Error, tooMany: boolean): Promise<Answer | Error> {
		let answer = await this.send(request);
		for (let more = tooMany ? MOST_BEFORE_REFUSAL : 0; more > 0; more--) {
			if (answer instanceof Error || answer.status === 429) break;
			answer = await this.send(request);
		}
		return answer;
	}

	/** Gets a request ready, and the sandbox for it; an error when it cannot be made. */
	private request(exchange: Exchange): Promise<Ready | Error> {
		return this.ready(exchange).catch((error: Error) => error);
	}

	private async ready(exchange: Exchange): Promise<Ready> {
		const { line, name, request } = exchange;
		this.world.prepare(line);
		this.world.readMail(exchange);
		// A convention of the recordings: such lines ran with two modules repaired as in KAZOO 5.
		this.sandbox.setFixes(name.startsWith('k5fix.'));
		const path = this.mapping.translatePath(await this.identities.fill(request.path, exchange));
		const headers = await this.headers(exchange);
		const body = this.bodies.of(exchange, this.mapping);
		if (isOldConflict(exchange)) await this.makeAndDelete(path, headers, body);
		this.ids.offer(exchange);
		return { method: request.method, path, headers, body };
	}

	/** Sends it; a broken connection is an answer, too. */
	private async send(request: Ready | Error): Promise<Answer | Error> {
		if (request instanceof Error) return request;
		const { method, path, headers, body } = request;
		return this.client.send(method, path, headers, body).catch((error: Error) => error);
	}

	private async judge(exchange: Exchange, answer: Answer | Error | undefined): Promise<Outcome> {
		const { line, name, request, response } = exchange;
		const outcome: Outcome = {
			kind: 'exchange',
			line,
			name,
			request: `${request.method} ${request.path}`,
			differences: [],
		};
		if (answer === undefined || answer instanceof Error) {
			outcome.differences = [{ where: 'connection', actual: answer?.message ?? 'no answer' }];
		} else {
			outcome.differences = compareResponses(response, answer, this.mapping);
			const token = isObject(answer.body) ? answer.body.auth_token : undefined;
			this.identities.learn(exchange, typeof token === 'string' ? token : undefined);
		}
		await this.events.collect(exchange);
		this.world.tidy(line);
		return outcome;
	}

	/**
	 * Makes what a request makes, and deletes it: it had been there before the recording began. When it is there
	 * anyway, nothing happens.
	 */
	private async makeAndDelete(path: string, headers: Record<string, string>, body?: Buffer): Promise<void> {
		const made = await this.client.send('PUT', path, headers, body);
		const token = headers['x-auth-token'];
		if (made.status !== 201 || made.headers.location === undefined || token === undefined) return;
		await this.client.send('DELETE', made.headers.location, { 'x-auth-token': token });
	}

	private async headers(exchange: Exchange): Promise<Record<string, string>> {
		const headers: Record<string, string> = {};
		for (const [name, value] of Object.entries(exchange.request.headers)) {
			const filled =
				name === 'authorization'
					? await this.authorization(value, exchange)
					: await this.identities.fill(value, exchange);
			headers[name] = this.mapping.translate(filled);
		}
		return headers;
	}

	/** A redacted log-in is a right one where the server let it pass, and a wrong one where it did not. */
	private async authorization(value: string, exchange: Exchange): Promise<string> {
		if (!value.includes('<redacted>')) return this.identities.fill(value, exchange);
		const credentials = exchange.response.status === 401 ? undefined : this.identities.basic(exchange);
		return value.replace('<redacted>', credentials ?? Buffer.from('nobody:nothing').toString('base64'));
	}
}

/** Whether something could not be made because of a document of the same id: not of one that two made at once. */
function isOldConflict({ request, response }: Exchange): boolean {
	return (
		request.method === 'PUT' && isObject(response.body) && response.body.message === 'datastore_conflict'
	);
}
