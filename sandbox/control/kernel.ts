import type { Kernel } from '../request/kernel';
import type { Faults } from './faults';
import type { RequestLog } from './log';
import type { Snapshots } from './snapshots';

/** How one logs in to an account of the demo tenant. */
export interface LogIn {
	readonly account: string;
	readonly realm: string;
	readonly username: string;
	readonly password: string;
	readonly api_key?: string;
}

/** The kernel, and what those see besides who steer the sandbox or watch it. Routes know nothing of it. */
export interface SteeredKernel extends Kernel {
	readonly faults: Faults;
	readonly log: RequestLog;
	readonly snapshots: Snapshots;
	/** None where others on the network can reach the sandbox. */
	readonly logIns: readonly LogIn[];
}
