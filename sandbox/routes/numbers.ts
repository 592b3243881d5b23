import type { Answer, Call, Handler, Prepared, Route } from '../request/call';
import { dataObject } from '../request/call';
import type { Doc, Fields, View } from '../store/database';
import { checkSchema } from '../documents/resource';
import { list } from '../documents/listing';
import { toE164 } from '../values/phone-numbers';
import { fieldError, type FieldErrors, initFailed, Refusal, validationError } from '../request/refusal';
import {
	activateWork,
	chargeWork,
	createWork,
	creationStates,
	listedNumber,
	NumberError,
	type NumberWork,
	ownNumber,
	portWork,
	readOnly,
	releaseWork,
	reserveWork,
	showNumber,
	store,
	updateWork,
} from '../numbers/operations';

const A = '/accounts/{accountId}/phone_numbers';

const STATES = [
	'aging',
	'available',
	'deleted',
	'discovery',
	'in_service',
	'port_in',
	'port_out',
	'released',
	'reserved',
];

const BY_NUMBER: View = { types: ['number'], key: (doc) => doc._id };

/** Kinds of numbers, the first that fits wins. */
const CLASSIFIERS: Record<string, Fields & { regex: string }> = {
	tollfree_us: {
		regex: '^\\+1((?:800|88\\d|877|866|855|844|833|822)\\d{7})$',
		friendly_name: 'US TollFree',
		pretty_print: 'SS(###) ### - ####',
	},
	toll_us: { regex: '^\\+1(900\\d{7})$', friendly_name: 'US Toll', pretty_print: 'SS(###) ### - ####' },
	emergency: {
		regex: '^(911|922|933|833|811|711|999)$',
		emergency: true,
		friendly_name: 'Emergency Dispatcher',
	},
	caribbean: {
		regex:
			'^\\+?1((?:684|264|268|242|246|441|284|345|767|809|829|849|473|671|876|664|670|787|939|869|758|784|721|868|649|340)\\d{7})$',
		friendly_name: 'Caribbean',
		pretty_print: 'SS(###) ### - ####',
	},
	did_us: {
		regex: '^(\\+?1)?([2-9][0-9]{2}[2-9][0-9]{6})$',
		friendly_name: 'US DID',
		pretty_print: 'SS(###) ### - ####',
	},
	international: { regex: '^\\+([2-9]\\d{7,})$', friendly_name: 'International' },
	unknown: { regex: '^(.*)$', friendly_name: 'Unknown' },
};

const CARRIERS =
	'bandwidth2 bandwidth inum local inventory managed mdn other simwood telnyx vitelity voip_innovations voxbone ' +
	'didww flowroute inteliquent it_vocal level3 o1 peerless thinq verizon windstream ziron';

/** Turns a refusal about a number into the answer about it. */
function guarded<T>(call: Call, act: () => T): T {
	try {
		return act();
	} catch (error) {
		throw error instanceof NumberError ? error.refusal(call) : error;
	}
}

function checked(call: Call): Fields {
	const data = dataObject(call);
	const errors: FieldErrors = {};
	const fields = checkSchema(call, 'phone_numbers', data, errors);
	const wanted = data.create_with_state;
	if (wanted !== undefined && !STATES.includes(String(wanted))) {
		errors.create_with_state = {
			enum: { message: 'Value not found in enumerated list of values', target: STATES, value: wanted },
		};
	}
	if (Object.keys(errors).length > 0) throw validationError(errors);
	return fields;
}

function answer(call: Call, doc: Doc, work?: NumberWork): Answer {
	if (work?.vanishes || work?.lost) return {};
	return {
		data: showNumber(call, doc),
		...(call.kernel.profile === 5 ? { metadata: readOnly(call, doc) } : undefined),
	};
}

/** An operation on the number in the path. */
function single(plan: (call: Call, number: string, data: Fields) => NumberWork): Handler {
	return (call): Prepared => {
		const data = call.verb === 'DELETE' ? {} : checked(call);
		const work = guarded(call, () => plan(call, call.params.number as string, data));
		// A change is a reason to look at the whole bill again: with a price on carriers even a note costs.
		chargeWork(call, [work]);
		return { unmatched: true, run: () => answer(call, store(call, work), work) };
	};
}

const readNumber: Handler = (call) => {
	const number = call.params.number as string;
	try {
		const doc = ownNumber(call, number);
		return answer(call, doc);
	} catch (error) {
		if (!(error instanceof NumberError)) throw error;
		throw new Refusal(404, 'bad_identifier', {
			message: 'bad identifier',
			not_found: 'The number could not be found',
		});
	}
};

const listNumbers: Handler = (call) => {
	if (call.query.prefix !== undefined || call.query.quantity !== undefined) return search(call);
	const own = (call.account as Doc)._id;
	const page = list(call, {
		database: call.kernel.store.database('numbers'),
		view: BY_NUMBER,
		only: (doc) => doc.pvt_assigned_to === own,
		filtered: (doc) => ({ ...doc, ...listedNumber(call, doc) }),
		show: (doc) => [doc._id, listedNumber(call, doc)],
	});
	const rows = JSON.parse(String(page.json ?? '[]')) as [string, Fields][];
	if (call.accepted.includes('csv')) {
		return { data: rows.map(([number, fields]) => ({ number, ...fields })) };
	}
	return {
		data: { numbers: Object.fromEntries(rows), cascade_quantity: 0 },
		revision: page.revision,
		envelope: page.envelope,
	};
};

/** Numbers that could be bought: what carriers offer is, here, what lies in the store. */
const search: Handler = (call) => {
	const errors: FieldErrors = {};
	const data = checkSchema(call, 'find_numbers', { ...call.query, ...dataObject(call) }, errors);
	if (Object.keys(errors).length > 0) throw validationError(errors);
	const prefix = String(data.prefix ?? '').replace(/^\+?1?(?=\d{3})/, '');
	const quantity = Number(data.quantity ?? 1);
	const offset = Number(data.offset ?? 0);
	const found = call.kernel.store
		.database('numbers')
		.list('number')
		.filter(
			(doc) =>
				['available', 'discovery'].includes(String(doc.pvt_state)) &&
				doc._id.replace(/^\+1/, '').startsWith(prefix),
		);
	return {
		data: found.slice(offset, offset + quantity).map((doc) => ({ number: doc._id, state: doc.pvt_state })),
	};
};

/** Without an account the search is for those who have a token. */
const openSearch: Handler = (call) => {
	if (call.query.prefix === undefined || !call.auth) throw initFailed();
	return search(call);
};

function listOf(call: Call, message = 'list of numbers missing'): string[] {
	const { numbers } = dataObject(call);
	if (numbers === undefined) throw fieldError('numbers', 'required', message);
	if (!Array.isArray(numbers)) throw fieldError('numbers', 'type', 'numbers must be a list');
	if (numbers.length === 0) throw fieldError('numbers', 'minimum', 'minimum 1 number required');
	if (new Set(numbers).size < numbers.length) {
		throw fieldError('numbers', 'uniqueItems', 'some numbers appear twice');
	}
	// The real server falls over what is no text, and over a text without a letter.
	if (!numbers.every((number) => typeof number === 'string' && number !== '')) throw initFailed();
	return numbers as string[];
}

interface Collected {
	works: NumberWork[];
	failed: Record<string, NumberError>;
}

function collect(plan: (number: string) => NumberWork, numbers: string[]): Collected {
	const works: NumberWork[] = [];
	const failed: Record<string, NumberError> = {};
	for (const number of numbers) {
		try {
			works.push(plan(number));
		} catch (error) {
			if (!(error instanceof NumberError)) throw error;
			failed[number] = error;
		}
	}
	return { works, failed };
}

/**
 * The same operation on many numbers; what fails does not stop the rest. One number alone is answered by itself. Seen
 * on KAZOO 4: when one of several fails, the others are answered as done and nothing is stored.
 */
function many(plan: (call: Call, number: string, data: Fields) => NumberWork): Handler {
	return (call): Prepared => {
		const numbers = listOf(call);
		const data = call.verb === 'DELETE' ? {} : checked(call);
		const { works, failed } = collect((number) => plan(call, number, data), numbers);
		const [onlyFailure, second] = Object.values(failed);
		if (works.length === 0 && onlyFailure && !second) throw onlyFailure.refusal(call);
		chargeWork(call, works);
		const { profile, fixes } = call.kernel;
		const kept = Object.keys(failed).length === 0 || profile === 5 || fixes;
		return {
			run: () => {
				const docs = works.map((work) => [work, store(call, work, kept)] as const);
				const [first] = docs;
				if (docs.length === 1 && first && Object.keys(failed).length === 0)
					return answer(call, first[1], first[0]);
				const errors = Object.fromEntries(
					Object.entries(failed).map(([number, error]) => [number, error.shown]),
				);
				return {
					data: {
						success: Object.fromEntries(docs.map(([, doc]) => [doc._id, showNumber(call, doc)])),
						// Erlang's empty list where there is nothing to say.
						error: Object.keys(errors).length === 0 ? [] : errors,
					},
				};
			},
		};
	};
}

const classify: Handler = (call) => {
	const number = toE164(call.params.number as string);
	const [name, classifier] = Object.entries(CLASSIFIERS).find(([, { regex }]) =>
		new RegExp(regex).test(number),
	) as [string, Fields];
	return { data: { ...classifier, e164: number, number, name } };
};

const carriersInfo: Handler = (call) => ({
	data: {
		maximal_prefix_length: 10,
		usable_carriers: CARRIERS.split(' '),
		usable_creation_states: creationStates(call),
	},
});

/** Whether numbers can be had: only what lies available here can. */
const check: Handler = (call) => {
	const numbers = listOf(call);
	const state = (number: string) =>
		call.kernel.store.database('numbers').get(toE164(number), 'number')?.pvt_state;
	return {
		run: () => ({
			data: Object.fromEntries(
				numbers.map((number) => [number, state(number) === 'available' ? 'success' : 'error']),
			),
		}),
	};
};

const identify: Handler = (call) => {
	const number = toE164(call.params.number as string);
	const doc = call.kernel.store.database('numbers').get(number, 'number');
	const owner = doc?.pvt_assigned_to as string | undefined;
	if (!doc || owner === undefined) {
		throw new Refusal(404, 'bad_identifier', {
			message: 'bad identifier',
			not_found: 'The number could not be found',
		});
	}
	const account = call.kernel.store.account(owner);
	const cause =
		doc.pvt_state !== 'in_service'
			? 'not_in_service'
			: account?.pvt_enabled === false
				? 'account_disabled'
				: undefined;
	if (cause) throw new Refusal(400, 'client error', { cause, account_id: owner, number });
	return { data: { account_id: owner, number } };
};

const create = single((call, number, data) => createWork(call, number, data));

/** Telephone numbers. */
export const numberRoutes: Route[] = [
	{ path: '/phone_numbers', handlers: { GET: openSearch }, access: 'open' },
	{
		path: '/phone_numbers/classifiers',
		handlers: { GET: () => ({ data: CLASSIFIERS }) },
		access: (call) => call.auth?.superduper === true,
	},
	{ path: A, handlers: { GET: listNumbers } },
	{ path: `${A}/classifiers`, handlers: { GET: () => ({ data: CLASSIFIERS }) } },
	{ path: `${A}/classifiers/{number}`, handlers: { GET: classify } },
	{ path: `${A}/carriers_info`, handlers: { GET: carriersInfo } },
	{ path: `${A}/check`, handlers: { POST: check } },
	{
		path: `${A}/locality`,
		handlers: {
			POST: (call) => {
				listOf(call);
				throw new Refusal(500, 'could not get locality url', {});
			},
		},
	},
	{
		path: `${A}/prefix`,
		handlers: {
			GET: () => {
				throw new Refusal(500, 'init failed', 'Unable to acquire numbers missing carrier url');
			},
		},
	},
	{ path: `${A}/fix`, handlers: { POST: listNumbers } },
	{ path: `${A}/fix/{number}`, handlers: { POST: () => ({ run: () => ({ data: {} }) }) } },
	{
		path: `${A}/collection`,
		handlers: {
			PUT: many((call, number, data) => createWork(call, number, data)),
			POST: many((call, number, data) => updateWork(call, number, data, false)),
			PATCH: many((call, number, data) => updateWork(call, number, data, true)),
			DELETE: many((call, number) => releaseWork(call, number)),
		},
	},
	{
		path: `${A}/collection/activate`,
		handlers: {
			PUT: many((call, number, data) => activateWork(call, number, data)),
			POST: many((call, number, data) => activateWork(call, number, data)),
		},
	},
	{
		path: `${A}/{number}`,
		handlers: {
			GET: readNumber,
			PUT: create,
			POST: single((call, number, data) => updateWork(call, number, data, false)),
			PATCH: single((call, number, data) => updateWork(call, number, data, true)),
			DELETE: single((call, number) => releaseWork(call, number)),
		},
		order: ['PATCH', 'POST', 'PUT', 'DELETE', 'GET'],
	},
	{
		path: `${A}/{number}/activate`,
		handlers: { PUT: single((call, number, data) => activateWork(call, number, data)) },
	},
	{
		path: `${A}/{number}/reserve`,
		handlers: { PUT: single((call, number, data) => reserveWork(call, number, data)) },
	},
	{
		path: `${A}/{number}/port`,
		handlers: { PUT: single((call, number, data) => portWork(call, number, data)) },
	},
	{ path: `${A}/{number}/identify`, handlers: { GET: identify } },
];
