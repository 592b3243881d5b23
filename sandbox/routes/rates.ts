import type { Handler, Route } from '../request/call';
import { by, type Resource, routesOf } from '../documents/resource';
import { CSV_TYPES } from '../request/content-types';
import { present } from '../store/merge';
import { Refusal } from '../request/refusal';
import { isReconcilable } from '../values/phone-numbers';

const rates: Resource = {
	path: '/rates',
	type: 'rate',
	schema: 'rates',
	view: by('rate', 'prefix'),
	database: () => 'ratedeck',
	access: 'system',
	summary: (doc) => ({
		name: doc.rate_name,
		cost: doc.rate_cost,
		prefix: String(doc.prefix),
		id: doc._id,
	}),
	prepare: ({ fields }) => {
		// A prefix is written as a number, however it comes.
		if (typeof fields.prefix === 'string' && /^\d+$/.test(fields.prefix))
			fields.prefix = Number(fields.prefix);
	},
	check: ({ fields, errors }) => {
		if (Object.keys(errors).length === 0) fields.routes ??= [`^\\+?${String(fields.prefix)}.+$`];
	},
	id: ({ fields }) => `${String(fields.iso_country_code ?? 'XX')}-${String(fields.prefix)}`,
	show: (doc) => present(doc),
};

const NO_RATE = 'No rate found for this number';

const rateOfNumber: Handler = (call) => {
	const number = call.params.number as string;
	if (!isReconcilable(number)) throw new Refusal(404, NO_RATE, {});
	const digits = number.replace(/\D/g, '');
	const found = call.kernel.store
		.database('ratedeck')
		.list('rate')
		.filter((rate) => digits.startsWith(String(rate.prefix)))
		.sort((a, b) => String(b.prefix).length - String(a.prefix).length)[0];
	if (!found) throw new Refusal(500, NO_RATE, { message: NO_RATE });
	return {
		data: {
			e164_number: `+${digits}`,
			prefix: String(found.prefix),
			rate_name: found.rate_name,
			rate_cost: found.rate_cost,
			base_cost: found.rate_cost,
		},
	};
};

/** Prices of calls. The list exists as CSV only. */
export const rateRoutes: Route[] = [
	...routesOf(rates).map(
		(route): Route => (route.path === '/rates' ? { ...route, provides: { GET: CSV_TYPES } } : route),
	),
	{
		path: '/rates/ratedecks',
		handlers: { GET: () => ({ data: { default_ratedeck: 'ratedeck', ratedecks: ['ratedeck'] } }) },
		access: 'system',
	},
	{ path: '/rates/number/{number}', handlers: { GET: rateOfNumber }, access: 'token' },
];
