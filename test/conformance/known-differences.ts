import type { Outcome } from './player';
import { isObject, type Json } from './recording';

/** A difference that stays, and why. It counts against the percentage all the same. */
export interface KnownDifference {
	/** In one sentence. */
	reason: string;
	/** Which outcomes it explains. */
	applies: (outcome: Outcome) => boolean;
}

/** What was asked, by method and path after the version, the account left out; ids are `ID`. */
function asked(pattern: RegExp): KnownDifference['applies'] {
	return ({ request }) =>
		pattern.test(
			request
				.replace('/v2/', '/')
				.replace(/\/accounts\/[0-9a-f]{32}(?=[/?]|$)/, '/ACCOUNT')
				.replace(/(?:20\d{4}-)?[0-9a-f]{30,32}/g, 'ID'),
		);
}

/** Only such places differ. */
function only(places: RegExp): KnownDifference['applies'] {
	return ({ differences }) => differences.every(({ where }) => places.test(where));
}

const both =
	(...tests: KnownDifference['applies'][]): KnownDifference['applies'] =>
	(outcome) =>
		tests.every((test) => test(outcome));

const either =
	(...tests: KnownDifference['applies'][]): KnownDifference['applies'] =>
	(outcome) =>
		tests.some((test) => test(outcome));

/** Differences that are understood and stay: this is documentation, it changes no figure. */
export const knownDifferences: readonly KnownDifference[] = [
	{
		reason:
			'a job of the server that runs by itself told of a low balance and wrote that down in the account',
		applies: (outcome) => missed(outcome, /"low_balance"|"action":"doc_edited","type":"account"/),
	},
	{
		reason: 'the requests that caused it were left out of the recording',
		applies: (outcome) =>
			missed(outcome, /"type":"(list|list_entry|conference)"/) ||
			instead(outcome, /^(list|list_entry|conference)$/),
	},
	{
		reason: 'a hook that is being switched off hears of it: the real server had not noticed yet',
		applies: (outcome) => missed(outcome, /"event_name":"webhook_disabled"/),
	},
	{
		reason: 'it tells of a user whom no line makes',
		applies: (outcome) => missed(outcome, /"event_name":"new_user"/),
	},
	{
		reason:
			'attempts of one second come in the order of random ids, and a slow receiver delays those after it',
		applies: asked(/^GET \/ACCOUNT\/webhooks\/(ID\/)?attempts/),
	},
	{
		reason: 'a recording does not tell when a websocket was opened',
		applies: both(asked(/^GET \/ACCOUNT\/websockets$/), only(/timestamp$/)),
	},
	{
		reason:
			'the real server counts descendants some tenths of a second later, in a process of its own; some of the master are of earlier runs',
		applies: only(/descendants_count$/),
	},
	{
		reason: 'the real server counts what is billed some seconds later, and a recording does not tell when',
		applies: both(
			asked(/^(GET|PUT|POST|PATCH) \/ACCOUNT\/(services|devices|users|limits)/),
			only(/^(data\.\d+\.|data\.(invoices?|quantities)\.|data\.\d+\.summary|page_size)/),
		),
	},
	{
		reason: 'routes.json says that POST is allowed, too; this recording does not',
		applies: both(
			asked(/^PUT \/ACCOUNT\/phone_numbers\/collection\/activate/),
			only(/access-control-allow-methods/),
		),
	},
	{
		reason: 'somebody changed the plans, the bookkeeper or its rules behind the recording',
		applies: either(asked(/^(GET|PUT|POST) \/ACCOUNT\/(services|ledgers|phone_numbers)/), ({ differences }) =>
			differences.some(({ recorded, actual }) => recorded === 402 || actual === 402),
		),
	},
	{
		reason:
			'descriptions, help and names of macros are prose of KAZOO, which is under another licence: the sandbox has words of its own or none',
		applies: asked(
			/^(GET \/(tasks|webhooks|schemas\/[\w.]+)(\?|$)|(GET|POST|DELETE) \/ACCOUNT\/notifications\/\w+_\w+$)/,
		),
	},
	{
		reason: 'records of earlier runs, or in the order of random ids, that no line made',
		applies: asked(
			/^GET (\/ACCOUNT\/(security\/attempts|tasks)|(\/ACCOUNT(\/descendants)?)?\/port_requests)(\?|$)/,
		),
	},
	{
		reason:
			'steps of one second are sorted by it, and some of them were in the second before: answers do not tell',
		applies: asked(/^GET \/ACCOUNT\/port_requests\/ID\/timeline/),
	},
	{
		reason: 'it needs a part of KAZOO, or a switch for telephone calls, that did not run',
		applies: asked(
			/^\w+ (\/ACCOUNT)?\/(channels|acls|mms|call_inspector|resource_selectors|users\/ID\/vcard|migrations|system_status|sup|port_requests\/ID\/loa)/,
		),
	},
	{
		reason: "pages and samples of KAZOO's own: the sandbox has others",
		applies: asked(/^GET (\/ACCOUNT)?\/($|directories\/ID|webhooks\/samples)/),
	},
	{
		reason: 'the sandbox sends no mails, so that no list of mails has any',
		applies: asked(/^GET \/ACCOUNT\/notifications\/smtplog/),
	},
	{
		reason: 'the sandbox gives the zip that the documentation promises and the real server could not make',
		applies: asked(/^POST \/ACCOUNT\/vmboxes\/ID\/messages\/raw/),
	},
	{
		reason: 'the document with all of its private fields; clients have no use for them',
		applies: ({ differences }) => differences.some(({ where }) => where === 'data.pvt_account_id'),
	},
	{
		reason: 'a filter on more CDRs than one chunk holds loses its rows on the real server',
		applies: asked(/^GET \/ACCOUNT\/cdrs\?filter_/),
	},
	{
		reason: 'the real server sends nothing of a recording that is no MP3; the sandbox has no others to send',
		applies: asked(/^GET \/ACCOUNT\/recordings\/ID/),
	},
	{
		reason: 'the sandbox does not fetch the documents of faxes to be sent',
		applies: ({ request, differences }) =>
			/^webhook GET/.test(request) && differences.some(({ recorded }) => isFetch(recorded)),
	},
	{
		reason: 'a message or a notice got lost: another one like it was delivered',
		applies: ({ kind, differences }) =>
			kind === 'event' && differences.some(({ note }) => note === 'was not recorded'),
	},
	{
		reason: 'the messages of a deleted box: one recording shows them, this one does not',
		applies: both(asked(/^GET \/ACCOUNT\/vmboxes\/ID\/messages$/), ({ differences }) =>
			differences.some(({ where, note }) => where === 'data' && note === 'length 0, not 1'),
		),
	},
	{
		reason: 'which of ten changes at once is written is chance',
		applies: either(
			only(/^data\.p\d$/),
			both(asked(/^PATCH \/ACCOUNT\/devices\/ID$/), ({ differences }) =>
				differences.some(({ where, recorded }) => where === 'status' && recorded === 200),
			),
		),
	},
	{
		reason: 'when a task ends is a matter of seconds',
		applies: only(/end_timestamp$/),
	},
];

/** Whether a recorded request that the server made names no hook: it fetched something. */
function isFetch(recorded: Json | undefined): boolean {
	return isObject(recorded) && isObject(recorded.headers) && recorded.headers['x-hook-id'] === undefined;
}

/** Whether another event came in the place of one of such a document. */
function instead({ kind, differences }: Outcome, type: RegExp): boolean {
	return (
		kind === 'event' &&
		differences.some(({ where, recorded }) => where === 'body.type' && type.test(String(recorded)))
	);
}

/** Whether an event that looks like this did not come, or another came in its place. */
function missed({ kind, differences }: Outcome, look: RegExp): boolean {
	const text = (value: Json | undefined) => JSON.stringify(value ?? null);
	return kind === 'event' && differences.some(({ recorded }) => look.test(text(recorded)));
}
