import { mayReach } from '../auth/authorise';
import { chargeFor, numberServices, type QuantityChange } from '../billing/charges';
import type { Call } from '../request/call';
import type { Doc, Fields } from '../store/database';
import type { Store } from '../store/store';
import { toE164 } from '../values/phone-numbers';
import { mergeDeep, present, privateFields, publicFields } from '../store/merge';
import { Refusal } from '../request/refusal';
import { now } from '../values/time';

/** A refusal about one number, as the number manager words it. */
export class NumberError extends Error {
	constructor(
		readonly code: number,
		readonly error: string,
		message: string,
		readonly reason?: string,
	) {
		super(message);
	}

	/** What a collection says of it. */
	get shown(): Fields | string {
		if (this.error === 'not_found' || this.error === 'not_reconcilable') return this.error;
		return { code: this.code, error: this.error, cause: this.reason, message: this.message };
	}

	/** What an operation on one number answers. */
	refusal(call: Call): Refusal {
		// The recorded generation of the number manager loses the reason; KAZOO 5's repaired module tells it.
		if (call.kernel.profile === 4 && !call.kernel.fixes) {
			return new Refusal(500, 'unspecified_fault', { message: 'unspecified fault' });
		}
		if (this.error === 'not_found') {
			return new Refusal(404, 'bad_identifier', {
				message: 'bad identifier',
				not_found: 'The number could not be found',
				...(this.reason === undefined ? undefined : { cause: this.reason }),
			});
		}
		const status = this.error === 'not_reconcilable' && call.kernel.profile === 5 ? 400 : this.code;
		return new Refusal(status, this.error, {
			code: status,
			error: this.error,
			...(this.reason === undefined ? undefined : { cause: this.reason }),
			message: this.message,
		});
	}
}

const unauthorised = (cause?: string): NumberError =>
	new NumberError(403, 'forbidden', 'requestor is unauthorized to perform operation', cause);

const missing = (number: string): NumberError =>
	new NumberError(404, 'not_found', 'The number could not be found', number);

/** The number a path or a list names, in E.164. Numbers outside of North America are refused, as was seen. */
export function e164(text: string): string {
	const number = toE164(text);
	if (!/^\+1\d{10}$/.test(number)) {
		throw new NumberError(404, 'not_reconcilable', `number ${text} is not reconcilable`, text);
	}
	return number;
}

/** What the number manager takes for a number that the world can reach. */
const RECONCILABLE = /^\+?1?\d{10}$|^\+[2-9]\d{7,}$|^011\d*$|^00\d*$/;

/** The account's own number. Throws what is wrong with it. */
export function ownNumber(call: Call, text: string): Doc {
	const number = toE164(text);
	if (!RECONCILABLE.test(number))
		throw new NumberError(404, 'not_reconcilable', `number ${text} is not reconcilable`, text);
	const doc = call.kernel.store.database('numbers').get(number, 'number');
	const owner = doc?.pvt_assigned_to;
	const own = (call.account as Doc)._id;
	const below = call.kernel.store.descendants(own).some((account) => account._id === owner);
	if (!doc || (owner !== own && !below)) throw missing(number);
	return doc;
}

const LOCAL = ['force_outbound', 'prepend', 'ringback'];
const CARRIED = [
	'cnam',
	'e911',
	'force_outbound',
	'inbound_cnam',
	'outbound_cnam',
	'port',
	'prepend',
	'ringback',
];

const isLocal = (doc: Fields): boolean => doc.pvt_module_name === 'knm_local';

/** Features that a number may have. */
export function availableFeatures(call: Call, doc: Fields): string[] {
	const features = isLocal(doc) ? LOCAL : CARRIED;
	const admin = call.auth?.superduper === true;
	return admin ? ['carrier_name', ...features] : features;
}

/** Features that a number has. */
export function features(doc: Fields): string[] {
	const cnam = doc.cnam as Fields | undefined;
	const on = (value: unknown): boolean =>
		typeof value === 'object' && value !== null && Object.keys(value).length > 0;
	return [
		...(isLocal(doc) ? ['local'] : []),
		...((doc.prepend as Fields | undefined)?.enabled === true ? ['prepend'] : []),
		...(cnam?.display_name === undefined ? [] : ['outbound_cnam']),
		...(cnam?.inbound_lookup === true ? ['inbound_cnam'] : []),
		...(on(doc.e911) ? ['e911'] : []),
		...(on(doc.failover) ? ['failover'] : []),
		...(doc.force_outbound === true ? ['force_outbound'] : []),
	];
}

/** A number as the answer about it shows it. */
export function showNumber(call: Call, doc: Doc): Fields {
	const active = features(doc).sort();
	return {
		...present(doc),
		...(active.length > 0 ? { features: active } : undefined),
		...(doc.pvt_used_by === undefined ? undefined : { used_by: doc.pvt_used_by }),
		state: doc.pvt_state,
		...(call.kernel.profile === 5 ? undefined : { _read_only: readOnly(call, doc) }),
	};
}

/** What nobody can change of a number. */
export function readOnly(call: Call, doc: Doc): Fields {
	return {
		created: doc.pvt_created,
		modified: doc.pvt_modified,
		features: { available: availableFeatures(call, doc), settings: {} },
		carrier_module: String(doc.pvt_module_name).replace(/^knm_/, ''),
	};
}

/** A number as the list shows it. */
export function listedNumber(call: Call, doc: Doc): Fields {
	return {
		state: doc.pvt_state,
		features: features(doc),
		features_allowed: [],
		features_denied: [],
		assigned_to: doc.pvt_assigned_to,
		...(doc.pvt_used_by === undefined ? undefined : { used_by: doc.pvt_used_by }),
		created: doc.pvt_created,
		updated: doc.pvt_modified,
		// A list shows everybody the same.
		features_available: availableFeatures({ ...call, auth: undefined }, doc),
	};
}

/** What one more number in the account means for its bill. */
export function billed(carrier: unknown, fields: Fields = {}): QuantityChange[] {
	const name = String(carrier ?? 'knm_local');
	const services = numberServices({ ...fields, pvt_module_name: name });
	return [
		{ category: 'number_carriers', item: name, by: 1 },
		...services.map((item) => ({ category: 'number_services', item, by: 1 })),
	];
}

/** States that an account may create numbers in. */
export function creationStates(call: Call): string[] {
	if (call.auth?.superduper) return ['aging', 'available', 'in_service', 'port_in', 'reserved'];
	const own = call.kernel.store.account(call.auth?.accountId ?? '');
	return own?.pvt_wnm_allow_additions === true ? ['in_service', 'reserved'] : [];
}

/** One step of work on a number: what it will be, and what it costs. Nothing is stored before `store`. */
export interface NumberWork {
	number: string;
	existing: Doc | undefined;
	fields: Fields;
	hidden: Fields;
	costs: QuantityChange[];
	/** The number is gone afterwards. */
	removed?: boolean;
	/** Nothing is stored and nothing is shown: made and gone, or never looked at. */
	vanishes?: boolean;
	lost?: boolean;
}

const work = (existing: Doc, changes: Partial<NumberWork> = {}): NumberWork => ({
	number: existing._id,
	existing,
	fields: publicFields(existing),
	hidden: privateFields(existing),
	costs: [],
	...changes,
});

/** Options of a request that are not fields of the number. */
const OPTIONS = ['create_with_state', 'accept_charges', 'carrier_name', 'numbers', 'assign_to'];

/** What answers show of a number and nobody sets: sent back it is not kept. */
const SHOWN = ['id', 'state', 'used_by', 'features', '_read_only'];

function settings(data: Fields, more: string[] = OPTIONS): Fields {
	return Object.fromEntries(
		Object.entries(data).filter(([key]) => !more.includes(key) && !SHOWN.includes(key)),
	);
}

/** Makes a number in the account. */
export function createWork(call: Call, text: string, data: Fields): NumberWork {
	const number = e164(text);
	const existing = call.kernel.store.database('numbers').get(number, 'number');
	if (existing) {
		throw new NumberError(409, 'number_exists', `number ${number} already exists`, number);
	}
	refusePorting(call, number);
	const state = String(data.create_with_state ?? 'in_service');
	if (!creationStates(call).includes(state)) {
		throw unauthorised(`creating number in state '${state}' is not allowed`);
	}
	const carrier = String(data.carrier_name ?? 'knm_local');
	const own = (call.account as Doc)._id;
	return {
		number,
		existing: undefined,
		fields: settings(data),
		hidden: { pvt_state: state, pvt_module_name: carrier, pvt_assigned_to: own },
		costs: billed(carrier),
		// Seen on the real server: such a number is answered without data and is not there afterwards.
		...(state === 'available' ? { vanishes: true } : undefined),
	};
}

function refusePorting(call: Call, number: string): void {
	const porting = call.kernel.store
		.database('port_requests')
		.list('port_request')
		.some(
			(request) =>
				['submitted', 'pending', 'scheduled'].includes(String(request.pvt_port_state)) &&
				(request.numbers as Fields | undefined)?.[number] !== undefined,
		);
	if (porting) throw new NumberError(400, 'number_is_porting', `number ${number} is porting`, number);
}

/** Puts an existing number into service in the account. */
export function activateWork(call: Call, text: string, data: Fields): NumberWork {
	const { existing, owner, own } = target(call, text);
	const state = String(existing.pvt_state);
	const merged = { ...publicFields(existing), ...settings(data, ['accept_charges']) };
	if (owner === own && state === 'in_service') return work(existing, { fields: merged });
	if (owner !== undefined && owner !== own && !mayReach(call, owner)) throw unauthorised();
	if (owner !== undefined && owner !== own && state === 'in_service' && !mayReach(call, owner))
		throw unauthorised();
	if (!['in_service', 'discovery', 'port_in', 'available', 'aging', 'reserved'].includes(state)) {
		throw transition(state, 'in_service');
	}
	return work(existing, {
		fields: merged,
		hidden: {
			...privateFields(existing),
			pvt_state: 'in_service',
			pvt_assigned_to: own,
			pvt_used_by: owner === own ? existing.pvt_used_by : undefined,
		},
		costs: owner === own ? [] : billed(existing.pvt_module_name),
	});
}

/** Reserves an existing number for the account. */
export function reserveWork(call: Call, text: string, data: Fields): NumberWork {
	const { existing, owner, own } = target(call, text);
	const state = String(existing.pvt_state);
	if (owner !== undefined && !mayReach(call, owner)) throw unauthorised();
	if (state === 'reserved' && owner === own) {
		throw new NumberError(400, 'no_change_required', 'no change required', existing._id);
	}
	if (!['reserved', 'discovery', 'available', 'in_service'].includes(state))
		throw transition(state, 'reserved');
	return work(existing, {
		fields: { ...publicFields(existing), ...settings(data) },
		hidden: {
			...privateFields(existing),
			pvt_state: 'reserved',
			pvt_assigned_to: own,
			pvt_used_by: undefined,
		},
		costs: owner === own ? [] : billed(existing.pvt_module_name),
	});
}

/** Notes a number that is on its way from another carrier. */
export function portWork(call: Call, text: string, data: Fields): NumberWork {
	const number = e164(text);
	const existing = call.kernel.store.database('numbers').get(number, 'number');
	if (existing) throw new NumberError(409, 'number_exists', `number ${number} already exists`, number);
	return {
		number,
		existing: undefined,
		fields: settings(data),
		hidden: {
			pvt_state: 'port_in',
			pvt_module_name: 'knm_local',
			pvt_assigned_to: (call.account as Doc)._id,
		},
		costs: billed('knm_local'),
	};
}

/** Changes the settings of the account's number. */
export function updateWork(call: Call, text: string, data: Fields, merge: boolean): NumberWork {
	const existing = ownNumber(call, text);
	// The real server loses a number on the way whose prefix is no object: nothing is stored, nothing is answered.
	if (data.prepend !== undefined && (typeof data.prepend !== 'object' || Array.isArray(data.prepend))) {
		return work(existing, { lost: true });
	}
	const fields = merge ? mergeDeep(publicFields(existing), settings(data)) : settings(data);
	if (isLocal(existing)) {
		// A local number has no carrier that could do these.
		for (const feature of ['cnam', 'e911', 'failover', 'port']) {
			if (
				fields[feature] !== undefined &&
				JSON.stringify(fields[feature]) !== JSON.stringify(existing[feature])
			) {
				throw unauthorised();
			}
		}
	}
	// The number is billed as if it came to the account once more.
	return work(existing, { fields, costs: billed(existing.pvt_module_name, fields) });
}

/** Gives a number back: a local one is gone, another becomes available again. */
export function releaseWork(call: Call, text: string): NumberWork {
	const existing = ownNumber(call, text);
	const hard = call.query.hard === 'true' && call.auth?.superduper === true;
	return work(existing, released(existing, hard));
}

function released(existing: Doc, hard = false): Partial<NumberWork> {
	const { pvt_used_by: _use, ...hidden } = privateFields(existing);
	if (isLocal(existing) || existing.pvt_module_name === 'knm_mdn' || hard) {
		// Its settings go with it; whose it was is told to those who hear of it.
		return { removed: true, fields: {}, hidden: { ...hidden, pvt_state: 'deleted' } };
	}
	const { pvt_assigned_to: _owner, ...rest } = hidden;
	return { hidden: { ...rest, pvt_state: 'available' } };
}

/** Takes a number from an account that is deleted, as if it were given back. */
export function freeNumber(database: Store, number: Doc): void {
	write(database, work(number, released(number)));
}

function target(call: Call, text: string): { existing: Doc; owner: string | undefined; own: string } {
	const number = toE164(text);
	const existing = call.kernel.store.database('numbers').get(number, 'number');
	if (!existing) throw missing(number);
	return {
		existing,
		owner: existing.pvt_assigned_to as string | undefined,
		own: (call.account as Doc)._id,
	};
}

function transition(from: string, to: string): NumberError {
	return new NumberError(
		400,
		'invalid_state_transition',
		`invalid state transition from ${from} to ${to}`,
		`from ${from} to ${to}`,
	);
}

/** Refuses what costs money and was not agreed to. */
export function chargeWork(call: Call, works: NumberWork[]): void {
	chargeFor(
		call,
		works.flatMap(({ costs }) => costs),
	);
}

/** The number as it is after the work: stored, unless nothing may be. */
export function store({ kernel }: Call, item: NumberWork, kept = true): Doc {
	if (kept && !item.lost) return write(kernel.store, item);
	const { existing } = item;
	// Until it is gone for good a number that was given back is an available one.
	const hidden = item.removed ? { ...item.hidden, pvt_state: 'available' } : item.hidden;
	const time = { pvt_created: existing?.pvt_created ?? now(), pvt_modified: now() };
	return { ...item.fields, ...hidden, ...time, _id: item.number, _rev: '', pvt_type: 'number' };
}

function write(database: Store, item: NumberWork): Doc {
	const fields = { ...item.fields, ...item.hidden };
	if (!item.existing) {
		const made = database.create('numbers', 'number', fields, { id: item.number });
		if (item.vanishes) database.database('numbers').erase(made._id);
		return made;
	}
	const { _rev, pvt_modified, pvt_created } = item.existing;
	const changed = { ...fields, _id: item.number, pvt_type: 'number', pvt_created };
	if (item.removed) return database.remove('numbers', { ...changed, _rev, pvt_modified }, true);
	return database.save('numbers', changed);
}
