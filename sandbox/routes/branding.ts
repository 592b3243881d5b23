import type { Call, Handler, Route } from '../request/call';
import { dataObject } from '../request/call';
import type { Doc, Fields } from '../store/database';
import {
	BASE64_TYPES,
	firstFile,
	IMAGE_TYPES,
	replaceFile,
	singleFile,
	storedTypes,
} from '../documents/files';
import { present } from '../store/merge';
import { badIdentifier, Refusal } from '../request/refusal';

const A = '/accounts/{accountId}';

/** The brand of a domain: anybody may see it. */
function brandOf(call: Call): { database: string; doc: Doc } {
	const { domain } = call.params;
	for (const account of call.kernel.store.database('accounts').list('account')) {
		const doc = call.kernel.store.database(account._id).get('whitelabel');
		if (doc && (domain === undefined ? account._id === call.account?._id : doc.domain === domain)) {
			return { database: account._id, doc };
		}
	}
	throw badIdentifier(domain ?? 'whitelabel');
}

function brandFile(part: 'logo' | 'icon' | 'welcome'): { get: Handler; post: Handler } {
	const idOf = (doc: Doc) => `${doc._id}-${part}`;
	return {
		get: (call) => {
			const { database, doc } = brandOf(call);
			const file = firstFile(call, database, idOf(doc));
			if (!file) throw new Refusal(404, 'bad identifier', [part]);
			return {
				raw: {
					body: file.data,
					// KAZOO 4 looks the type up in the wrong place.
					contentType: call.kernel.profile === 4 ? 'undefined' : file.contentType,
					ranges: true,
					headers: { 'content-disposition': `attachment; filename=${part}-${file.name}` },
				},
			};
		},
		post: (call) => {
			const { database, doc } = brandOf(call);
			const file = singleFile(call, 'an', part === 'welcome' ? 'html file' : 'image file');
			return {
				run: () => {
					const noted = call.kernel.store.save(database, doc);
					replaceFile(call, database, idOf(doc), file);
					// The file makes another version of the document.
					const saved = call.kernel.store.save(database, noted);
					return { data: present(saved), revision: saved._rev };
				},
			};
		},
	};
}

function brandRoutes(): Route[] {
	const icons = [...IMAGE_TYPES, 'image/ico', 'image/vnd.microsoft.icon', 'image/x-icon', 'image/icon'];
	const types = { logo: IMAGE_TYPES, icon: icons, welcome: ['text/html'] };
	return (Object.keys(types) as (keyof typeof types)[]).flatMap((part) => {
		const { get, post } = brandFile(part);
		const provides = {
			GET: (call: Call): string[] => {
				try {
					const { database, doc } = brandOf(call);
					return storedTypes(call, database, `${doc._id}-${part}`, types[part]);
				} catch {
					// Nothing there yet: the 404 comes from the handler.
					return types[part];
				}
			},
		};
		const accepts = { POST: [...types[part], ...BASE64_TYPES] };
		return [
			{ path: `${A}/whitelabel/${part}`, handlers: { GET: get, POST: post }, provides, accepts },
			{
				path: `${A}/whitelabel/{domain}/${part}`,
				handlers: part === 'welcome' ? { GET: get } : { GET: get, POST: post },
				provides,
				accepts,
			},
			{ path: `/whitelabel/{domain}/${part}`, handlers: { GET: get }, provides, access: 'open' as const },
		];
	});
}

const readBrand: Handler = (call) => {
	const { doc } = brandOf(call);
	return { data: present(doc), revision: doc._rev, envelope: { page_size: 1 } };
};

/** Proxies that a system has unless it was told otherwise: their zone and what they are called. */
const PROXIES: Array<[zone: string, name: string]> = [
	['east', 'Primary Proxy'],
	['central', 'Secondary Proxy'],
	['west', 'Tertiary Proxy'],
];

/** What a domain's name servers would have to say for the system's services to be found. */
const domains: Handler = (call) => {
	const domain = String(call.query.domain ?? dataObject(call).domain ?? 'sandbox.example');
	const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
	const each = (make: (zone: string, name: string) => [string, Fields]): Fields =>
		Object.fromEntries(PROXIES.map(([zone, name]) => make(zone, name)));
	const priorities = ['10 10', '15 15', '20 20'];
	return {
		data: {
			A: each((zone, name) => [`us-${zone}.${domain}`, { mapping: ['127.0.0.1'], name, zone: `us-${zone}` }]),
			CNAME: {
				[`portal.${domain}`]: { mapping: ['ui.yourcompany.net'], name: 'Web GUI' },
				[`api.${domain}`]: { mapping: ['api.yourcompany.net'], name: 'API' },
			},
			MX: {},
			NAPTR: each((zone) => [
				`proxy-${zone}.${domain}`,
				{
					mapping: [`10 100 "S" "SIP+D2U" "" _sip._udp.proxy-${zone}.${domain}`],
					name: `${upper(zone)} NAPTR`,
				},
			]),
			SRV: {
				[`_sip._udp.proxy-east.${domain}`]: {
					mapping: PROXIES.map(([zone], index) => `${priorities[index]} 7000 us-${zone}.${domain}`),
					name: 'East SRV',
				},
			},
			TXT: {},
		},
	};
};

/** White labels: what a domain shows, its pictures and its name servers. The document itself is a setting. */
export const brandingRoutes: Route[] = [
	{ path: `${A}/whitelabel/domains`, handlers: { GET: domains, POST: domains } },
	{
		path: '/whitelabel/domains',
		handlers: { GET: domains, POST: domains },
		access: { GET: 'open', POST: 'token' },
	},
	{ path: `${A}/whitelabel/{domain}`, handlers: { GET: readBrand } },
	{ path: '/whitelabel/{domain}', handlers: { GET: readBrand }, access: 'open' },
	...brandRoutes(),
];
