/** Hints for carriers. */
import type { SchemaHints } from '../hintNotation';

export const carriersHints: Readonly<Record<string, SchemaHints>> = {
	resources: {
		form: { name: {}, gateways: {}, rules: { label: 'Dialled Numbers (Patterns)', as: 'texts' } },
		more: {
			enabled: {},
			emergency: { label: 'For Emergency Calls' },
			weight_cost: { label: 'Weight' },
			cid_rules: { label: 'Caller IDs (Patterns)', as: 'texts' },
			flags: { as: 'texts' },
		},
	},
};
