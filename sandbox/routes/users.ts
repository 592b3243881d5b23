import type { Call, Handler, Route } from '../request/call';
import type { Doc, Fields, View } from '../store/database';
import {
	counted,
	databaseOf,
	documentAnswer,
	type Draft,
	load,
	type Resource,
	routesOf,
} from '../documents/resource';
import { badIdentifier, fieldError, initFailed } from '../request/refusal';
import { credentialHashes } from '../store/store';
import { crossbarSetting } from '../store/system-settings';
import { now } from '../values/time';

const BY_NAME: View = {
	types: ['user'],
	key: (doc) => `${String(doc.last_name ?? '')} ${String(doc.first_name ?? '')}`,
};

/** What a user has switched on, as lists show it. */
function features(doc: Doc): string[] {
	const on: string[] = [];
	const enabled = (key: string) => (doc[key] as Fields | undefined)?.enabled === true;
	const callerId = (doc.caller_id as Record<string, Fields> | undefined)?.external?.number;
	if (callerId !== undefined) on.push('caller_id');
	if (enabled('call_forward')) on.push('call_forward');
	if (enabled('hotdesk')) on.push('hotdesk');
	if (doc.vm_to_email_enabled !== false) on.push('vm_to_email');
	if ((doc.music_on_hold as Fields | undefined)?.media_id !== undefined) on.push('music_on_hold');
	if (enabled('conferencing')) on.push('conferencing');
	return on;
}

function checkUsername({ call, existing, fields, errors }: Draft): void {
	if (typeof fields.username !== 'string' || errors.username) return;
	const { username } = fields;
	const taken = call.kernel.store
		.database((call.account as Doc)._id)
		.list('user')
		.some((user) => user._id !== existing?._id && String(user.username ?? '').toLowerCase() === username);
	if (taken)
		errors.username = { unique: { message: 'Username must be unique within account', cause: username } };
}

/** The hashes are of name and password together: a new name needs both. */
function requirePassword({ existing, fields, errors }: Draft): void {
	const { username, password } = fields;
	if (
		errors.username ||
		typeof username !== 'string' ||
		username === existing?.username ||
		password !== undefined
	)
		return;
	errors.password = {
		required: {
			message: 'The password must be provided when creating / updating the user name',
			cause: username,
		},
	};
}

/** The password is not stored, its hashes are; a new user name without a password makes the old hashes worthless. */
function hashPassword({ existing, fields, hidden }: Draft): void {
	const { password, username } = fields;
	delete fields.password;
	if (typeof username === 'string' && typeof password === 'string') {
		Object.assign(hidden, credentialHashes(username, password), { pvt_password_changed: now() });
	} else if (existing && username !== existing.username) {
		delete hidden.pvt_md5_auth;
		delete hidden.pvt_sha1_auth;
	}
}

export const users: Resource = {
	path: '/accounts/{accountId}/users',
	type: 'user',
	schema: 'users',
	view: BY_NAME,
	// DELETE takes more along: `user-deletion.ts`.
	document: ['GET', 'POST', 'PATCH'],
	loadsFirst: true,
	escapesDots: true,
	unmatched: ['POST'],
	ownIds: true,
	summary: (doc) => ({
		id: doc._id,
		features: features(doc),
		username: doc.username,
		email: doc.email,
		first_name: doc.first_name,
		last_name: doc.last_name,
		priv_level: doc.priv_level,
		presence_id: doc.presence_id,
		timezone: doc.timezone,
		flags: doc.flags ?? [],
	}),
	prepare: ({ fields }) => {
		if (typeof fields.username === 'string') fields.username = fields.username.toLowerCase();
	},
	check: (draft) => {
		checkUsername(draft);
		requirePassword(draft);
	},
	bill: (draft) => counted(draft, 'users', (fields) => String(fields.priv_level ?? 'user')),
	before: hashPassword,
	facts: passwordFacts,
};

/** KAZOO 5, where passwords expire: when, and whether they have. */
function passwordFacts(user: Doc, { kernel }: Call): Fields {
	const lifetime = Number(crossbarSetting(kernel.store, 'password_expiry_s') ?? 0);
	if (!(lifetime > 0)) return {};
	const expires = Number(user.pvt_password_changed ?? user.pvt_created) + lifetime;
	return { password_expiration_timestamp: expires, is_password_expired: expires <= now() };
}

const PHOTO = 'photo';

const getPhoto: Handler = (call) => {
	const user = loadUser(call);
	const file = call.kernel.store.database(databaseOf(users, call)).attachments(user._id).get(PHOTO);
	if (!file) throw badIdentifier(user._id);
	return {
		revision: user._rev,
		raw: {
			body: file.data,
			contentType: file.contentType,
			ranges: true,
			headers: { 'content-disposition': 'attachment; filename=photo' },
		},
	};
};

const setPhoto: Handler = (call) => {
	const user = loadUser(call);
	const [file, second] = call.body.files;
	if (!file) throw fieldError('file', 'required', 'Please provide an image file');
	if (second) throw fieldError('file', 'maxItems', 'Please provide a single image file');
	return {
		revision: user._rev,
		run: () => {
			const database = databaseOf(users, call);
			call.kernel.store.database(database).attach(user._id, PHOTO, file);
			return documentAnswer(users, call, call.kernel.store.save(database, user), 'POST');
		},
	};
};

const deletePhoto: Handler = (call) => {
	const user = loadUser(call);
	return {
		revision: user._rev,
		run: () => {
			const database = databaseOf(users, call);
			call.kernel.store.database(database).detach(user._id, PHOTO);
			return { data: call.kernel.profile === 4 ? { _read_only: { deleted: true } } : {} };
		},
	};
};

function loadUser(call: Call): Doc {
	return load(users, call, call.params.userId);
}

/** A vCard 3 of a user. */
const vcard: Handler = (call) => {
	const user = loadUser(call);
	const photo = call.kernel.store.database(databaseOf(users, call)).attachments(user._id).get(PHOTO);
	// It knows no other kind of picture
	if (call.kernel.profile === 4 && photo && photo.contentType !== 'image/jpeg') throw initFailed();
	const text = (key: string) => String(user[key] ?? '');
	const lines = [
		'BEGIN:VCARD',
		'VERSION:3.0',
		`FN:${text('first_name')} ${text('last_name')}`,
		`N:${text('last_name')};${text('first_name')}`,
		`ORG:${String((call.account as Doc).name)}`,
		...(user.email === undefined ? [] : [`EMAIL:${text('email')}`]),
		`UID:${user._id}`,
		'END:VCARD',
	];
	return {
		revision: user._rev,
		raw: { body: `${lines.join('\r\n')}\r\n`, contentType: call.accepted },
	};
};

/** The picture of a code to enrol an authenticator with (KAZOO 5): the smallest PNG there is stands for it. */
const qrCode: Handler = (call) => {
	const user = loadUser(call);
	return {
		revision: user._rev,
		raw: { body: PIXEL, contentType: 'image/png' },
	};
};

const PIXEL = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64',
);

/** Users of an account. */
export const userRoutes: Route[] = [
	...routesOf(users),
	{
		path: '/accounts/{accountId}/users/{userId}/photo',
		handlers: { GET: getPhoto, POST: setPhoto, DELETE: deletePhoto },
		provides: { GET: ['application/octet-stream', 'application/base64'] },
		accepts: { POST: ['application/octet-stream', 'multipart/form-data', 'multipart/mixed'] },
	},
	{
		path: '/accounts/{accountId}/users/{userId}/vcard',
		handlers: { GET: vcard },
		provides: { GET: ['text/x-vcard', 'text/directory'] },
	},
	{
		path: '/accounts/{accountId}/users/{userId}/qrcode',
		handlers: { GET: qrCode },
		provides: { GET: ['image/png'] },
		profile: 5,
	},
];
