/**
 * The only door to the network. Everything that goes to Crossbar goes through `Transport.send`: it refuses what
 * the credential forbids, keeps the token at the credential's server, renews it once when it has expired, repeats
 * only what is safe to repeat, and turns every failure into a sentence.
 */
import type { IAllExecuteFunctions, IDataObject, IHttpRequestOptions, INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { Explanation, Failure } from '../errors/explain';
import { explain, isTransient } from '../errors/explain';
import { answerOf, failureOf, isAnswer, isStream, mayReadAgain, mayRepeat, namesMethod } from './answer';
import { RequestBounds } from './bounds';
import { curl, maskSecrets, maskUrl } from './curl';
import { LARGEST_UPLOAD, openFile, TooLarge } from './files';
import { claims, secretsOf, serverUrl } from './login';
import type { CrossbarAnswer, CrossbarRequest, Method, QueryValue } from './messages';
import { methodOf } from './messages';
import { serverTime } from '../values/time';
import type { Download } from './resume';
import { resumable } from './resume';
import { LoginFailed } from './session';
import { throwIfCancelled, wait } from './wait';
import { isRecord, plainText } from '../values/records';

export const CREDENTIAL = 'crossbarApi';

export interface TransportSettings {
	/** Milliseconds to wait for an answer. */
	readonly timeout: number;
	/** How often a request that is safe to repeat is tried again. */
	readonly retries: number;
	/** Bytes of an answer that is no file, decompressed. */
	readonly mostBytes: number;
	/** Send nothing: the first request ends the operation with a `DryRun`. */
	readonly dryRun: boolean;
	/** Send although the run was cancelled: for what a cancelled run has to put in order. */
	readonly evenWhenCancelled: boolean;
}

export const DEFAULT_SETTINGS: TransportSettings = {
	timeout: 60_000,
	retries: 3,
	mostBytes: 100_000_000,
	dryRun: false,
	evenWhenCancelled: false,
};

/** Who the token belongs to. */
export interface Identity {
	readonly accountId: string;
	/** Nothing for an API key, which stands for no user. */
	readonly userId?: string;
	readonly accountName?: string;
	readonly isReseller?: boolean;
	readonly isMaster?: boolean;
	/** 5 where envelopes carry `metadata`, else 4. */
	readonly generation: 4 | 5;
	/** The server's clock when it said so, Gregorian seconds, where it tells. */
	readonly serverTime?: number;
}

/** What a dry run would have sent: thrown instead of sending. */
export class DryRun extends Error {
	constructor(readonly request: IDataObject) {
		super('Dry run: nothing was sent');
	}
}

type Access = 'full' | 'noDeletes' | 'readOnly';

/** Bytes in a millisecond of the slowest line that a file is sent over. */
const SLOWEST_UPLOAD = 16;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;

/** What all requests of an execution share. */
interface Session {
	/** Counts renewals, so that many requests refused at once renew the token once. */
	renewals: number;
	renewing?: Promise<void>;
	identity?: Promise<Identity>;
	/** Key, password and tokens of the log-in, which no error repeats. */
	readonly secrets: Set<string>;
	/** What was asked once for all items, by what it is. */
	readonly known: Map<string, Promise<unknown>>;
	readonly bounds: RequestBounds;
}

/** The door itself; one for each execution. */
export class Transport {
	private constructor(
		private readonly context: IAllExecuteFunctions,
		private readonly base: URL,
		private readonly access: Access,
		private readonly ignoreSsl: boolean,
		private readonly settings: TransportSettings,
		private readonly session: Session,
	) {}

	/**
	 * @throws NodeOperationError when the credential's server URL cannot be used
	 */
	static async open(
		context: IAllExecuteFunctions,
		settings: Partial<TransportSettings> = {},
	): Promise<Transport> {
		const credential = await context.getCredentials(CREDENTIAL);
		let base: URL;
		try {
			base = new URL(serverUrl(String(credential.serverUrl ?? '')));
		} catch (error) {
			throw new NodeOperationError(context.getNode(), error as Error);
		}
		return new Transport(
			context,
			base,
			(credential.access as Access | undefined) ?? 'full',
			credential.ignoreSsl === true,
			{ ...DEFAULT_SETTINGS, ...settings },
			{
				renewals: 0,
				known: new Map(),
				secrets: new Set(secretsOf(credential)),
				bounds: new RequestBounds(context),
			},
		);
	}

	/** The same door with other settings; log-in and identity are kept. */
	with(settings: Partial<TransportSettings>): Transport {
		return new Transport(
			this.context,
			this.base,
			this.access,
			this.ignoreSsl,
			{ ...this.settings, ...settings },
			this.session,
		);
	}

	get node(): INode {
		return this.context.getNode();
	}

	/** The address of Crossbar, which tells one server from another. */
	get server(): string {
		return this.base.href;
	}

	/** Whether the credential lets requests of this method through, for those that have another way. */
	allows(method: Method): boolean {
		return this.access === 'full' || (this.access === 'readOnly' ? method === 'GET' : method !== 'DELETE');
	}

	/**
	 * Who we are, asked once. It is also the log-in: n8n gets the token for this first request, so that the
	 * requests that follow side by side find it there.
	 */
	async whoAmI(): Promise<Identity> {
		this.session.identity ??= this.askWhoIAm();
		return await this.session.identity;
	}

	/** Asks once in an execution, whatever comes of it; all items share the answer. */
	async once<Answer>(what: string, ask: () => Promise<Answer>): Promise<Answer> {
		const { known } = this.session;
		const asked = known.get(what) ?? ask();
		known.set(what, asked);
		return (await asked) as Answer;
	}

	/**
	 * The stream of a file ends when nothing comes any more; one that was only read goes on by itself then, as when its
	 * connection breaks.
	 * @throws NodeApiError with what happened, the server's words and what to do
	 * @throws DryRun instead of sending, when the settings say so
	 */
	async send(asked: CrossbarRequest): Promise<CrossbarAnswer> {
		const request = { ...asked, method: methodOf(asked.method) };
		if (!request.stream) return await this.exchange(request);
		const ask = async (headers: CrossbarRequest['headers'], expect = request.expect): Promise<Download> => {
			const breakOff = new AbortController();
			const more = { headers: { ...request.headers, ...headers }, expect, breakOff: breakOff.signal };
			return { answer: await this.exchange({ ...request, ...more }), breakOff };
		};
		const first = await ask({});
		if (first.answer.status !== 200) return first.answer;
		return resumable(first, {
			ask,
			times: mayReadAgain(request) ? this.settings.retries : 0,
			pause: async (attempt) => await this.pause(attempt),
			patience: this.settings.timeout,
		});
	}

	private async exchange(request: CrossbarRequest): Promise<CrossbarAnswer> {
		this.assertAllowed(request);
		const url = this.url(request);
		if (this.settings.dryRun) throw new DryRun(describeRequest(url, request));
		await this.whoAmI();
		let renewed = false;
		for (let attempt = 0; ; ) {
			throwIfCancelled(this.cancelSignal());
			const { renewals } = this.session;
			const outcome = await this.attempt(url, request);
			if ('status' in outcome) {
				if (isAnswer(outcome, request) || request.expect?.includes(outcome.status)) return outcome;
				if (outcome.status === 401 && !renewed) {
					renewed = true;
					await this.renew(renewals);
					continue;
				}
			}
			if ('thrown' in outcome) this.throwFailedLogin(outcome.thrown);
			const failure = failureOf(request, outcome, renewed);
			if (attempt >= this.settings.retries || !mayRepeat(request, failure)) throw this.error(failure);
			await this.pause(attempt++);
		}
	}

	/** The error of a failure, as n8n shows it. */
	error(failure: Failure): NodeApiError {
		return this.explained(explain({ ...failure, secrets: [...this.session.secrets] }));
	}

	/** The credential has already said in words why it could not log in. */
	private throwFailedLogin(thrown: unknown): void {
		const { cause } = thrown as { cause?: unknown };
		if (cause instanceof LoginFailed) throw this.explained(cause);
	}

	private explained({ message, description, httpCode }: Explanation): NodeApiError {
		const error = new NodeApiError(this.node, {}, { message, description, httpCode: httpCode ?? '' });
		// n8n replaces messages that look like one of its own patterns; ours says more.
		error.message = message;
		return error;
	}

	/**
	 * @param expired whether the token is known to have expired
	 */
	private async askWhoIAm(expired = false): Promise<Identity> {
		const request: CrossbarRequest = { method: 'GET', path: '/token_auth', what: 'Log in' };
		const url = this.url(request);
		let renewed = expired;
		let renewing = expired;
		for (let attempt = 0; ; ) {
			const outcome = await this.attempt(url, request, renewing);
			if ('status' in outcome && typeof outcome.envelope.auth_token === 'string')
				this.session.secrets.add(outcome.envelope.auth_token);
			if ('status' in outcome && isAnswer(outcome, request)) return this.identityOf(outcome);
			if ('thrown' in outcome) this.throwFailedLogin(outcome.thrown);
			const failure = failureOf(request, outcome, false);
			// Of what is refused while n8n renews, it keeps the server's words and headers for itself: asked once more
			const isWordless = renewing && failure.status !== undefined;
			renewing = failure.status === 401 && !renewed;
			renewed ||= renewing;
			if (renewing || (isWordless && !isTransient(failure))) continue;
			const isLast = attempt >= this.settings.retries && !isWordless;
			if (isLast || !isTransient(failure)) {
				// Meanwhile n8n has got a token
				const credential = await this.context.getCredentials(CREDENTIAL);
				for (const secret of secretsOf(credential)) this.session.secrets.add(secret);
				throw this.error(failure);
			}
			await this.pause(attempt++);
		}
	}

	private identityOf({ envelope, headers }: CrossbarAnswer): Identity {
		const data = isRecord(envelope.data) ? envelope.data : {};
		const accountId = data.account_id ?? claims(plainText(envelope.auth_token)).account_id;
		if (typeof accountId !== 'string') {
			throw new NodeOperationError(this.node, 'The server did not say which account this log-in belongs to', {
				description:
					'Choose "One Account" and give its ID, or log in with an API key instead of a ready token.',
			});
		}
		return {
			accountId,
			...(typeof data.owner_id === 'string' ? { userId: data.owner_id } : {}),
			...(typeof data.account_name === 'string' ? { accountName: data.account_name } : {}),
			isReseller: data.is_reseller === true,
			isMaster: data.is_master_account === true,
			generation: envelope.metadata === undefined ? 4 : 5,
			serverTime: serverTime(envelope.timestamp, headers.date),
		};
	}

	/** Renews the token if nobody did since `seen`; all who were refused wait for the same renewal. */
	private async renew(seen: number): Promise<void> {
		const { session } = this;
		if (session.renewals !== seen) return;
		session.renewing ??= this.askWhoIAm(true)
			.then(() => {
				session.renewals++;
			})
			.finally(() => {
				session.renewing = undefined;
			});
		await session.renewing;
	}

	/**
	 * One exchange.
	 * @param renewing let n8n throw, so that after a 401 it gets a new token and asks again. Versions before 2.11 know
	 *   no list of statuses here, only whether all are thrown
	 */
	private async attempt(
		url: string,
		request: CrossbarRequest,
		renewing = false,
	): Promise<CrossbarAnswer | { thrown: unknown }> {
		const options: IHttpRequestOptions = {
			url,
			method: request.method,
			headers: {
				Accept: request.accept ?? (request.stream ? '*/*' : 'application/json'),
				...request.headers,
			},
			// Also of JSON, so that its bytes are counted while they come
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: !renewing,
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
			skipSslCertificateValidation: this.ignoreSsl,
			timeout: this.settings.timeout,
		};
		const content = request.file && (await openFile(request.file));
		if (request.file) {
			options.body = content as IHttpRequestOptions['body'];
			options.headers = {
				...options.headers,
				'Content-Type': request.file.mimeType,
				...(request.file.length === undefined ? {} : { 'Content-Length': request.file.length }),
			};
		} else if (request.body !== undefined) {
			options.body = JSON.stringify(request.body);
			options.headers = { 'Content-Type': 'application/json', ...options.headers };
		}
		const milliseconds = this.timeFor(request);
		const bounds = this.session.bounds.of(request, { cancelled: this.cancelSignal(), milliseconds });
		try {
			const response = (await this.context.helpers.httpRequestWithAuthentication.call(
				bounds.context,
				CREDENTIAL,
				options,
			)) as { statusCode: number; headers: Record<string, string>; body: unknown };
			return await answerOf(response, request, this.settings.mostBytes);
		} catch (thrown) {
			throwIfCancelled(this.cancelSignal());
			if (thrown instanceof TooLarge) throw this.tooLarge(thrown, request);
			return { thrown: bounds.error() ?? thrown };
		} finally {
			bounds.lift?.();
			// A server may refuse a file before it has read all of it.
			if (isStream(content)) (content as { destroy(): void }).destroy();
		}
	}

	/** Milliseconds for a request, from its first byte to the last of its answer; a file on its way out takes its time. */
	private timeFor({ file }: CrossbarRequest): number {
		return this.settings.timeout + (file ? (file.length ?? LARGEST_UPLOAD) / SLOWEST_UPLOAD : 0);
	}

	private tooLarge({ most, what }: TooLarge, request: CrossbarRequest): NodeOperationError {
		const isBytes = what === 'bytes';
		const size = isBytes
			? `${(most / 1_000_000).toLocaleString('en-US')} MB`
			: `${most.toLocaleString('en-US')} objects and lists`;
		const raise = isBytes ? ', or raise Maximum Answer Size in the options' : '';
		const done = mayReadAgain(request)
			? ''
			: ' The change may have been made all the same: look before you repeat it.';
		return new NodeOperationError(this.node, `The answer of the server has more than ${size}`, {
			description: `The rest was not read.${done} Ask for less at a time (Page Size, filters)${raise}.`,
		});
	}

	private url(request: CrossbarRequest): string {
		const url = new URL(`${this.base.href.replace(/\/$/, '')}${request.path}`);
		if (url.origin !== this.base.origin || !url.pathname.startsWith(`${this.base.pathname}/`)) {
			throw new NodeOperationError(this.node, 'This path leaves the Crossbar server of the credential', {
				description: `The token is only ever sent to ${this.base.href}. Nothing was sent.`,
			});
		}
		for (const [name, value] of Object.entries(request.query ?? {})) {
			if (value !== undefined && value !== null) url.searchParams.set(name, queryText(value));
		}
		return url.href;
	}

	private assertAllowed(request: CrossbarRequest): void {
		if (this.access === 'full') return;
		const { method, what } = request;
		// A method of its own would go round the limit.
		const forbidden =
			this.access === 'readOnly' ? !mayReadAgain(request) : method === 'DELETE' || namesMethod(request);
		if (!forbidden) return;
		throw new NodeOperationError(
			this.node,
			this.access === 'readOnly'
				? `${what ?? 'This operation'} is not allowed: the credential is Read Only`
				: `${what ?? 'This operation'} is not allowed: the credential forbids deletes`,
			{ description: 'Nothing was sent. To allow it, change Access in the KAZOO Crossbar API credential.' },
		);
	}

	/** Waits before another attempt: twice as long each time, with jitter, and ends at once when the run is cancelled. */
	private async pause(attempt: number): Promise<void> {
		const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt);
		await wait(longest / 2 + Math.random() * (longest / 2), this.cancelSignal());
	}

	/** Whether nothing may be sent: reading first, in order to send better, is then left out. */
	get isDryRun(): boolean {
		return this.settings.dryRun;
	}

	/** The execution's cancel signal, where there is an execution. */
	cancelSignal(): AbortSignal | undefined {
		if (this.settings.evenWhenCancelled) return undefined;
		return 'getExecutionCancelSignal' in this.context ? this.context.getExecutionCancelSignal() : undefined;
	}
}

/** Lists and objects as JSON; a date, which JSON makes a text of, as that text. */
function queryText(value: QueryValue): string {
	if (typeof value !== 'object') return String(value);
	const json = JSON.stringify(value);
	return json.startsWith('"') ? (JSON.parse(json) as string) : json;
}

function describeRequest(url: string, request: CrossbarRequest): IDataObject {
	const { method, body, file } = request;
	return {
		method,
		url: maskUrl(url),
		...(body === undefined ? {} : { body: maskSecrets(body) as IDataObject }),
		...(file === undefined ? {} : { file: { mimeType: file.mimeType, bytes: file.length } }),
		curl: curl(url, request),
	};
}
