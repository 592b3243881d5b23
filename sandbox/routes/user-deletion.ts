import type { Answer, Call, Handler, Prepared, Route } from '../request/call';
import { dataObject } from '../request/call';
import type { Doc, Fields } from '../store/database';
import { checkSchema, load, remove, type Resource } from '../documents/resource';
import { isReconcilable } from '../values/phone-numbers';
import { type FieldErrors, Refusal, validationError } from '../request/refusal';
import { callflows } from './callflows';
import { devices } from './devices';
import { media } from './media';
import { NumberError, releaseWork, store as storeNumber } from '../numbers/operations';
import { conferences } from './conferences';
import { faxboxes } from './telephony';
import { users } from './users';
import { vmboxes } from './vmboxes';

/** What can go with its owner, in the order in which it goes. */
const OWNED: readonly Resource[] = [callflows, vmboxes, devices, conferences, faxboxes, media];

/** What became of one thing that was to go, as the answer tells it. */
interface Gone {
	type: string;
	id: string | string[];
	status: 'success' | 'error';
	error_code?: number;
	error_msg?: string;
}

const numbersOf = (callflow: Doc): string[] =>
	((callflow.numbers as string[] | undefined) ?? []).filter(isReconcilable);

/** Gives the numbers of a callflow back. */
function release(call: Call, numbers: string[]): Gone {
	try {
		for (const number of numbers) storeNumber(call, releaseWork(call, number));
		return { type: 'phone_numbers', id: numbers, status: 'success' };
	} catch (error) {
		if (!(error instanceof NumberError)) throw error;
		const { code, message } = error;
		return { type: 'phone_numbers', id: numbers, status: 'error', error_code: code, error_msg: message };
	}
}

function removeOwned(call: Call, resource: Resource, doc: Doc): Gone {
	const { store } = call.kernel;
	const gone = store.remove((call.account as Doc)._id, doc);
	resource.after?.(call, gone, 'deleted', doc);
	return { type: resource.type, id: doc._id, status: 'success' };
}

/** A callflow that stays loses the numbers that are given back. */
function dropNumbers(call: Call, callflow: Doc): void {
	const numbers = (callflow.numbers as string[]).filter((number) => !isReconcilable(number));
	call.kernel.store.save((call.account as Doc)._id, { ...callflow, numbers });
}

function removeAll(call: Call, user: Doc, types: readonly string[]): Gone[] {
	const database = call.kernel.store.database((call.account as Doc)._id);
	const gone: Gone[] = [];
	for (const resource of OWNED) {
		for (const doc of database.list(resource.type).filter(({ owner_id: owner }) => owner === user._id)) {
			const numbers = types.includes('phone_numbers') && resource === callflows ? numbersOf(doc) : [];
			if (types.includes(resource.type)) gone.push(removeOwned(call, resource, doc));
			else if (numbers.length > 0) dropNumbers(call, doc);
			if (numbers.length > 0) gone.push(release(call, numbers));
		}
	}
	return gone;
}

/** Types that a request names: a list of them, or `all`. */
function typesWanted(call: Call): readonly string[] {
	const errors: FieldErrors = {};
	const data = checkSchema(call, 'users_delete', dataObject(call), errors);
	if (Object.keys(errors).length > 0) throw validationError(errors);
	const { object_types: wanted } = data as { object_types?: string | string[] };
	if (wanted === 'all') return ['phone_numbers', ...OWNED.map(({ type }) => type)];
	return Array.isArray(wanted) ? wanted : [];
}

/**
 * `DELETE /users/{id}`: in KAZOO 5 with what the user has, when `object_types` says so (versions.md, section 4, and the
 * schema `users_delete`). The answer lists what became of each thing; one that could not be deleted makes it a 500.
 */
const removeUser: Handler = (call): Answer | Prepared => {
	const removal = remove(users)(call) as Prepared;
	if (call.kernel.profile === 4) return removal;
	const types = typesWanted(call);
	if (types.length === 0) return removal;
	const user = load(users, call);
	return {
		...removal,
		run: () => {
			const gone = removeAll(call, user, types);
			const answer = removal.run();
			const data = { ...(answer.data as Fields), object_types: gone };
			if (gone.some(({ status }) => status === 'error')) {
				throw new Refusal(500, 'At least one object failed to be deleted', data);
			}
			return { ...answer, data };
		},
	};
};

/** Deleting users. */
export const userDeletionRoutes: Route[] = [{ path: `${users.path}/{id}`, handlers: { DELETE: removeUser } }];
