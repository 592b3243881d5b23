import type { Kernel } from '../request/kernel';
import type { Faults } from './faults';
import type { RequestLog } from './log';
import type { Snapshots } from './snapshots';

/** The kernel, and what those see besides who steer the sandbox or watch it. Routes know nothing of it. */
export interface SteeredKernel extends Kernel {
	readonly faults: Faults;
	readonly log: RequestLog;
	readonly snapshots: Snapshots;
}
