import type { Answer, Call, Handler, Route } from '../request/call';
import { dataObject } from '../request/call';
import type { Doc, Fields } from '../store/database';
import { checkSchema, load } from '../documents/resource';
import { publicFields } from '../store/merge';
import { fieldError, type FieldErrors, validationError } from '../request/refusal';
import { GREGORIAN_OFFSET } from '../values/time';
import { authorityOf, PORTS, ports, show, stateOf, transition } from './port';

/** From which states one may go where. */
const FROM: Record<string, string[]> = {
	submitted: ['unconfirmed', 'rejected'],
	pending: ['submitted'],
	scheduled: ['pending'],
	completed: ['pending', 'scheduled', 'rejected'],
	rejected: ['submitted', 'pending', 'scheduled'],
	canceled: ['unconfirmed', 'submitted', 'pending', 'scheduled', 'rejected'],
};

const UNCHANGEABLE =
	"you're not allowed to change to new state from current state, please contact your port authority";

function refuseTransition(call: Call, doc: Doc, state: string): void {
	const refused = (message: string) => fieldError('port_state', 'enum', message, { cause: state });
	const account = call.kernel.store.account(String(doc.pvt_account_id));
	const decides = call.auth?.superduper || (account && call.auth?.accountId === authorityOf(account));
	const anybody = state === 'submitted' || (state === 'canceled' && stateOf(doc) === 'unconfirmed');
	if (!decides && !anybody) throw refused(UNCHANGEABLE);
	if (!(FROM[state] as string[]).includes(stateOf(doc))) {
		throw refused('Cannot move to new state from current state');
	}
}

/** When a port is to happen, in Gregorian seconds: a given date, or a wall clock time somewhere. */
function scheduledDate(fields: Fields): unknown {
	const wanted = fields.schedule_on as { timezone?: string; date_time?: string } | undefined;
	if (!wanted?.date_time) return fields.scheduled_date;
	const utc = Date.parse(`${wanted.date_time.replace(' ', 'T')}:00Z`);
	const shown = new Date(utc).toLocaleString('sv-SE', { timeZone: wanted.timezone ?? 'UTC' });
	const offset = Date.parse(`${shown.replace(' ', 'T')}Z`) - utc;
	return Math.floor((utc - offset) / 1000) + GREGORIAN_OFFSET;
}

function moveTo(state: string): Handler {
	return (call) => {
		const doc = load(ports, call);
		const { reason: given, ...changes } = dataObject(call);
		const reason = given ?? call.query.reason;
		const fields: Fields = { ...publicFields(doc), ...changes };
		delete fields.id;
		const errors: FieldErrors = {};
		const checked = checkSchema(call, 'port_requests', fields, errors);
		if (Object.keys(errors).length > 0) throw validationError(errors);
		refuseTransition(call, doc, state);
		if (state === 'scheduled') {
			const inner: FieldErrors = {};
			checkSchema(call, 'port_requests.to_scheduled', { ...fields, id: doc._id }, inner);
			if (Object.keys(inner).length > 0) throw validationError(inner);
		}
		return {
			revision: doc._rev,
			run: (): Answer => {
				const numbers = Object.keys((doc.numbers as Fields | undefined) ?? {});
				if (state === 'completed') arrive(call, doc, numbers);
				const date = state === 'scheduled' ? scheduledDate(checked) : checked.scheduled_date;
				const saved = call.kernel.store.save('port_requests', {
					...doc,
					...checked,
					...(date === undefined ? undefined : { scheduled_date: date }),
					...(state === 'completed' ? { numbers: {}, pvt_ported_numbers: numbers } : undefined),
					pvt_port_state: state,
					pvt_transitions: [
						...((doc.pvt_transitions as Fields[] | undefined) ?? []),
						transition(call, stateOf(doc), state, reason),
					],
				});
				return { data: show(saved, call), revision: saved._rev };
			},
		};
	};
}

/** The numbers of a completed port are in service from now on. */
function arrive(call: Call, doc: Doc, numbers: string[]): void {
	const { store } = call.kernel;
	for (const number of numbers) {
		const there = store.database('numbers').get(number, 'number');
		if (there) store.save('numbers', { ...there, pvt_state: 'in_service' });
		else store.createNumber(number, { accountId: String(doc.pvt_account_id), port_id: doc._id });
	}
}

/** From one state to the next. */
export const portStateRoutes: Route[] = Object.keys(FROM).map((state) => ({
	path: `${PORTS}/{id}/${state}`,
	handlers: { PATCH: moveTo(state) },
}));
