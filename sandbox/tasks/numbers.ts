import { mayReach } from '../auth/authorise';
import type { Call } from '../request/call';
import type { Doc, Fields } from '../store/database';
import { mergeDeep, privateFields, publicFields } from '../store/merge';
import { createWork, e164, NumberError, releaseWork, reserveWork, store } from '../numbers/operations';
import { NUMBER_COLUMNS } from './catalogue';
import type { Row } from './table';

/** How a row went: what the result shows of it, and why it failed, if it did. */
export interface RowResult {
	cells: Row;
	error?: string;
}

/** Does an action on the number of one row; `call` acts for the account of the task. */
export type NumberAction = (call: Call, row: Row) => Doc;

const yes = (value: unknown): string => String(value === true);

/** What a bulk task shows of a number. */
export function cellsOf(call: Call, number: Doc): Row {
	const part = (name: string): Fields => (number[name] ?? {}) as Fields;
	const account = call.kernel.store.account(String(number.pvt_assigned_to));
	const values: Record<string, unknown> = {
		e164: number._id,
		// The name is written as JSON: so the real server does.
		account_name: account && JSON.stringify(account.name),
		account_id: number.pvt_assigned_to,
		previously_assigned_to: number.pvt_previously_assigned_to,
		state: number.pvt_state,
		created: number.pvt_created,
		modified: number.pvt_modified,
		used_by: number.pvt_used_by,
		ported_in: yes(number.pvt_ported_in),
		carrier_module: number.pvt_module_name,
		'cnam.inbound': yes(part('cnam').inbound_lookup),
		'cnam.outbound': part('cnam').display_name,
		'e911.locality': part('e911').locality,
		'e911.name': part('e911').caller_name,
		'e911.region': part('e911').region,
		'e911.street_address': part('e911').street_address,
		'e911.extended_address': part('e911').extended_address,
		'e911.postal_code': part('e911').postal_code,
		'prepend.enabled': yes(part('prepend').enabled),
		'prepend.name': part('prepend').name,
		'prepend.number': part('prepend').number,
		'ringback.early': part('ringback').early,
		'ringback.transfer': part('ringback').transfer,
		force_outbound: yes(number.force_outbound),
		'failover.e164': part('failover').e164,
		'failover.sip': part('failover').sip,
	};
	return Object.fromEntries(
		NUMBER_COLUMNS.filter((column) => values[column] !== undefined && values[column] !== null).map(
			(column) => [column, String(values[column])],
		),
	);
}

/** Does an action on one row and words its failure as the result shows it. */
export function runNumberRow(call: Call, action: NumberAction, row: Row): RowResult {
	try {
		if (!/^\+?\d+$/.test(row.e164 ?? '')) return { cells: row, error: 'bad field(s) e164' };
		return { cells: cellsOf(call, action(call, row)) };
	} catch (error) {
		if (!(error instanceof NumberError)) throw error;
		const named = error.error === 'not_found' || error.error === 'not_reconcilable';
		return { cells: row, error: named ? error.error : error.message };
	}
}

function unauthorised(): NumberError {
	return new NumberError(403, 'forbidden', 'requestor is unauthorized to perform operation');
}

/** A number that whoever made the task may touch. */
function reached(call: Call, row: Row): Doc {
	const number = e164(row.e164 ?? '');
	const doc = call.kernel.store.database('numbers').get(number, 'number');
	if (!doc) throw new NumberError(404, 'not_found', 'The number could not be found', number);
	const owner = doc.pvt_assigned_to as string | undefined;
	if (owner !== undefined && !mayReach(call, owner)) throw unauthorised();
	return doc;
}

/** `call` on behalf of the account that a row names, or of the task's own. */
function actingFor(call: Call, accountId: string | undefined): Call {
	if (accountId === undefined) return call;
	const account = call.kernel.store.account(accountId);
	// An account that is not there is taken all the same: so the real server does.
	return { ...call, account: account ?? ({ _id: accountId } as Doc) };
}

/** Settings of a number that a row has: `cnam.outbound` is `cnam: {display_name}`. */
function settingsOf(row: Row): Fields {
	const settings: Fields = {};
	const put = (path: string, value: unknown) => {
		const [group = '', name] = path.split('.');
		if (name === undefined) settings[group] = value;
		else settings[group] = { ...(settings[group] as Fields | undefined), [name]: value };
	};
	const names: Record<string, string> = {
		'cnam.inbound': 'cnam.inbound_lookup',
		'cnam.outbound': 'cnam.display_name',
		'e911.name': 'e911.caller_name',
	};
	for (const [column, cell] of Object.entries(row)) {
		const opaque = /^opaque\.(.+)$/.exec(column)?.[1];
		const known = /^(?:cnam|e911|prepend|ringback|failover)\.|^force_outbound$/.test(column);
		if (opaque === undefined && !known) continue;
		put(opaque ?? names[column] ?? column, cell === 'true' ? true : cell === 'false' ? false : cell);
	}
	return settings;
}

/** A local number has no carrier that could do these. */
function refuseCarried(doc: Fields, fields: Fields): void {
	const carried = ['cnam', 'e911', 'failover'].some((feature) => fields[feature] !== undefined);
	if (carried && (doc.pvt_module_name ?? 'knm_local') === 'knm_local') throw unauthorised();
}

function save(call: Call, doc: Doc, fields: Fields, hidden: Fields): Doc {
	return call.kernel.store.save('numbers', {
		...fields,
		...hidden,
		_id: doc._id,
		pvt_type: 'number',
		pvt_created: doc.pvt_created,
	});
}

function update(overwrite: boolean): NumberAction {
	return (call, row) => {
		const doc = reached(call, row);
		const settings = settingsOf(row);
		refuseCarried(doc, settings);
		const fields = overwrite ? settings : mergeDeep(publicFields(doc), settings);
		return save(call, doc, fields, privateFields(doc));
	};
}

/** The actions that go through the rows of a file, by name. */
export const NUMBER_ACTIONS: Record<string, NumberAction> = {
	find: reached,
	import: (call, row) => {
		const admin = call.auth?.superduper === true;
		const acting = actingFor(call, row.account_id);
		const fields = settingsOf(row);
		const carrier = (admin && row.carrier_module) || 'knm_local';
		const work = createWork(acting, row.e164 ?? '', {
			...fields,
			carrier_name: carrier,
			...(admin && row.state ? { create_with_state: row.state } : undefined),
		});
		refuseCarried({ pvt_module_name: carrier }, fields);
		return store(acting, work);
	},
	assign_to: (call, row) => {
		const doc = reached(call, row);
		const owner = row.account_id ?? (call.account as Doc)._id;
		const hidden = { ...privateFields(doc), pvt_assigned_to: owner, pvt_used_by: undefined };
		const previous =
			doc.pvt_assigned_to === owner ? undefined : { pvt_previously_assigned_to: doc.pvt_assigned_to };
		return save(call, doc, publicFields(doc), { ...hidden, ...previous });
	},
	update_merge: update(false),
	update_overwrite: update(true),
	release: (call, row) => {
		const doc = reached(call, row);
		return store(call, releaseWork(actingFor(call, doc.pvt_assigned_to as string | undefined), doc._id));
	},
	reserve: (call, row) => {
		const doc = reached(call, row);
		return store(call, reserveWork(actingFor(call, row.account_id), doc._id, {}));
	},
	delete: (call, row) => {
		const doc = reached(call, row);
		if (call.auth?.superduper !== true) throw unauthorised();
		const deleted = save(call, doc, publicFields(doc), { ...privateFields(doc), pvt_state: 'deleted' });
		call.kernel.store.remove('numbers', deleted, true);
		return deleted;
	},
};
