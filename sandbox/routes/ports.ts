import { mayReach } from '../auth/authorise';
import type { Answer, Call, Handler, Route } from '../call';
import { dataObject } from '../call';
import type { Doc, Fields } from '../database';
import {
	byId,
	change,
	checkSchema,
	deletedAnswer,
	type Draft,
	load,
	type Resource,
	routesOf,
} from '../documents';
import { attachmentName } from '../files';
import { EMPTY_OBJECT, encodeKey } from '../erlang';
import { publicFields, present } from '../merge';
import { JSON_TYPES } from '../negotiate';
import { pdfOf } from '../pdf';
import {
	badIdentifier,
	bare,
	fieldError,
	type FieldErrors,
	methodNotAllowed,
	Refusal,
	validationError,
} from '../refusal';
import { treeOf } from '../store';
import { GREGORIAN_OFFSET, now } from '../time';

const A = '/accounts/{accountId}/port_requests';

/** From which states one may go where. */
const FROM: Record<string, string[]> = {
	submitted: ['unconfirmed', 'rejected'],
	pending: ['submitted'],
	scheduled: ['pending'],
	completed: ['pending', 'scheduled', 'rejected'],
	rejected: ['submitted', 'pending', 'scheduled'],
	canceled: ['unconfirmed', 'submitted', 'pending', 'scheduled', 'rejected'],
};

const GROUPS: Record<string, string[]> = {
	active: ['unconfirmed', 'submitted', 'pending', 'scheduled', 'rejected'],
	completed: ['completed', 'canceled'],
	progressing: ['pending', 'scheduled', 'submitted'],
	suspended: ['rejected', 'unconfirmed'],
	all: ['unconfirmed', 'submitted', 'pending', 'scheduled', 'rejected', 'completed', 'canceled'],
};

const stateOf = (doc: Doc): string => String(doc.pvt_port_state);

/** Who decides about an account's ports: its reseller. */
const authorityOf = (account: Doc): string => String(account.pvt_reseller_id ?? account._id);

function readOnly(call: Call, doc: Doc): Fields {
	const account = call.kernel.store.account(String(doc.pvt_account_id));
	const authority = account && authorityOf(account);
	return {
		account_id: doc.pvt_account_id,
		account_name: account?.name ?? 'unknown',
		port_authority: authority,
		port_authority_name: authority && call.kernel.store.account(authority)?.name,
		...(doc.pvt_ported_numbers === undefined
			? undefined
			: {
					ported_numbers: Object.fromEntries(
						(doc.pvt_ported_numbers as string[]).map((number) => [number, {}]),
					),
				}),
	};
}

function uploads(call: Call, doc: Doc): Fields {
	const files = call.kernel.store.database('port_requests').attachments(doc._id);
	return Object.fromEntries(
		[...files].map(([name, file]) => [name, { content_type: file.contentType, length: file.data.length }]),
	);
}

function facts(call: Call, doc: Doc): Fields {
	return {
		sent: doc.pvt_sent === true,
		port_state: stateOf(doc),
		uploads: uploads(call, doc),
		updated: doc.pvt_modified,
		created: doc.pvt_created,
	};
}

function visibleComments(call: Call, doc: Doc): Fields[] {
	const comments = (doc.comments as Fields[] | undefined) ?? [];
	const account = call.kernel.store.account(String(doc.pvt_account_id));
	const insider = call.auth?.superduper || (account && call.auth?.accountId === authorityOf(account));
	return insider ? comments : comments.filter((comment) => comment.is_private !== true);
}

function show(doc: Doc, call: Call): Fields {
	return {
		...present(doc),
		comments: visibleComments(call, doc),
		...(call.kernel.profile === 5 ? undefined : { _read_only: readOnly(call, doc) }),
		...facts(call, doc),
	};
}

const ports: Resource = {
	path: A,
	type: 'port_request',
	schema: 'port_requests',
	view: byId('port_request'),
	database: () => 'port_requests',
	mine: (doc, call) => call.account === undefined || reachable(call, doc),
	summary: present,
	collection: [],
	show: (doc, call, method) => (method === 'DELETE' ? present(doc) : show(doc, call)),
	check: checkNumbers,
	bill: () => [],
	before: (draft) => {
		draft.fields.comments ??= draft.existing?.comments ?? [];
		if (draft.existing) return;
		Object.assign(draft.hidden, {
			pvt_port_state: 'unconfirmed',
			pvt_sent: false,
			pvt_transitions: [transition(draft.call, undefined, 'unconfirmed')],
		});
	},
};

function reachable(call: Call, doc: Doc): boolean {
	const own = (call.account as Doc)._id;
	if (doc.pvt_account_id === own) return true;
	const account = call.kernel.store.account(String(doc.pvt_account_id));
	return account !== undefined && treeOf(account).includes(own);
}

function checkNumbers({ call, existing, fields, errors }: Draft): void {
	if (typeof fields.numbers !== 'object' || fields.numbers === null) return;
	const { store } = call.kernel;
	const others = store
		.database('port_requests')
		.list('port_request')
		.filter(
			(port) => port._id !== existing?._id && ['submitted', 'pending', 'scheduled'].includes(stateOf(port)),
		);
	for (const number of Object.keys(fields.numbers)) {
		const other = others.find((port) => (port.numbers as Fields | undefined)?.[number] !== undefined);
		const owned = store.database('numbers').get(number, 'number');
		if (other) {
			errors[number] = {
				type: { message: `Number is on a port request already: ${other._id}`, cause: number },
			};
		} else if (owned && owned.pvt_state !== 'port_in') {
			errors[number] = { type: { message: 'Number exists on the system already', cause: number } };
		}
	}
}

function authorOf(call: Call): Fields {
	const { auth, kernel } = call;
	const account = kernel.store.account(auth?.accountId ?? '');
	const user = auth?.ownerId ? kernel.store.database(auth.accountId).get(auth.ownerId, 'user') : undefined;
	return {
		account: { id: account?._id, name: account?.name },
		...(user
			? {
					user: {
						id: user._id,
						first_name: user.first_name,
						last_name: user.last_name,
						full_name: `${String(user.first_name)} ${String(user.last_name)}`,
					},
				}
			: undefined),
	};
}

function transition(call: Call, previous: string | undefined, state: string, reason?: unknown): Fields {
	return {
		timestamp: now(),
		type: 'transition',
		transition: { new: state, ...(previous === undefined ? undefined : { previous }) },
		authorization: { ...authorOf(call), ...(reason === undefined ? undefined : { reason }) },
		...(reason === undefined ? undefined : { reason }),
	};
}

const UNCHANGEABLE =
	"you're not allowed to change to new state from current state, please contact your port authority";

function refuseTransition(call: Call, doc: Doc, state: string): void {
	const refused = (message: string) => fieldError('port_state', 'enum', message, { cause: state });
	const account = call.kernel.store.account(String(doc.pvt_account_id));
	const decides = call.auth?.superduper || (account && call.auth?.accountId === authorityOf(account));
	const anybody = state === 'submitted' || (state === 'canceled' && stateOf(doc) === 'unconfirmed');
	if (!decides && !anybody) throw refused(UNCHANGEABLE);
	if (!(FROM[state] as string[]).includes(stateOf(doc))) {
		throw refused('Cannot move to new state from current state');
	}
}

/** When a port is to happen, in Gregorian seconds: a given date, or a wall clock time somewhere. */
function scheduledDate(fields: Fields): unknown {
	const wanted = fields.schedule_on as { timezone?: string; date_time?: string } | undefined;
	if (!wanted?.date_time) return fields.scheduled_date;
	const utc = Date.parse(`${wanted.date_time.replace(' ', 'T')}:00Z`);
	const shown = new Date(utc).toLocaleString('sv-SE', { timeZone: wanted.timezone ?? 'UTC' });
	const offset = Date.parse(`${shown.replace(' ', 'T')}Z`) - utc;
	return Math.floor((utc - offset) / 1000) + GREGORIAN_OFFSET;
}

function moveTo(state: string): Handler {
	return (call) => {
		const doc = load(ports, call);
		const { reason: given, ...changes } = dataObject(call);
		const reason = given ?? call.query.reason;
		const fields: Fields = { ...publicFields(doc), ...changes };
		delete fields.id;
		const errors: FieldErrors = {};
		const checked = checkSchema(call, 'port_requests', fields, errors);
		if (Object.keys(errors).length > 0) throw validationError(errors);
		if (state === 'scheduled') {
			const inner: FieldErrors = {};
			checkSchema(call, 'port_requests.to_scheduled', { ...fields, id: doc._id }, inner);
			if (Object.keys(inner).length > 0) throw validationError(inner);
		}
		refuseTransition(call, doc, state);
		return {
			revision: doc._rev,
			run: (): Answer => {
				const numbers = Object.keys((doc.numbers as Fields | undefined) ?? {});
				if (state === 'completed') arrive(call, doc, numbers);
				const date = state === 'scheduled' ? scheduledDate(checked) : checked.scheduled_date;
				const saved = call.kernel.store.save('port_requests', {
					...doc,
					...checked,
					...(date === undefined ? undefined : { scheduled_date: date }),
					...(state === 'completed' ? { numbers: {}, pvt_ported_numbers: numbers } : undefined),
					pvt_port_state: state,
					pvt_transitions: [
						...((doc.pvt_transitions as Fields[] | undefined) ?? []),
						transition(call, stateOf(doc), state, reason),
					],
				});
				return { data: show(saved, call), revision: saved._rev };
			},
		};
	};
}

/** The numbers of a completed port are in service from now on. */
function arrive(call: Call, doc: Doc, numbers: string[]): void {
	const { store } = call.kernel;
	for (const number of numbers) {
		const there = store.database('numbers').get(number, 'number');
		if (there) store.save('numbers', { ...there, pvt_state: 'in_service' });
		else store.createNumber(number, { accountId: String(doc.pvt_account_id), port_id: doc._id });
	}
}

function wantedStates(call: Call): string[] {
	const types = call.query.by_types;
	if (types === undefined) return GROUPS.active as string[];
	const names = types.split(',').filter(Boolean);
	const wrong = names.filter((name) => !GROUPS[name] && !(GROUPS.all as string[]).includes(name));
	if (wrong.length > 0) {
		throw new Refusal(500, 'invalid_request', {
			message: `query string by_types contained invalid values: ${wrong.join(', ')}`,
		});
	}
	return names.flatMap((name) => GROUPS[name] ?? [name]);
}

function listOf(accounts: (call: Call, doc: Doc) => boolean): Handler {
	return (call) => {
		const states = call.params.state === undefined ? wantedStates(call) : [call.params.state];
		const number = call.query.by_number;
		const found = call.kernel.store
			.database('port_requests')
			.list('port_request')
			.filter(
				(doc) =>
					states.includes(stateOf(doc)) &&
					accounts(call, doc) &&
					(number === undefined || (doc.numbers as Fields | undefined)?.[number] !== undefined),
			)
			.reverse();
		const groups = new Map<string, Doc[]>();
		for (const doc of found)
			groups.set(String(doc.pvt_account_id), [...(groups.get(String(doc.pvt_account_id)) ?? []), doc]);
		return {
			data: [...groups].map(([id, docs]) => ({
				account_id: id,
				account_name: call.kernel.store.account(id)?.name ?? 'unknown',
				port_requests: docs.map((doc) => ({
					...present(doc),
					...facts(call, doc),
					account_id: doc.pvt_account_id,
					_read_only: readOnly(call, doc),
				})),
			})),
		};
	};
}

const ownPorts = listOf((call, doc) => doc.pvt_account_id === (call.account as Doc)._id);
const portsBelow = listOf((call, doc) => {
	const account = call.kernel.store.account(String(doc.pvt_account_id));
	return account !== undefined && treeOf(account).includes((call.account as Doc)._id);
});
const allPorts = listOf(() => true);

const lastSubmitted: Handler = (call) => {
	const found = call.kernel.store
		.database('port_requests')
		.list('port_request')
		.filter((doc) => doc.pvt_account_id === (call.account as Doc)._id && stateOf(doc) === 'submitted');
	return {
		envelope: { page_size: found.length, start_key: encodeKey([(call.account as Doc)._id, EMPTY_OBJECT]) },
		data: found.map((doc) => ({
			id: doc._id,
			transition: ((doc.pvt_transitions as { transition: Fields }[] | undefined) ?? [])
				.filter((entry) => entry.transition.new === 'submitted')
				.at(-1),
		})),
	};
};

const timeline: Handler = (call) => {
	const doc = load(ports, call);
	const entries = [
		...visibleComments(call, doc),
		...((doc.pvt_transitions as Fields[] | undefined) ?? []).reverse(),
	];
	entries.sort((a, b) => Number(b.timestamp) - Number(a.timestamp));
	return { data: entries, revision: doc._rev };
};

const readComments: Handler = (call) => {
	const doc = load(ports, call);
	return { data: { comments: visibleComments(call, doc) }, revision: doc._rev };
};

const addComments: Handler = (call) => {
	const doc = load(ports, call);
	const given = dataObject(call).comments;
	const errors: FieldErrors = {};
	const comments = Array.isArray(given) ? (given as Fields[]) : [];
	comments.forEach((comment, i) => {
		for (const key of ['author', 'content', 'timestamp']) {
			if (comment[key] === undefined) {
				errors[`comments.${i}.${key}`] = {
					required: { message: 'Field is required but missing', value: key },
				};
			}
		}
	});
	if (Object.keys(errors).length > 0) throw validationError(errors);
	return {
		revision: doc._rev,
		run: () => {
			const { auth } = call;
			const added = comments.map(({ superduper_comment: hidden, ...comment }) => ({
				...comment,
				action_required: comment.action_required ?? false,
				is_private: auth?.superduper === true && (hidden === true || comment.is_private === true),
				account_id: auth?.accountId,
				user_id: comment.user_id ?? auth?.ownerId,
			}));
			const before = (doc.comments as Fields[] | undefined) ?? [];
			const saved = call.kernel.store.save('port_requests', { ...doc, comments: [...before, ...added] });
			return { data: { comments: visibleComments(call, saved) }, revision: saved._rev, id: saved._id };
		},
	};
};

const removeComments: Handler = (call) => {
	const doc = load(ports, call);
	return {
		revision: doc._rev,
		run: () => {
			const saved = call.kernel.store.save('port_requests', { ...doc, comments: [] });
			return { data: { comments: [] }, revision: saved._rev };
		},
	};
};

const oneComment: Handler = (call) => {
	load(ports, call);
	throw fieldError('comments', 'forbidden', 'operation on a single comment is not allowed', {
		cause: 'comments',
	});
};

const files = (call: Call, id: string) => call.kernel.store.database('port_requests').attachments(id);

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
			return { data: present(saved), revision: saved._rev, id: saved._id };
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
			contentType: file.contentType,
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
			return { data: call.kernel.profile === 5 ? {} : { _read_only: { deleted: true } } };
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

const createPort = routesOf({ ...ports, collection: ['PUT'] })[0]?.handlers.PUT as Handler;

/** Documents are private to the account's tree, so the path's account must be above the request's. */
const removePort: Handler = (call) => {
	const doc = load(ports, call);
	if (!['unconfirmed', 'rejected', 'canceled'].includes(stateOf(doc)))
		throw methodNotAllowed('invalid method');
	return {
		revision: doc._rev,
		run: () => {
			if (!mayReach(call, String(doc.pvt_account_id))) throw bare(404);
			return deletedAnswer(ports, call, call.kernel.store.remove('port_requests', doc));
		},
	};
};

const NUMBER_STATES = Object.keys(FROM);

/** Ports of numbers from other carriers. */
export const portRoutes: Route[] = [
	{ path: '/port_requests', handlers: { GET: allPorts, PUT: createPort }, access: 'system' },
	{ path: A, handlers: { GET: ownPorts, PUT: createPort } },
	{ path: '/accounts/{accountId}/descendants/port_requests', handlers: { GET: portsBelow, PUT: createPort } },
	{
		path: '/accounts/{accountId}/descendants/port_requests/{state}',
		handlers: { GET: portsBelow },
		profile: 5,
	},
	{ path: `${A}/last_submitted`, handlers: { GET: lastSubmitted } },
	...routesOf({ ...ports, document: ['GET'] }),
	{
		path: `${A}/{id}`,
		handlers: { POST: change(ports, 'POST'), PATCH: change(ports, 'PATCH'), DELETE: removePort },
	},
	...NUMBER_STATES.map(
		(state): Route => ({ path: `${A}/{id}/${state}`, handlers: { PATCH: moveTo(state) } }),
	),
	{ path: `${A}/{id}/timeline`, handlers: { GET: timeline } },
	{ path: `${A}/{id}/comments`, handlers: { GET: readComments, PUT: addComments, DELETE: removeComments } },
	{
		path: `${A}/{id}/comments/{commentId}`,
		handlers: { GET: oneComment, POST: oneComment, DELETE: oneComment },
	},
	{
		path: `${A}/{id}/attachments`,
		handlers: {
			GET: (call) => ({ data: uploads(call, load(ports, call)), revision: load(ports, call)._rev }),
			PUT: attach,
		},
		accepts: { PUT: ['application/octet-stream', 'text/plain', 'application/pdf', 'application/x-pdf'] },
	},
	{
		path: `${A}/{id}/attachments/{name}`,
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
		path: `${A}/{id}/loa`,
		handlers: { GET: letter },
		provides: { GET: ['application/pdf', 'application/x-pdf'] },
	},
	{
		path: `${A}/lnp_lookup`,
		handlers: { POST: () => ({ run: () => ({ data: {} }) }) },
		profile: 5,
	},
];
