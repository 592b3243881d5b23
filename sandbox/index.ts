import type { AddressInfo } from 'node:net';
import { Buckets } from './tokens/buckets';
import { Tokens } from './tokens/tokens';
import { Blackhole } from './blackhole/server';
import { keepCdrs } from './calls/cdr';
import { Bus } from './bus/bus';
import { type CallReport, type CallRequest, Calls, DEFAULT_SPEED, reportOf } from './calls';
import { type DEMO, demoOf, logInsOf, seedDemo } from './demo';
import { type Fault, Faults } from './control/faults';
import { FaxQueue } from './faxes/queue';
import { hex } from './values/ids';
import type { LogIn, SteeredKernel } from './control/kernel';
import { RequestLog, type RequestLogEntry } from './control/log';
import { Snapshots } from './control/snapshots';
import { keepIn, loadFrom } from './store/persistence';
import type { Profile } from './values/profile';
import { Router } from './http/router';
import { routesFor } from './routes';
import { ownHosts } from './http/guests';
import { isLoopbackHost } from './values/hosts';
import { createServer } from './http/server';
import { Store } from './store/store';
import { Deliveries, type DeliveryOptions } from './webhooks/deliveries';

export type { CallReport } from './calls';
export type { Fault } from './control/faults';
export type { RequestLogEntry } from './control/log';
export type { DeliveryEntry, DeliveryOptions } from './webhooks/deliveries';
export { DEMO } from './demo';

/** How to set up a sandbox. */
export interface SandboxOptions {
	/** Which generation of KAZOO to play; 4 unless told otherwise. */
	profile?: Profile;
	/** 0, any free one, unless told otherwise. */
	port?: number;
	/** 127.0.0.1 unless told otherwise. */
	host?: string;
	/** Whether to start with the demo tenant (true); a data file that exists wins. */
	seed?: boolean;
	/** What passwords and API keys of the demo tenant are made of; the same ones in every sandbox unless told. */
	secret?: string;
	/** How many CDRs the demo tenant's own account gets. */
	cdrs?: number;
	/** Where to keep the state; nowhere unless told. */
	dataFile?: string;
	/** Whether webhooks and Pivot may call this machine, which KAZOO forbids. */
	allowLoopbackUris?: boolean;
	/**
	 * A port for websockets alone, as KAZOO has one (5555); 0 for any free one. Without it they are let in at `port`
	 * only, where they always are, at any path.
	 */
	websocketPort?: number;
	/** How webhooks are delivered; as KAZOO does unless told otherwise. */
	deliveries?: DeliveryOptions;
	/** Profile 4 with the number and task modules as they were repaired in KAZOO 5: their errors have reasons. */
	fixes?: boolean;
	/**
	 * Whether the modules run that KAZOO 4 does not start by itself (true): access lists, call centre statistics,
	 * Braintree ... Without them their paths are 404.
	 */
	allModules?: boolean;
	/** How many times as fast as in reality simulated calls are played; 10 unless told otherwise. */
	callSpeed?: number;
	/** Whether faxes that are to be sent are sent (true); otherwise they stay pending, as without a media switch. */
	faxes?: boolean;
	/**
	 * Milliseconds that a document takes to be written; 5 unless told otherwise. Of requests that change one document
	 * within that time the first is carried out and the others are refused with 409, as on the real server.
	 */
	writeDelay?: number;
	/** Says nothing on the console. */
	quiet?: boolean;
}

/** A running sandbox. */
export interface Sandbox {
	/** `http://127.0.0.1:PORT`, without `/v2`. */
	url: string;
	port: number;
	/** `ws://127.0.0.1:PORT`: the port for websockets alone if there is one, otherwise the one of `url`. */
	websocketUrl: string;
	/** Ids and log-ins of the demo tenant. */
	demo: typeof DEMO;
	/** What it holds. */
	store: Store;
	/** Where its parts, and tests in place of a media switch, publish what happened. */
	bus: Bus;
	/** Simulates a call, waits for its end and says what came of it: as `POST /sandbox/calls` with `wait`. */
	call(request: CallRequest): Promise<CallReport>;
	/** The requests so far, secrets masked. */
	requests(): RequestLogEntry[];
	clearRequests(): void;
	/** Webhook deliveries: `list` and `clear` what was delivered, `settled` waits, `check` looks at failures now. */
	deliveries: Pick<Deliveries, 'list' | 'clear' | 'settled' | 'check'>;
	/** Cuts every websocket. */
	dropWebsockets(): void;
	/** Replaces the faults it shows; an empty list ends them. */
	faults(faults: Fault[]): void;
	/** Switches the repaired modules of `SandboxOptions.fixes` on or off while it runs. */
	setFixes(fixes: boolean): void;
	/** Changes `SandboxOptions.writeDelay` while it runs. */
	setWriteDelay(milliseconds: number): void;
	/** Stops the server; writes the data file, if there is one. */
	close(): Promise<void>;
}

const DEFAULT_CDRS = 2000;
const DEFAULT_WRITE_DELAY = 5;

/** Seconds for which the fault `refuse-websockets` lets none in unless it says otherwise. */
const REFUSED_SECONDS = 10;

/** Starts a Crossbar on this machine. It listens on loopback unless told otherwise. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const profile = options.profile ?? 4;
	const host = options.host ?? '127.0.0.1';
	const isOwnHost = ownHosts(host);
	const allowLoopbackUris = options.allowLoopbackUris ?? false;
	const logIns = logInsOf(options.secret);
	const store = new Store(profile);
	const loaded = options.dataFile !== undefined && loadFrom(options.dataFile, store);
	if (!loaded && options.seed !== false) {
		seedDemo(store, { cdrs: options.cdrs ?? DEFAULT_CDRS, profile, logIns });
	}
	const stopKeeping = options.dataFile === undefined ? undefined : keepIn(options.dataFile, store);
	const bus = new Bus();
	keepCdrs({ store, bus, profile });
	const calls = new Calls({ store, bus, profile, allowLoopbackUris }, options.callSpeed);
	const parts = {
		profile,
		store,
		bus,
		calls,
		faxes: new FaxQueue({ store, bus, calls }, options.callSpeed ?? DEFAULT_SPEED, options.faxes ?? true),
		tokens: new Tokens(store),
		buckets: new Buckets(),
		faults: new Faults(),
		log: new RequestLog(),
		snapshots: new Snapshots(store),
		logIns: isLoopbackHost(host) ? shownLogIns(demoOf(logIns), store) : [],
		clusterId: hex(),
		node: 'c2FuZGJveEBsb29wYmFjaw',
		version: profile === 5 ? '5.0.0' : '4.0.0',
		fixes: options.fixes ?? false,
		writeDelay: options.writeDelay ?? DEFAULT_WRITE_DELAY,
		allowLoopbackUris,
	};
	const kernel: SteeredKernel = Object.assign(parts, {
		deliveries: new Deliveries(parts, options.deliveries),
		blackhole: new Blackhole(
			parts,
			(method, path, token, body) => runRequest(`http://${shownHost}:${port}`, method, path, token, body),
			isOwnHost,
		),
	});
	const { deliveries, blackhole, faults } = kernel;
	const server = createServer(kernel, new Router(routesFor(profile, options.allModules)), isOwnHost);
	await server.listen({ port: options.port ?? 0, host });
	const { port } = server.server.address() as AddressInfo;
	blackhole.attach(server.server);
	let websocketPort = port;
	if (options.websocketPort !== undefined) {
		try {
			websocketPort = await blackhole.listen(options.websocketPort, host);
		} catch (error) {
			await server.close();
			stopKeeping?.();
			throw error;
		}
	}
	deliveries.start();
	blackhole.start();
	faults.watch((active) => {
		if (active.some(({ kind }) => kind === 'hold-webhooks')) deliveries.hold();
		else deliveries.release();
		if (active.some(({ kind }) => kind === 'drop-websockets')) blackhole.dropAll();
		const refusal = active.find(({ kind }) => kind === 'refuse-websockets');
		blackhole.refuseFor(refusal ? (refusal.seconds ?? REFUSED_SECONDS) : 0);
	});
	const shownHost = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
	if (!options.quiet && host !== '127.0.0.1' && host !== 'localhost' && host !== '::1') {
		process.stderr.write(`sandbox: listens on ${host}, others on the network can reach it\n`);
	}
	return {
		url: `http://${shownHost}:${port}`,
		port,
		websocketUrl: `ws://${shownHost}:${websocketPort}`,
		demo: demoOf(logIns),
		store,
		bus,
		call: async (request) => reportOf(await kernel.calls.place(request)),
		requests: () => kernel.log.list(),
		clearRequests: () => kernel.log.clear(),
		deliveries,
		dropWebsockets: () => blackhole.dropAll(),
		faults: (list) => faults.set(list),
		setFixes: (fixes) => {
			kernel.fixes = fixes;
		},
		setWriteDelay: (milliseconds) => {
			kernel.writeDelay = milliseconds;
		},
		close: async () => {
			kernel.faxes.stop();
			await kernel.calls.stop();
			deliveries.close();
			await blackhole.close();
			await server.close();
			stopKeeping?.();
		},
	};
}

/** Those of the demo accounts that are there. */
function shownLogIns({ master, reseller, customers }: typeof DEMO, store: Store): LogIn[] {
	return [master, reseller, ...customers]
		.filter(({ id }) => store.account(id) !== undefined)
		.map(({ name, realm, username, password, ...more }) => ({
			account: name,
			realm,
			username,
			password,
			...('apiKey' in more ? { api_key: more.apiKey } : undefined),
		}));
}

/** Carries out a request to the API at `url` and gives back the body of the answer. */
async function runRequest(
	url: string,
	method: string,
	path: string,
	token: string,
	body: unknown,
): Promise<unknown> {
	const answer = await fetch(`${url}${path}`, {
		method,
		headers: { 'x-auth-token': token, 'content-type': 'application/json' },
		body: body === undefined || body === '' || method === 'GET' ? undefined : JSON.stringify(body),
	});
	const text = await answer.text();
	return JSON.parse(text === '' ? '{}' : text) as unknown;
}
