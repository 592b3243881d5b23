import type { Bus } from '../bus/bus';
import type { Store } from '../store/store';
import type { Profile } from '../values/profile';

/** What webhooks need of the sandbox they are part of. */
export interface Needs {
	readonly profile: Profile;
	readonly store: Store;
	readonly bus: Bus;
	/** Whether this machine may be called, which KAZOO forbids. */
	readonly allowLoopbackUris: boolean;
	/** 32 hexadecimal digits that name the installation. */
	readonly clusterId: string;
	/** What the server says of its version. */
	readonly version: string;
}
