import { operation, resource } from '../notation';

export const schema = resource({
	value: 'schema',
	name: 'Schema',
	description: "KAZOO's own rules for documents: which fields exist, of what type, with what limits",
	keywords: ['JSON schema', 'validation', 'fields', 'documentation'],
	rows: [
		operation('GET /schemas', {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many schemas',
			description: 'List the names of all schemas on the server, callflow modules included',
			returns: 'records',
			unpaged: true,
		}),
		operation('GET /schemas/{schemaName}', {
			value: 'get',
			name: 'Get',
			action: 'Get schema',
			description: 'Read the fields, types, limits and defaults of a document as JSON Schema',
		}),
		operation('PUT /schemas/{schemaName}/validation', {
			value: 'validate',
			name: 'Validate',
			action: 'Validate document against schema',
			description:
				'Check a document without storing it; it comes back with defaults, or as an error per field',
			body: {
				document: {
					type: 'json',
					label: 'Document',
					description: 'The document to be checked',
					placeholder: 'e.g. {"name": "Reception"}',
					required: true,
					wire: '',
				},
			},
		}),
	],
});
