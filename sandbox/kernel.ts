import type { Buckets } from './auth/buckets';
import type { Tokens } from './auth/tokens';
import type { Bus } from './bus';
import type { Faults } from './faults';
import type { Profile } from './profile';
import type { RequestLog } from './log';
import type { Store } from './store';

/** What every part of the sandbox works with. */
export interface Kernel {
	readonly profile: Profile;
	readonly store: Store;
	/** Messages about calls, faxes, notifications ...; changes of documents are `store.events`. */
	readonly bus: Bus;
	readonly tokens: Tokens;
	readonly buckets: Buckets;
	readonly faults: Faults;
	readonly log: RequestLog;
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
}
