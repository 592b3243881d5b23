import type { Buckets } from '../tokens/buckets';
import type { Tokens } from '../tokens/tokens';
import type { Bus } from '../bus/bus';
import type { Calls } from '../calls';
import type { FaxQueue } from '../faxes/queue';
import type { Profile } from '../values/profile';
import type { Store } from '../store/store';
import type { Blackhole } from '../blackhole/server';
import type { Deliveries } from '../webhooks/deliveries';

/**
 * What those who answer requests work with. It is put together in one place (`index.ts`); the parts themselves know
 * nothing of it: each says in its own room what it needs.
 */
export interface Kernel {
	readonly profile: Profile;
	readonly store: Store;
	/** Messages about calls, faxes, notifications ...; changes of documents are `store.events`. */
	readonly bus: Bus;
	/** The simulated media switch: calls that are on. */
	readonly calls: Calls;
	/** Faxes on their way out. */
	readonly faxes: FaxQueue;
	readonly tokens: Tokens;
	readonly buckets: Buckets;
	/** 32 hexadecimal digits that name the installation. */
	readonly clusterId: string;
	/** Name of the server in envelopes. */
	readonly node: string;
	/** What the server says of its version. */
	readonly version: string;
	/** Whether profile 4 has the number and task modules that were repaired in KAZOO 5; may be switched at any time. */
	fixes: boolean;
	/** Milliseconds that a document takes to be written, in which others see the old one; may be changed at any time. */
	writeDelay: number;
	/** Whether webhooks and the like may point to this machine: KAZOO forbids it, a demo needs it. */
	readonly allowLoopbackUris: boolean;
	/** Webhook deliveries: `list()` shows the last of them. */
	readonly deliveries: Deliveries;
	/** The websocket server: `sessions(accountId)` are its live connections. */
	readonly blackhole: Blackhole;
}
