import { Buckets } from './auth/buckets';
import { Tokens } from './auth/tokens';
import { Bus } from './bus';
import { type CallReport, type CallRequest, Calls, reportOf } from './calls';
import { DEMO, seedDemo } from './demo';
import { type Fault, Faults } from './faults';
import { hex } from './ids';
import type { Kernel } from './kernel';
import { RequestLog, type RequestLogEntry } from './log';
import { keepIn, loadFrom } from './persistence';
import type { Profile } from './profile';
import { Router } from './router';
import { routesFor } from './routes';
import { createServer } from './server';
import { Store } from './store';

export type { CallReport } from './calls';
export type { Fault } from './faults';
export type { RequestLogEntry } from './log';
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
	/** How many CDRs the demo tenant's own account gets. */
	cdrs?: number;
	/** Where to keep the state; nowhere unless told. */
	dataFile?: string;
	/** Whether webhooks may point to this machine, which KAZOO forbids. */
	allowLoopbackUris?: boolean;
	/** Profile 4 with the number and task modules as they were repaired in KAZOO 5: their errors have reasons. */
	fixes?: boolean;
	/** How many times as fast as in reality simulated calls are played; 10 unless told otherwise. */
	callSpeed?: number;
	/** Says nothing on the console. */
	quiet?: boolean;
}

/** A running sandbox. */
export interface Sandbox {
	/** `http://127.0.0.1:PORT`, without `/v2`. */
	url: string;
	port: number;
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
	/** Replaces the faults it shows; an empty list ends them. */
	faults(faults: Fault[]): void;
	/** Switches the repaired modules of `SandboxOptions.fixes` on or off while it runs. */
	setFixes(fixes: boolean): void;
	/** Stops the server; writes the data file, if there is one. */
	close(): Promise<void>;
}

const DEFAULT_CDRS = 2000;

/** Starts a Crossbar on this machine. It listens on loopback unless told otherwise. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const profile = options.profile ?? 4;
	const store = new Store(profile);
	const loaded = options.dataFile !== undefined && loadFrom(options.dataFile, store);
	if (!loaded && options.seed !== false) {
		seedDemo(store, { cdrs: options.cdrs ?? DEFAULT_CDRS, profile });
	}
	const stopKeeping = options.dataFile === undefined ? undefined : keepIn(options.dataFile, store);
	const bus = new Bus();
	const kernel: Kernel = {
		profile,
		store,
		bus,
		calls: new Calls({ store, bus, profile }, options.callSpeed),
		tokens: new Tokens(store),
		buckets: new Buckets(),
		faults: new Faults(),
		log: new RequestLog(),
		clusterId: hex(),
		node: 'c2FuZGJveEBsb29wYmFjaw',
		version: profile === 5 ? '5.0.0' : '4.0.0',
		fixes: options.fixes ?? false,
		allowLoopbackUris: options.allowLoopbackUris ?? false,
	};
	const host = options.host ?? '127.0.0.1';
	const server = createServer(kernel, new Router(routesFor(profile)));
	await server.listen({ port: options.port ?? 0, host });
	const address = server.server.address();
	const port = typeof address === 'object' && address !== null ? address.port : (options.port ?? 0);
	const shownHost = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
	if (!options.quiet && host !== '127.0.0.1' && host !== 'localhost' && host !== '::1') {
		process.stderr.write(`sandbox: listens on ${host}, others on the network can reach it\n`);
	}
	return {
		url: `http://${shownHost}:${port}`,
		port,
		demo: DEMO,
		store,
		bus,
		call: async (request) => reportOf(await kernel.calls.place(request)),
		requests: () => kernel.log.list(),
		clearRequests: () => kernel.log.clear(),
		faults: (faults) => kernel.faults.set(faults),
		setFixes: (fixes) => {
			kernel.fixes = fixes;
		},
		close: async () => {
			await kernel.calls.stop();
			await server.close();
			stopKeeping?.();
		},
	};
}
