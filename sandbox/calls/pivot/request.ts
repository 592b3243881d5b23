import type { Fields } from '../../store/database';
import type { SimulatedCall } from '../call';
import { isLoopbackUrl } from '../../values/hosts';
import { defined } from '../stamp';
import type { DebugLog } from './debug';

/** How a Pivot URL is to be asked: the data of the callflow's step. */
export interface PivotSettings {
	voice_url?: string;
	method?: string;
	/** Which names the parameters have; `twiml` when it is left out. */
	req_format?: string;
	req_body_format?: string;
	req_timeout_ms?: number;
	cdr_url?: string;
	debug?: boolean;
	/** KAZOO 5 only. */
	custom_request_headers?: Record<string, string>;
	/** KAZOO 5 only. */
	serverless?: Serverless;
}

/** An answer that came with the callflow: TwiML as a text, or a step of a callflow. */
export interface Serverless {
	flow_doc: string | Fields;
	flow_type: string;
}

/** What came back, as far as KAZOO takes it. */
export interface PivotAnswer {
	/** Without parameters; `text/xml` when the server named none. */
	contentType: string;
	body: string;
}

/** The server was not reached, was too slow, or answered with something other than 200. */
export class PivotFailure extends Error {
	constructor(
		message: string,
		/** Whether KAZOO waits for its own time-out before it goes on: nothing came back at all. */
		readonly wasSilent: boolean,
	) {
		super(message);
	}
}

/** Milliseconds that an answer may take. */
const TIMEOUT = 5000;

/** Custom-Application-Vars, digits and what TwiML's verbs found out. */
export type PivotVars = Record<string, string>;

const [USER, REALM] = [0, 1];
const part = (address: string, which: number): string => address.split('@')[which] ?? '';

function statusOf(call: SimulatedCall): string {
	return call.caller.answered === undefined ? 'ringing' : 'answered';
}

function kazooParameters(call: SimulatedCall): Fields {
	const { caller, account } = call;
	return {
		'Account-ID': account._id,
		'Api-Version': '4.x',
		'Call-ID': caller.id,
		'Call-Status': statusOf(call),
		'Caller-ID-Name': caller.caller.name,
		'Caller-ID-Number': caller.caller.number,
		'Custom-Application-Vars': caller.variables,
		Digits: Object.keys(call.digits).length > 0 ? call.digits : undefined,
		Direction: 'inbound',
		From: part(caller.from, USER),
		'From-Realm': part(caller.from, REALM),
		Language: account.language ?? 'en-us',
		Request: caller.destination,
		'Request-Realm': part(caller.to, REALM),
		To: caller.destination,
		'To-Realm': part(caller.to, REALM),
		'User-ID': caller.vars['Owner-ID'],
	};
}

function twimlParameters(call: SimulatedCall): Fields {
	const { caller, account } = call;
	return {
		CallSid: caller.id,
		AccountSid: account._id,
		From: part(caller.from, USER),
		FromRealm: part(caller.from, REALM),
		To: caller.destination,
		ToRealm: part(caller.to, REALM),
		CallStatus: statusOf(call),
		ApiVersion: '2010-04-01',
		Direction: 'inbound',
		CallerName: caller.caller.name,
		CallerNumber: caller.caller.number,
		Digits: Object.keys(call.digits).length > 0 ? Object.values(call.digits).at(-1) : undefined,
	};
}

/** `a[b]=c` for what is nested. */
function* formPairs(fields: Fields, prefix = ''): Generator<[string, string]> {
	for (const [key, value] of Object.entries(fields)) {
		const name = prefix === '' ? key : `${prefix}[${key}]`;
		if (value === undefined || value === null) continue;
		if (typeof value === 'object') yield* formPairs(value as Fields, name);
		else yield [name, String(value)];
	}
}

/** A form of fields: nested ones as `a[b]=c`. */
export function formOf(fields: Fields): string {
	return new URLSearchParams([...formPairs(fields)]).toString();
}

/** KAZOO 5 sends headers that the callflow wants, if they are somebody's own (`X-...`). */
function headersOf(call: SimulatedCall, settings: PivotSettings): Record<string, string> {
	if (call.exchange.profile === 4) return {};
	return Object.fromEntries(
		Object.entries(settings.custom_request_headers ?? {}).filter(([name]) => /^x-/i.test(name)),
	);
}

/** Asks the server what to do with the call. Throws a PivotFailure. */
export async function askServer(
	call: SimulatedCall,
	settings: PivotSettings & { voice_url: string },
	vars: PivotVars,
	debug: DebugLog,
): Promise<PivotAnswer> {
	const isPost = String(settings.method ?? 'get').toLowerCase() === 'post';
	const named = settings.req_format === 'kazoo' ? kazooParameters(call) : twimlParameters(call);
	const parameters = defined({ ...named, ...vars });
	const isJson = isPost && settings.req_body_format === 'json';
	const form = formOf(parameters);
	const joiner = settings.voice_url.includes('?') ? '&' : '?';
	const uri = isPost ? settings.voice_url : `${settings.voice_url}${joiner}${form}`;
	const body = isJson ? JSON.stringify(parameters) : isPost ? form : undefined;
	const contentType = isJson ? 'application/json' : 'application/x-www-form-urlencoded';
	const headers = {
		...(isPost ? { 'content-type': contentType } : undefined),
		...headersOf(call, settings),
	};
	if (isLoopbackUrl(uri) && !call.exchange.allowLoopbackUris)
		throw new PivotFailure('this machine is not asked without --allow-loopback-uris', false);
	debug.request(uri, isPost ? 'post' : 'get', headers, body);
	call.note('sandbox', `asks ${settings.voice_url} what to do`);
	const began = performance.now();
	try {
		const response = await fetch(uri, {
			method: isPost ? 'POST' : 'GET',
			headers,
			body,
			// To this machine it could lead as well
			redirect: isPost || !call.exchange.allowLoopbackUris ? 'manual' : 'follow',
			signal: AbortSignal.timeout(Math.min(settings.req_timeout_ms ?? TIMEOUT, TIMEOUT)),
		});
		const text = await response.text();
		debug.response(response.status, Object.fromEntries(response.headers), text);
		if (response.status !== 200 && response.status !== 206) {
			throw new PivotFailure(`it answered ${response.status}, and only 200 counts`, false);
		}
		const type = (response.headers.get('content-type') ?? 'text/xml').split(';')[0] as string;
		return { contentType: type.trim().toLowerCase(), body: text };
	} catch (error) {
		if (error instanceof PivotFailure) throw error;
		const { name, cause } = error as Error & { cause?: { code?: string } };
		const why = name === 'TimeoutError' ? 'it was too slow' : `it was not reached (${cause?.code ?? name})`;
		throw new PivotFailure(why, true);
	} finally {
		call.clock.advance((performance.now() - began) / 1000);
	}
}
