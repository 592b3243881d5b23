import type { Fields } from '../../store/database';
import type { SimulatedCall } from '../call';
import { ENDINGS } from '../endings';
import type { Outcome } from '../modules/outcome';
import { DebugLog } from './debug';
import { FlowErrors, readFlow } from './flow';
import {
	askServer,
	formOf,
	type PivotAnswer,
	PivotFailure,
	type PivotSettings,
	type PivotVars,
	type Serverless,
} from './request';
import { Streams } from './streams';
import { readTwiml, TwimlError } from './twiml';
import { runTwiml } from './verbs';
import { isLoopbackUrl } from '../../values/hosts';

/** What addresses of an answer are relative to that no server gave. */
const NOWHERE = 'http://serverless.invalid/';

/** Seconds that the callflow waits for word from Pivot. */
const PATIENCE = 10;

const JSON_TYPE = 'application/json';
const XML_TYPES = ['text/xml', 'application/xml'];

/** A conversation with a Pivot server: what it answers is done, and it is asked again where the answer says so. */
export class Conversation {
	private url: string;
	private ownStreams: Streams | undefined;

	constructor(
		readonly call: SimulatedCall,
		private readonly settings: PivotSettings,
		private readonly debug: DebugLog,
	) {
		this.url = settings.voice_url ?? NOWHERE;
	}

	/** The address of the last request: others are relative to it. */
	get current(): string {
		return this.url;
	}

	/** Where the sound of the call goes besides. */
	get streams(): Streams {
		return (this.ownStreams ??= new Streams(this.call));
	}

	/** Does what an answer says that came with the callflow: no server is asked. */
	begin({ flow_doc: doc, flow_type: type }: Serverless): Promise<Outcome> {
		return this.follow({ contentType: type, body: typeof doc === 'string' ? doc : JSON.stringify(doc) });
	}

	/** Asks an address and does what it says. */
	async ask(url: string, method: string | undefined, vars: PivotVars): Promise<Outcome> {
		this.url = new URL(url, this.url).href;
		const settings = { ...this.settings, voice_url: this.url, method };
		return this.follow(await askServer(this.call, settings, vars, this.debug));
	}

	private async follow({ contentType, body }: PivotAnswer): Promise<Outcome> {
		if (body.trim() === '') {
			this.call.note('sandbox', 'the answer is empty: the call is hung up');
			return { end: ENDINGS.talked };
		}
		if (contentType === JSON_TYPE) return this.followJson(body);
		if (XML_TYPES.includes(contentType)) return this.followTwiml(body);
		// KAZOO does not believe every label.
		if (body.trimStart().startsWith('<')) return this.followTwiml(body);
		if (body.trimStart().startsWith('{')) return this.followJson(body);
		throw new PivotFailure(`nobody understands its answer of type ${contentType}`, false);
	}

	private followJson(body: string): Outcome {
		try {
			const flow = readFlow(this.call.exchange.profile, body);
			this.call.note('sandbox', `the answer is the callflow step "${flow.module}"`);
			return { flow };
		} catch (error) {
			const wrong = error instanceof FlowErrors;
			if (!wrong && !(error instanceof SyntaxError)) throw error;
			if (wrong) this.debug.error({ schema_errors: error.errors });
			else
				this.debug.error({ json_errors: { before: body.slice(0, 100), after: '', message: error.message } });
			const what = wrong ? 'no valid callflow step' : 'no valid JSON';
			this.call.note('sandbox', `the answer is ${what} (${error.message}): the call is hung up`);
			return { end: ENDINGS.talked };
		}
	}

	private async followTwiml(body: string): Promise<Outcome> {
		try {
			return await runTwiml(this, readTwiml(body));
		} catch (error) {
			if (!(error instanceof TwimlError)) throw error;
			this.debug.error({ xml_errors: { message: error.message } });
			this.call.note('sandbox', `the answer is no TwiML (${error.message}): the call is hung up`);
			return { end: ENDINGS.talked };
		}
	}
}

/** Callflow step `pivot`: a server of the customer's says what happens to the call. */
export async function pivot(call: SimulatedCall, data: Fields): Promise<Outcome> {
	const settings = data as unknown as PivotSettings;
	const conversation = new Conversation(call, settings, new DebugLog(call, settings.debug === true));
	// Whether Pivot still has the call: after an answer in JSON the callflow has it again.
	let isOurs = true;
	call.atEnd.push(() => {
		if (isOurs && settings.cdr_url !== undefined) sendCdr(call, settings.cdr_url);
	});
	try {
		const serverless = call.exchange.profile === 5 ? settings.serverless : undefined;
		const outcome = serverless
			? await conversation.begin(serverless)
			: await conversation.ask(String(settings.voice_url), settings.method, {});
		isOurs = typeof outcome === 'object' && 'end' in outcome;
		return outcome;
	} catch (error) {
		if (!(error instanceof PivotFailure)) throw error;
		isOurs = false;
		call.note('sandbox', `asked ${conversation.current}, but ${error.message}: the callflow goes on`);
		// KAZOO 4 does not listen to errors of the connection, the callflow finds out by itself.
		if (error.wasSilent && call.exchange.profile === 4) await call.listen(PATIENCE);
		return '_';
	}
}

/** Tells a server of the customer's how the call ended. Nobody looks at its answer. */
function sendCdr(call: SimulatedCall, url: string): void {
	const { 'Custom-Channel-Vars': _vars, ...event } = call.caller.lastEvent;
	const headers = { 'content-type': 'application/x-www-form-urlencoded' };
	if (isLoopbackUrl(url) && !call.exchange.allowLoopbackUris) {
		call.note('sandbox', `does not tell ${url}: this machine is not called without --allow-loopback-uris`);
		return;
	}
	fetch(url, { method: 'POST', headers, body: formOf(event), redirect: 'manual' }).then(
		(response) => call.note('sandbox', `told ${url} how the call ended, it answered ${response.status}`),
		() => call.note('sandbox', `could not tell ${url} how the call ended`),
	);
}
