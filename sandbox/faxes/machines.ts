import { Directory } from '../calls/directory';
import type { Flow } from '../calls/flow';
import { STRANGERS } from '../calls/strangers';
import { normaliseNumber } from '../values/phone-numbers';
import type { Store } from '../store/store';

/** How a fax machine outside takes a call; `drops`: the line breaks while the pages are on their way. */
export const MACHINE_STATES = ['ready', 'busy', 'noAnswer', 'drops'] as const;

export type MachineState = (typeof MACHINE_STATES)[number];

/** Every step of a flow with its children. */
export function* stepsIn(flow: Flow | undefined): Generator<Flow> {
	if (!flow) return;
	yield flow;
	for (const child of Object.values(flow.children ?? {})) yield* stepsIn(child);
}

/** Fax machines: those of accounts, where callflows lead to them, and those of the rest of the world. */
export class FaxMachines {
	private readonly outside = new Map<string, MachineState>();

	constructor(private readonly store: Store) {}

	/** How a machine of that number outside behaves from now on. */
	set(number: string, state: MachineState): void {
		this.outside.set(normaliseNumber(number), state);
	}

	/** How it behaves: unless told otherwise, every number outside has a machine that takes what comes, but for a few. */
	stateOf(number: string): MachineState {
		return this.outside.get(number) ?? STRANGERS.get(number)?.machine ?? 'ready';
	}

	/** The account that has a number. */
	accountOf(number: string): string | undefined {
		const owner = this.store.database('numbers').get(number, 'number')?.pvt_assigned_to;
		return typeof owner === 'string' ? owner : undefined;
	}

	/** The step of an account's callflow that takes faxes for a number. */
	stepOf(number: string): Flow | undefined {
		const account = this.store.account(this.accountOf(number) ?? '');
		if (!account) return undefined;
		const flow = new Directory(this.store, account).callflow(number)?.flow.flow as Flow | undefined;
		return [...stepsIn(flow)].find(({ module }) => module === 'faxbox' || module === 'receive_fax');
	}
}
