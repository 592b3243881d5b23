/** Path parameters of carriers. */
import type { Parameter } from '../parameterNotation';
import { account, ID, ID_PLACEHOLDER, labelOf, MONTHLY_ID, ownName, text } from '../parameterNotation';

export const carriersParameters = {
	carrierId: {
		label: 'Carrier',
		pattern: ID,
		list: {
			path: `${account}/resources`,
			names: ownName,
			label: (r) => labelOf(r.name, r.enabled === false ? 'off' : ''),
		},
	},
	carrierJobId: {
		label: 'Import',
		pattern: MONTHLY_ID,
		placeholder: 'e.g. 202611-394de70ecf6f8252',
		list: { path: `${account}/resources/jobs`, label: (j) => labelOf(j.name ?? j.id, j.status) },
	},
	carrierTemplateId: {
		label: 'Carrier Template',
		pattern: ID,
		list: {
			path: `${account}/resource_templates`,
			names: (t) => [t.template_name, t.name],
			label: (t) => labelOf(t.template_name, t.name),
		},
	},
	ipAddress: {
		label: 'IP Address',
		placeholder: 'e.g. 203.0.113.10',
	},
	selectorId: {
		label: 'Selector',
		placeholder: ID_PLACEHOLDER,
		list: {
			path: `${account}/resource_selectors`,
			label: (s) => labelOf(s.selector ?? s.id, s.name, s.resource),
		},
	},
	selectorName: {
		label: 'Table',
		description: 'The name that the entries of one table share',
		placeholder: 'e.g. lcr',
		list: { path: `${account}/resource_selectors/name`, map: '', label: (s) => text(s.id) },
	},
} as const satisfies Readonly<Record<string, Parameter>>;
