import type { Fields } from '../../store/database';
import { monthOf } from '../../values/time';
import type { SimulatedCall } from '../call';
import { defined } from '../stamp';

/** Type of the documents that `GET /pivot/debug` shows. */
export const DEBUG_TYPE = 'pivot_debug';

/** What was asked and answered, for a step that has `debug` switched on. */
export class DebugLog {
	private iteration = 0;

	constructor(
		private readonly call: SimulatedCall,
		private readonly isOn: boolean,
	) {}

	request(uri: string, method: string, headers: Fields, body: string | undefined): void {
		this.iteration++;
		this.write({ uri, method, req_headers: headers, req_body: body ?? '' });
	}

	response(status: number, headers: Fields, body: string): void {
		this.write({ resp_status_code: String(status), resp_headers: headers, resp_body: body });
	}

	/** What was wrong with an answer. */
	error(fields: Fields): void {
		this.write(fields);
	}

	private write(fields: Fields): void {
		if (!this.isOn) return;
		const { exchange, account, clock, caller } = this.call;
		exchange.store.createMonthly(
			account._id,
			DEBUG_TYPE,
			clock.now,
			defined({
				call_id: caller.id,
				debug_id: `${monthOf(clock.now)}-${caller.id}`,
				iteration: this.iteration,
				created: clock.now,
				node: 'pivot@apps1.sandbox.example',
				...fields,
			}),
		);
	}
}
