/** Getting a token, and finding out whose it is: what the credential does before any node runs. */
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import type { Explanation, Failure } from '../errors/explain';
import { isRecord } from '../values/records';
import { trueStatus } from './answer';
import { readText, TooLarge } from './files';
import { explainLogin, loginRequest, secretsOf, serverUrl } from './login';
import type { Envelope } from './messages';
import { TimeLimit } from './bounds';
import { wait } from './wait';

/** One HTTP exchange without a log-in; error statuses are answers, not exceptions. */
export type Ask = (
	options: IHttpRequestOptions,
) => Promise<{ statusCode: number; headers: Record<string, string>; body: unknown }>;

/** Bytes of an answer to a log-in, and milliseconds for all of it. */
const LONGEST_ANSWER = 1_000_000;
const TIMEOUT = 30_000;

/** The log-in failed: a sentence, and what to do. */
export class LoginFailed extends Error {
	readonly description: string;

	constructor({ message, description }: Explanation) {
		super(message);
		this.description = description;
	}
}

/** Crossbar refuses even a right log-in for about three seconds after too many wrong ones (observed.md 9). */
const WAITS_AFTER_429 = [1_500, 3_000, 5_000];

/**
 * @returns the token for `X-Auth-Token`
 * @throws LoginFailed, or an Error with a sentence about the server URL
 */
export async function logIn(ask: Ask, credentials: ICredentialDataDecryptedObject): Promise<string> {
	if (credentials.login === 'token') {
		const token = String(credentials.authToken ?? '').trim();
		if (token === '')
			throw new LoginFailed({
				message: 'Auth Token is empty',
				description: 'Paste the token into the credential.',
			});
		return token;
	}
	const base = serverUrl(String(credentials.serverUrl ?? ''));
	const { method, path, body } = loginRequest(credentials);
	const secrets = [...secretsOf(credentials), ...Object.values(body.data)];
	for (let attempt = 0; ; attempt++) {
		const failure = await exchange(
			ask,
			credentials,
			{ method, url: `${base}${path}`, body: JSON.stringify(body) },
			{ method, path, secrets },
		);
		if ('envelope' in failure) {
			const { auth_token: token }: { auth_token?: unknown } = failure.envelope;
			if (typeof token === 'string' && token !== '') return token;
			throw new LoginFailed(explainLogin({ method, path, status: 200, body: failure.envelope, secrets }));
		}
		const pause = WAITS_AFTER_429[attempt];
		if (failure.status !== 429 || pause === undefined) throw new LoginFailed(explainLogin(failure));
		await wait(pause, undefined);
	}
}

/** The credential test: who the log-in is, in a sentence. @throws LoginFailed */
export async function describeLogin(ask: Ask, credentials: ICredentialDataDecryptedObject): Promise<string> {
	const base = serverUrl(String(credentials.serverUrl ?? ''));
	const token = await logIn(ask, credentials);
	const answer = await exchange(
		ask,
		credentials,
		{ method: 'GET', url: `${base}/token_auth`, headers: { 'X-Auth-Token': token } },
		{ method: 'GET', path: '/token_auth', secrets: [token, ...secretsOf(credentials)] },
	);
	if (!('envelope' in answer)) throw new LoginFailed(explainLogin(answer));
	const { data, metadata, version } = answer.envelope;
	const { account_name, is_master_account, is_reseller } = isRecord(data) ? data : {};
	const role = is_master_account === true ? ' (master account)' : is_reseller === true ? ' (reseller)' : '';
	const generation = metadata === undefined ? 'KAZOO 4' : 'KAZOO 5';
	const exact = typeof version === 'string' ? ` (${version})` : '';
	return `Logged in to ${typeof account_name === 'string' ? account_name : 'the account'}${role}, ${generation}${exact}`;
}

async function exchange(
	ask: Ask,
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
	about: Pick<Failure, 'method' | 'path' | 'secrets'>,
): Promise<{ envelope: Envelope } | Failure> {
	let response: Awaited<ReturnType<Ask>>;
	let text: string;
	const limit = new TimeLimit(TIMEOUT);
	try {
		response = await ask({
			...options,
			headers: { Accept: 'application/json', 'Content-Type': 'application/json', ...options.headers },
			encoding: 'stream',
			abortSignal: limit.signal,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			skipSslCertificateValidation: credentials.ignoreSsl === true,
			timeout: TIMEOUT,
		});
		text = await readText(response.body, LONGEST_ANSWER);
	} catch (error) {
		// As a web page is: nothing of it is Crossbar's
		if (error instanceof TooLarge)
			return { ...about, status: 200, body: 'More than a log-in is answered with' };
		const { code, message, cause } = (limit.signal.aborted ? limit.error : error) as {
			code?: string;
			message?: string;
			cause?: { code?: string; message?: string };
		};
		return { ...about, networkCode: code ?? cause?.code, networkMessage: cause?.message ?? message };
	} finally {
		limit.lift();
	}
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch {
		parsed = undefined;
	}
	const envelope: Envelope | undefined = isRecord(parsed) ? parsed : undefined;
	const status = trueStatus(response.statusCode, envelope ?? {});
	if (status < 300 && envelope && envelope.status !== 'error') return { envelope };
	return { ...about, status, headers: response.headers, body: envelope ?? text };
}
