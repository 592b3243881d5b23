/** Calls that are over, told by the frames of their legs. */
import type { INodeExecutionData, ITriggerFunctions } from 'n8n-workflow';

import type { Followed, FollowedCalls } from '../../crossbar/calls/followed';
import { asNodeError } from '../../crossbar/errors/nodeError';
import { systemClock } from '../../crossbar/http/clock';
import { Transport } from '../../crossbar/http/transport';
import { NameLists } from '../../crossbar/operations/callDetails';
import type { FinishedWish } from '../../crossbar/operations/finishedCall';
import { finishedCall } from '../../crossbar/operations/finishedCall';
import { Pending } from '../../crossbar/values/pending';
import { saveFailed } from '../shared/failedExecution';
import { finishedItem } from '../shared/finishedCalls';

/** The calls of one trigger whose end is waited for. */
export class FinishedCalls {
	private readonly pending = new Pending();
	private readonly names = new NameLists();

	constructor(
		private readonly context: ITriggerFunctions,
		private readonly wish: FinishedWish,
	) {}

	/** @param give gets the call, if this was its last event */
	see(call: Followed, followed: FollowedCalls, give: (item: INodeExecutionData) => void): void {
		const { context } = this;
		void this.pending.run(async (signal) => {
			try {
				const item = await this.itemAtEnd(call, followed, signal);
				if (item) give(item);
			} catch (error) {
				saveFailed(context, asNodeError(context.getNode(), error));
			}
		});
	}

	/** Gives at once what is over, with what is known. */
	async close(): Promise<void> {
		await this.pending.close();
	}

	private async itemAtEnd(
		call: Followed,
		followed: FollowedCalls,
		signal: AbortSignal,
	): Promise<INodeExecutionData | undefined> {
		const { context, wish, names } = this;
		const clock = systemClock;
		const transport = async (): Promise<Transport> => await Transport.open(context);
		const warn = (message: string): void =>
			context.logger.warn(`KAZOO Live Trigger: ${message}`, { node: context.getNode().name });
		const found = await finishedCall(call, {
			...wish,
			...{ followed, names, alone: true, clock, signal, transport, warn },
		});
		return found && (await finishedItem(found, wish, { context, transport, clock, signal }));
	}
}
