import type { Call, Handler, Route } from '../request/call';
import type { Fields } from '../store/database';
import { load } from '../documents/resource';
import { attachmentName } from '../documents/files';
import { present, publicFields } from '../store/merge';
import { JSON_TYPES } from '../request/content-types';
import { pdfOf } from '../values/pdf';
import { badIdentifier, fieldError, methodNotAllowed } from '../request/refusal';
import { PORTS, ports, stateOf, uploads } from './port';

const files = (call: Call, id: string) => call.kernel.store.database('port_requests').attachments(id);

/** KAZOO 4 answers every request for a file as if the file came with it. */
function mislabelled({ kernel, params }: Call): Record<string, string> | undefined {
	if (kernel.profile === 5) return undefined;
	return {
		'content-type': 'undefined',
		'content-disposition': `attachment; filename=${String(params.name)}`,
	};
}

const attach: Handler = (call) => {
	const doc = load(ports, call);
	const [file] = call.body.files;
	if (!file) throw fieldError('file', 'required', 'please provide a file');
	return {
		revision: doc._rev,
		run: () => {
			const name = call.params.name ?? attachmentName(file);
			call.kernel.store.database('port_requests').attach(doc._id, name, file);
			const saved = call.kernel.store.save('port_requests', doc);
			const headers = call.params.name === undefined ? undefined : mislabelled(call);
			return { data: present(saved), revision: saved._rev, id: saved._id, headers };
		},
	};
};

const readAttachment: Handler = (call) => {
	const doc = load(ports, call);
	const name = call.params.name as string;
	const file = files(call, doc._id).get(name);
	if (!file) throw badIdentifier(name);
	return {
		revision: doc._rev,
		raw: {
			body: file.data,
			// KAZOO 4 forgets what it knows about the file.
			contentType: call.kernel.profile === 5 ? file.contentType : 'undefined',
			ranges: true,
			headers: { 'content-disposition': `attachment; filename=${name}` },
		},
	};
};

const removeAttachment: Handler = (call) => {
	const doc = load(ports, call);
	if (!['unconfirmed', 'rejected', 'canceled'].includes(stateOf(doc))) {
		throw methodNotAllowed('port request is not modifiable in this state');
	}
	const name = call.params.name as string;
	if (!files(call, doc._id).has(name)) throw badIdentifier(name);
	return {
		revision: doc._rev,
		run: () => {
			call.kernel.store.database('port_requests').detach(doc._id, name);
			const data = call.kernel.profile === 5 ? {} : { _read_only: { deleted: true } };
			return { data, headers: mislabelled(call) };
		},
	};
};

/** The letter that authorises the port. */
const letter: Handler = (call) => {
	const doc = load(ports, call);
	const { bill, numbers, signee_name: signee } = publicFields(doc);
	const lines = [
		'Letter of Authorization',
		`Port request: ${String(doc.name)}`,
		`Customer: ${String((bill as Fields | undefined)?.name ?? '')}`,
		`Numbers: ${Object.keys((numbers as Fields | undefined) ?? {}).join(', ')}`,
		`Signed: ${String(signee ?? '')}`,
	];
	return { revision: doc._rev, raw: { body: pdfOf(lines), contentType: 'application/pdf' } };
};

/** Files of a port request, and its letter. */
export const portFileRoutes: Route[] = [
	{
		path: `${PORTS}/{id}/attachments`,
		handlers: {
			GET: (call) => ({ data: uploads(call, load(ports, call)), revision: load(ports, call)._rev }),
			PUT: attach,
		},
		accepts: { PUT: ['application/octet-stream', 'text/plain', 'application/pdf', 'application/x-pdf'] },
	},
	{
		path: `${PORTS}/{id}/attachments/{name}`,
		handlers: { GET: readAttachment, POST: attach, DELETE: removeAttachment },
		provides: {
			GET: (call) => {
				const file = files(call, call.params.id as string).get(call.params.name as string);
				return file ? [file.contentType] : [];
			},
			DELETE: JSON_TYPES,
		},
		accepts: { POST: ['application/octet-stream', 'text/plain', 'application/pdf', 'application/x-pdf'] },
	},
	{
		path: `${PORTS}/{id}/loa`,
		handlers: { GET: letter },
		provides: { GET: ['application/pdf', 'application/x-pdf'] },
	},
];
