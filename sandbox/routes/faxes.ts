import type { Answer, Call, Handler, Route } from '../request/call';
import { dataObject } from '../request/call';
import type { Doc, Fields, View } from '../store/database';
import { byId, checkSchema, deletedAnswer, metadataOf, type Resource } from '../documents/resource';
import { attachmentName, firstFile, IMAGE_TYPES, MULTIPART_TYPES, storedTypes } from '../documents/files';
import { EMPTY_OBJECT, encodeKey } from '../values/erlang';
import { JOB_TYPE } from '../faxes/queue';
import { hex } from '../values/ids';
import { list, noRecords } from '../documents/listing';
import { present, publicData } from '../store/merge';
import { JSON_TYPES } from '../request/content-types';
import { normaliseNumber } from '../values/phone-numbers';
import { badIdentifier, fieldError, type FieldErrors, Refusal, validationError } from '../request/refusal';

const A = '/accounts/{accountId}/faxes';

/** A fax in a folder is a monthly record; a job on its way out is a document. */
const faxes: Resource = { path: A, type: 'fax', view: byId('fax'), summary: present };

const BY_TIME: View = { types: ['fax'], key: (doc) => [doc.pvt_created, doc._id] };

const database = (call: Call) => call.kernel.store.database((call.account as Doc)._id);

function folder(name: 'inbox' | 'outbox'): Handler {
	return (call) =>
		list(call, {
			database: database(call),
			view: BY_TIME,
			ranged: true,
			only: (doc) => doc.folder === name,
			show: (doc) => ({
				id: doc._id,
				status: doc.pvt_job_status ?? 'completed',
				to: doc.to_number,
				from: doc.from_number,
				created: doc.pvt_created,
				owner_id: doc.owner_id,
				faxbox_id: doc.faxbox_id,
				rx_result: doc.rx_result,
				tx_result: doc.tx_result,
			}),
		});
}

function load(call: Call, name: 'inbox' | 'outbox'): Doc {
	const id = call.params.id as string;
	const doc = database(call).get(id, 'fax');
	if (!doc || doc.folder !== name) throw badIdentifier(id);
	return doc;
}

const jobs: Handler = (call) => {
	const found = database(call).list(JOB_TYPE).reverse();
	return {
		data: found.map((job) => ({
			id: job._id,
			status: call.kernel.faxes.statusOf(job),
			to: job.to_number,
			from: job.from_number,
			attempts: job.attempts ?? 0,
			created: job.pvt_created,
		})),
		envelope: { page_size: found.length, start_key: encodeKey([(call.account as Doc)._id, EMPTY_OBJECT]) },
		...(found.length > 0 ? { revision: hex() } : undefined),
	};
};

function jobOf(call: Call): Doc {
	const id = call.params.id as string;
	const job = database(call).get(id, JOB_TYPE);
	if (!job) throw badIdentifier(id);
	return job;
}

const readJob: Handler = (call) => {
	const job = jobOf(call);
	return { data: { ...present(job), status: call.kernel.faxes.statusOf(job) }, revision: job._rev };
};

/** The clock of who sends it. */
function timezoneOf(call: Call): unknown {
	const user =
		call.auth?.ownerId && call.kernel.store.database(call.auth.accountId).get(call.auth.ownerId, 'user');
	return (user ? user.timezone : undefined) ?? (call.account as Doc).timezone;
}

/** What there is to send. */
interface Sheet {
	name: string;
	contentType: string;
	data: Buffer;
}

/** Fetches the document that a job names, as Crossbar does before it answers; what cannot be had is left out. */
async function fetched(call: Call, document: Fields): Promise<Sheet | undefined> {
	const method = document.method === 'post' ? 'post' : 'get';
	const body = method === 'post' ? String(document.content ?? '') : '';
	const headers: Record<string, string> = { 'content-type': String(document.content_type ?? 'text/plain') };
	if (typeof document.referer === 'string') headers.referer = document.referer;
	const outcome = await call.kernel.deliveries.request(method, String(document.url), headers, body);
	if ('clientError' in outcome || outcome.status !== 200 || outcome.bytes.length === 0) return undefined;
	const contentType = (outcome.headers['content-type'] ?? 'application/pdf').split(';')[0] as string;
	return { name: 'fax.pdf', contentType, data: outcome.bytes };
}

function submit(call: Call, fields: Fields, status: string, sheet?: Sheet): Doc {
	const [upload] = call.body.files;
	const attachment = upload
		? { name: attachmentName(upload), contentType: upload.contentType, data: upload.data }
		: sheet;
	return call.kernel.store.create(
		(call.account as Doc)._id,
		JOB_TYPE,
		{
			...fields,
			to_number: normaliseNumber(String(fields.to_number)),
			attempts: 0,
			fax_timezone: timezoneOf(call),
			pvt_job_status: status,
		},
		{ attachment },
	);
}

/** KAZOO 4 shows a new job as it is stored, with all that is private. */
function asStored({ auth, account, requestId }: Call, job: Doc): Fields {
	return {
		...job,
		pvt_type: 'fax',
		pvt_account_db: 'faxes',
		pvt_account_id: account?._id,
		pvt_reseller_id: account?.pvt_reseller_id,
		pvt_vsn: '1',
		pvt_request_id: requestId,
		pvt_auth_user_id: auth?.ownerId,
		pvt_auth_account_id: auth?.accountId,
		pvt_is_authenticated: true,
	};
}

/** Sends a fax: a document on the web, or one that comes with the request. */
const send: Handler = (call) => {
	const errors: FieldErrors = {};
	const fields = checkSchema(call, 'faxes', publicData(dataObject(call)), errors);
	const { url } = (fields.document ?? {}) as { url?: string };
	if (typeof url === 'string' && !/^https?:/.test(url)) {
		errors['document.url'] = { error: { message: 'invalid client URL', value: url } };
	}
	if (Object.keys(errors).length > 0) throw validationError(errors);
	if (url === undefined && call.body.files.length === 0) {
		throw fieldError('document.url', 'required', 'add document url or upload a document');
	}
	let sheet: Sheet | undefined;
	return {
		probe: async () => {
			if (url !== undefined) sheet = await fetched(call, fields.document as Fields);
		},
		run: (): Answer => {
			const job = submit(call, fields, url === undefined ? 'attaching_files' : 'pending', sheet);
			return {
				data: call.kernel.profile === 5 ? present(job) : asStored(call, job),
				revision: job._rev,
				id: job._id,
				...(call.kernel.profile === 5 ? { status: 202 } : undefined),
			};
		},
	};
};

const ACTIONS = { inbox: 'forward', outbox: 'resubmit' } as const;

function again(name: 'inbox' | 'outbox'): Handler {
	return (call) => {
		const fax = load(call, name);
		const { action } = call.body.envelope;
		if (action === undefined) throw new Refusal(500, 'action required', {});
		if (action !== ACTIONS[name]) throw new Refusal(500, 'invalid action', {});
		const changes = dataObject(call);
		return {
			run: () => {
				const file = firstFile(call, (call.account as Doc)._id, fax._id);
				const job = submit(
					call,
					{ from_number: fax.from_number, to_number: fax.to_number, ...changes },
					'pending',
					file,
				);
				return { data: present(job), revision: job._rev, id: job._id };
			},
		};
	};
}

function read(name: 'inbox' | 'outbox'): Handler {
	return (call) => {
		const fax = load(call, name);
		return { data: present(fax), revision: fax._rev, metadata: metadataOf(fax) };
	};
}

function remove(name: 'inbox' | 'outbox'): Handler {
	return (call) => {
		const fax = load(call, name);
		return {
			revision: fax._rev,
			run: () => deletedAnswer(faxes, call, call.kernel.store.remove((call.account as Doc)._id, fax)),
		};
	};
}

function attachment(name: 'inbox' | 'outbox'): Record<'GET' | 'DELETE', Handler> {
	return {
		GET: (call) => {
			const fax = load(call, name);
			const file = firstFile(call, (call.account as Doc)._id, fax._id);
			if (!file) throw badIdentifier(fax._id);
			const disposition = call.query.disposition === 'inline' ? 'inline' : 'attachment';
			return {
				revision: fax._rev,
				raw: {
					body: file.data,
					contentType: file.contentType,
					ranges: true,
					headers: { 'content-disposition': `${disposition}; filename=${file.name}` },
				},
			};
		},
		DELETE: (call) => {
			const fax = load(call, name);
			return {
				revision: fax._rev,
				run: () => {
					database(call).detach(fax._id);
					return { data: present(fax), revision: fax._rev };
				},
			};
		},
	};
}

const UPLOADS = [
	'application/octet-stream',
	'application/pdf',
	'application/x-pdf',
	'image/tiff',
	...IMAGE_TYPES,
	...MULTIPART_TYPES,
	...JSON_TYPES,
];

function folderRoutes(name: 'inbox' | 'outbox'): Route[] {
	return [
		{ path: `${A}/${name}`, handlers: { GET: folder(name) } },
		{ path: `${A}/${name}/{id}`, handlers: { GET: read(name), PUT: again(name), DELETE: remove(name) } },
		{
			path: `${A}/${name}/{id}/attachment`,
			handlers: attachment(name),
			provides: {
				GET: (call) =>
					storedTypes(call, (call.account as Doc)._id, call.params.id as string, [
						'application/pdf',
						'image/tiff',
					]),
			},
		},
	];
}

const missing: Handler = (call) => {
	throw badIdentifier(String(call.params.id));
};

/** Faxes. */
export const faxRoutes: Route[] = [
	{ path: A, handlers: { PUT: send }, accepts: { PUT: UPLOADS } },
	{ path: `${A}/outgoing`, handlers: { GET: jobs, PUT: send }, accepts: { PUT: UPLOADS } },
	{ path: `${A}/outgoing/{id}`, handlers: { GET: readJob } },
	{ path: `${A}/incoming`, handlers: { GET: folder('inbox') } },
	{ path: `${A}/incoming/{id}`, handlers: { GET: read('inbox') } },
	...folderRoutes('inbox'),
	...folderRoutes('outbox'),
	{ path: `${A}/smtplog`, handlers: { GET: noRecords } },
	{ path: `${A}/smtplog/{id}`, handlers: { GET: missing } },
];
