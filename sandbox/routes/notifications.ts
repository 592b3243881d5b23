import type { Answer, Call, Handler, Route } from '../request/call';
import { dataObject, requestValue } from '../request/call';
import type { Doc, Fields } from '../store/database';
import { checkSchema } from '../documents/resource';
import { hex } from '../values/ids';
import { noRecords } from '../documents/listing';
import { publicData, publicFields } from '../store/merge';
import { JSON_TYPES } from '../request/content-types';
import { publishPreview } from './notification-preview';
import { badIdentifier, type FieldErrors, fieldError, initFailed, validationError } from '../request/refusal';

const A = '/accounts/{accountId}/notifications';
const TEMPLATE_TYPES = ['text/html', 'text/plain'];

/** Notifications that are sent by mail: id, name, category. */
const TEMPLATES: [id: string, name: string, category: string][] = [
	['voicemail_to_email', 'Voicemail To Email', 'voicemail'],
	['voicemail_full', 'Voicemail Box Full', 'voicemail'],
	['fax_inbound_to_email', 'Inbound Fax To Email', 'fax'],
	['fax_outbound_to_email', 'Outbound Fax To Email', 'fax'],
	['fax_inbound_error_to_email', 'Inbound Fax Error To Email', 'fax'],
	['fax_outbound_error_to_email', 'Outbound Fax Error To Email', 'fax'],
	['missed_call', 'Missed Call', 'user'],
	['new_user', 'New User', 'user'],
	['password_recovery', 'Password Recovery', 'user'],
	['new_account', 'New Account', 'account'],
	['customer_update', 'Customer Update', 'user'],
	['low_balance', 'Low Balance', 'account'],
	['topup', 'Automatic Account Top-up', 'account'],
	['transaction', 'Transaction', 'account'],
	['system_alert', 'System Alert', 'system'],
	['webhook_disabled', 'Webhook Disabled', 'webhook'],
	['cnam_request', 'CNAM Update', 'sip'],
	['deregister', 'Deregister', 'registration'],
	['denied_emergency_bridge', 'Emergency Call Blocked', 'account'],
	['first_occurrence', 'First Occurrence', 'account'],
	['port_request', 'Port Request', 'port_request'],
	['port_pending', 'Port Pending', 'port_request'],
	['port_rejected', 'Port Rejected', 'port_request'],
	['port_scheduled', 'Port Scheduled', 'port_request'],
	['port_cancel', 'Port Canceled', 'port_request'],
	['port_comment', 'Port Comment', 'port_request'],
	['port_unconfirmed', 'Port Unconfirmed', 'port_request'],
	['ported', 'Ported', 'port_request'],
];

interface Template extends Fields {
	id: string;
	friendly_name: string;
}

function standard(id: string): Template {
	const found = TEMPLATES.find(([known]) => known === id);
	// The real server falls over a name it does not know.
	if (!found) throw initFailed();
	const [, name, category] = found;
	return {
		id,
		friendly_name: name,
		category,
		enabled: true,
		subject: name,
		from: 'no_reply@sandbox.example',
		to: { type: 'original' },
		template_charset: 'utf-8',
		macros: Object.fromEntries(macrosOf(category).map((name) => [name, macro(name)])),
	};
}

/** What every template can be filled with. */
const COMMON = words(`
	user.first_name user.last_name user.email user.timezone user.username
	account.name account.realm account.id account.language account.timezone
	account.parent_id account.parent_name account.parent_realm
	system.hostname system.encoded_hostname system.node system.encoded_node
`);

/** What a template about a call can be filled with. */
const CALL = words(`
	call_id caller_id.number caller_id.name caller_id.name_number callee_id.number callee_id.name
	callee_id.name_number date_called.utc date_called.local from.user from.realm to.user to.realm
`);

const VOICEMAIL = words(`
	voicemail.vmbox_id voicemail.msg_id voicemail.transcription voicemail.length
	voicemail.file_name voicemail.file_type voicemail.file_size
`);

function words(text: string): string[] {
	return text.trim().split(/\s+/);
}

function macrosOf(category: string): string[] {
	if (category === 'voicemail') return [...VOICEMAIL, ...CALL, ...COMMON];
	return category === 'fax' ? [...CALL, ...COMMON] : COMMON;
}

function macro(name: string): Fields {
	const label = name === 'user.username' ? 'username' : name.replaceAll('.', '_');
	const title = label.replace(
		/(^|_)(\w)/g,
		(_, gap: string, letter: string) => `${gap && ' '}${letter.toUpperCase()}`,
	);
	return { i18n_label: label, friendly_name: title, description: title };
}

const documentId = (id: string): string => `notification.${id}`;

const databaseOf = (call: Call): string => call.account?._id ?? 'system_notifications';

function own(call: Call, id: string): Doc | undefined {
	return call.kernel.store.database(databaseOf(call)).get(documentId(id), 'notification');
}

function shown(call: Call, id: string): Answer {
	const base = standard(id);
	const doc = own(call, id);
	return {
		data: {
			...base,
			...(doc ? publicFields(doc) : undefined),
			id,
			...(call.account ? { account_overridden: doc !== undefined } : undefined),
		},
		revision: doc?._rev ?? `1-${'0'.repeat(32)}`,
		id,
	};
}

/** After a write: the document itself, and what fills a template. An upload shows the id it is stored under. */
function written(call: Call, id: string, shownId = id): Answer {
	const doc = own(call, id);
	const { macros, template_charset } = standard(id);
	return {
		data: { template_charset, ...(doc ? publicFields(doc) : undefined), macros, id: shownId },
		revision: doc?._rev,
		id,
	};
}

const listAll: Handler = (call) => ({
	data: TEMPLATES.map(([id, name, category]) => ({
		id,
		friendly_name: name,
		category,
		enabled: own(call, id)?.enabled ?? true,
		...(call.account ? { account_overridden: own(call, id) !== undefined } : undefined),
	})),
	revision: hex(),
});

const read: Handler = (call) => {
	const id = call.params.id as string;
	const answer = shown(call, id);
	if (JSON_TYPES.includes(call.accepted)) return answer;
	const kind = call.accepted === 'text/html' ? 'html' : 'text';
	const file = call.kernel.store
		.database(databaseOf(call))
		.attachments(documentId(id))
		.get(`template.${kind}`);
	const text = `${standard(id).friendly_name}\n\n{{account.name}}\n`;
	return {
		revision: answer.revision,
		raw: {
			body: file?.data ?? (kind === 'html' ? `<p>${text}</p>` : text),
			contentType: call.accepted,
			headers: { 'content-disposition': `attachment; filename=${id}.${kind === 'html' ? 'html' : 'txt'}` },
		},
	};
};

function save(call: Call, id: string, fields: Fields): Doc {
	const { store } = call.kernel;
	const database = databaseOf(call);
	const existing = own(call, id);
	// An account with a template of its own has chosen how it is notified.
	if (call.account && call.account.pvt_notification_preference === undefined) {
		store.save('accounts', { ...call.account, pvt_notification_preference: 'teletype' });
	}
	return existing
		? store.save(database, { ...existing, ...fields })
		: store.create(database, 'notification', fields, { id: documentId(id) });
}

const write: Handler = (call) => {
	const id = call.params.id as string;
	standard(id);
	const [file] = call.body.files;
	if (file && TEMPLATE_TYPES.includes(file.contentType)) {
		return {
			run: () => {
				save(call, id, {});
				const kind = file.contentType === 'text/html' ? 'html' : 'text';
				call.kernel.store.database(databaseOf(call)).attach(documentId(id), `template.${kind}`, file);
				// The file makes another version of the document.
				save(call, id, {});
				return written(call, id, documentId(id));
			},
		};
	}
	const errors: FieldErrors = {};
	const fields = checkSchema(call, 'notifications', publicData(dataObject(call)), errors);
	if (Object.keys(errors).length > 0) throw validationError(errors);
	return {
		run: () => {
			save(call, id, fields);
			return written(call, id);
		},
	};
};

const remove: Handler = (call) => {
	const id = call.params.id as string;
	const answer = written(call, id);
	return {
		run: () => {
			const doc = own(call, id);
			if (doc) call.kernel.store.remove(databaseOf(call), doc, true);
			const data = answer.data as Fields;
			return {
				...answer,
				data: call.kernel.profile === 5 ? data : { ...data, _read_only: { deleted: true } },
			};
		},
	};
};

/** Back to the system's own, all of them; what is to be done has to be named. */
const removeAll: Handler = (call) => {
	if (requestValue(call, 'action') !== 'remove_customizations') throw initFailed();
	return {
		run: () => {
			const own = call.kernel.store.database(databaseOf(call)).list('notification');
			for (const doc of own) call.kernel.store.remove(databaseOf(call), doc, true);
			return { data: own.length === 0 ? { message: 'no template customization(s) found' } : {} };
		},
	};
};

/** What all accounts inherit stays. */
const removeInherited: Handler = (call) => {
	const id = call.params.id as string;
	throw fieldError(id, 'forbidden', 'Top-level notification template cannot be deleted', { target: id });
};

/** Copies what the system has into the account, to start from. */
const copyAll: Handler = () => ({ run: () => ({ data: {} }) });

const send: Handler = (call) => {
	const { id } = call.params;
	if (id !== undefined) standard(id);
	const revision = id === undefined ? undefined : own(call, id)?._rev;
	const errors: FieldErrors = {};
	checkSchema(call, 'notifications', publicData(dataObject(call)), errors);
	if (Object.keys(errors).length > 0) throw validationError(errors);
	return {
		run: () => {
			if (id !== undefined && call.account) publishPreview(call, id, dataObject(call));
			return { data: 'Notification processing', revision };
		},
	};
};

const missing: Handler = (call) => {
	throw badIdentifier(call.params.id as string);
};

const provides = { GET: [...JSON_TYPES, ...TEMPLATE_TYPES] };
const accepts = { POST: [...JSON_TYPES, ...TEMPLATE_TYPES] };

/** Mails that KAZOO sends, and how they look. */
export const notificationRoutes: Route[] = [
	{
		path: '/notifications',
		handlers: { GET: listAll, PUT: copyAll, DELETE: removeAll },
		access: { GET: 'token', PUT: 'system', DELETE: 'system' },
	},
	{
		path: '/notifications/{id}',
		handlers: { GET: read, POST: write, DELETE: removeInherited },
		access: { GET: 'token', POST: 'system', DELETE: 'system' },
		provides,
		accepts,
	},
	{ path: A, handlers: { GET: listAll, PUT: copyAll, DELETE: removeAll } },
	{ path: `${A}/{id}`, handlers: { GET: read, POST: write, DELETE: remove }, provides, accepts },
	{ path: `${A}/{id}/preview`, handlers: { POST: send } },
	{ path: `${A}/customer_update/message`, handlers: { POST: send } },
	{ path: `${A}/smtplog`, handlers: { GET: noRecords } },
	{ path: `${A}/smtplog/{id}`, handlers: { GET: missing } },
];
