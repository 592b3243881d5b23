/** From events to executions of the workflow: what comes in quick succession is one, an item for each event. */
import type { INodeExecutionData, IRun, ITriggerFunctions } from 'n8n-workflow';

import { asNodeError } from '../../crossbar/errors/nodeError';
import { systemClock } from '../../crossbar/http/clock';
import { Gather } from '../../crossbar/live/gather';
import { namesFirst } from '../../crossbar/values/keyOrder';
import { saveFailed } from '../shared/failedExecution';

/** Milliseconds between two executions of a burst. */
const SHORT = 100;
/** The same while n8n does not keep up, so that executions do not pile up in it. */
const LONG = 1_000;
/** Executions that have not ended: n8n does not keep up. */
const MANY = 10;

/** The executions that one trigger starts. */
export class Executions {
	private underWay = 0;
	private readonly gather = new Gather<INodeExecutionData>({
		clock: systemClock,
		pause: () => (this.underWay < MANY ? SHORT : LONG),
		give: (events) => this.start(events),
	});

	/** @param single each event is an execution of its own, also in a burst */
	constructor(
		private readonly context: ITriggerFunctions,
		private readonly single: boolean,
	) {}

	/** Events in their order. */
	add(events: readonly INodeExecutionData[]): void {
		if (this.single) for (const event of events) this.start([event]);
		else this.gather.add(events);
	}

	/** Starts what waits. */
	close(): void {
		this.gather.close();
	}

	private start(events: readonly INodeExecutionData[]): void {
		const { context } = this;
		const done = context.helpers.createDeferredPromise<IRun>();
		const ended = (): void => void this.underWay--;
		done.promise.then(ended, ended);
		this.underWay++;
		try {
			context.emit([events.map((event) => ({ ...event, json: namesFirst(event.json) }))], undefined, done);
		} catch (error) {
			// Thrown from here it would end n8n's process
			done.reject(error as Error);
			saveFailed(context, asNodeError(context.getNode(), error));
		}
	}
}
