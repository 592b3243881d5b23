import type { JsonSchema } from './notation';

/**
 * What KAZOO 5 checks beyond the schemas that we collected, which are of an older copy than versions.md, section 5:
 * it says that a callflow needs a flow, that a Pivot step may bring its answer along instead of an address, and what
 * names gateways may have. The schemas are served as they were collected.
 */
export const NEWER: Readonly<Record<string, (collected: JsonSchema) => JsonSchema>> = {
	callflows: (collected) => ({ ...collected, required: ['flow'] }),
	'callflows.pivot': ({ required: _required, ...collected }) => ({
		...collected,
		oneOf: [{ required: ['serverless'] }, { required: ['voice_url'] }],
		properties: { ...collected.properties, serverless: SERVERLESS },
	}),
	resources: (collected) => {
		const { gateways } = collected.properties as Record<string, JsonSchema>;
		const gateway = gateways?.items?.properties;
		const named = (key: string, more: JsonSchema = {}) => ({
			[key]: { ...gateway?.[key], ...more, format: 'sip_hostname' },
		});
		const properties = { ...gateway, ...named('realm', { maxLength: 128 }), ...named('server') };
		const items = { ...gateways?.items, properties };
		return { ...collected, properties: { ...collected.properties, gateways: { ...gateways, items } } };
	},
};

/** A flow instead of a server: TwiML as a text, or a step of a callflow. */
const SERVERLESS: JsonSchema = {
	type: 'object',
	required: ['flow_doc', 'flow_type'],
	properties: {
		flow_doc: { oneOf: [{ type: 'string', minLength: 1 }, { type: 'object' }] },
		flow_type: { type: 'string', enum: ['application/json', 'application/xml', 'text/xml'] },
	},
};
