import type { Call } from '../request/call';
import type { Doc } from '../store/database';

/** Notes on the account's numbers what uses them: those that something no longer names, and those it names now. */
export function markUse(call: Call, before: string[], now: string[], use: string): void {
	const { store } = call.kernel;
	const own = (call.account as Doc)._id;
	const mark = (number: string, usedBy: string | undefined) => {
		const doc = store.database('numbers').get(number, 'number');
		if (doc?.pvt_assigned_to === own && doc.pvt_used_by !== usedBy) {
			store.save('numbers', { ...doc, pvt_used_by: usedBy });
		}
	};
	for (const number of before) if (!now.includes(number)) mark(number, undefined);
	for (const number of now) mark(number, use);
}
