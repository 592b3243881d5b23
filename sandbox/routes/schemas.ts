import type { Handler, Route } from '../request/call';
import { dataObject } from '../request/call';
import { checkSchema } from '../documents/resource';
import { md5 } from '../values/ids';
import { badIdentifier, type FieldErrors, forbidden, validationError } from '../request/refusal';
import { jsonSchema, schemaNames } from '../schemas';

const listSchemas: Handler = (call) => ({ data: schemaNames(call.kernel.profile) });

const readSchema: Handler = (call) => {
	const name = call.params.name as string;
	const schema = jsonSchema(call.kernel.profile, name);
	if (!schema) throw badIdentifier(name);
	return { data: { ...schema, id: name }, revision: `1-${md5(JSON.stringify(schema))}` };
};

const check: Handler = (call) => {
	if (!call.auth?.superduper) throw forbidden();
	const name = call.params.name as string;
	if (!jsonSchema(call.kernel.profile, name)) throw badIdentifier(name);
	const errors: FieldErrors = {};
	const data = checkSchema(call, name, dataObject(call), errors);
	if (Object.keys(errors).length > 0) throw validationError(errors);
	return { run: () => ({ data }) };
};

const about: Handler = (call) => ({
	data: {
		version: call.kernel.version,
		used_memory: process.memoryUsage().rss,
		processes: 1,
		ports: 1,
		erlang_version: '25',
	},
});

/** What the server says of itself and of its documents. */
export const schemaRoutes: Route[] = [
	{ path: '/schemas', handlers: { GET: listSchemas }, access: 'open' },
	{ path: '/schemas/{name}', handlers: { GET: readSchema }, access: 'open' },
	{ path: '/accounts/{accountId}/schemas', handlers: { GET: listSchemas } },
	{ path: '/accounts/{accountId}/schemas/{name}', handlers: { GET: readSchema } },
	{
		path: '/schemas/{name}/validation',
		handlers: { PUT: check },
		access: (call) => call.auth?.superduper === true,
	},
	{ path: '/about', handlers: { GET: about }, access: 'system' },
	{ path: '/accounts/{accountId}/about', handlers: { GET: about } },
];
