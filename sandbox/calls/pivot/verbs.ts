import { TalkOver } from '../interruption';
import { isReconcilable, normaliseNumber } from '../../values/phone-numbers';
import { hex } from '../../values/ids';
import { ENDINGS } from '../endings';
import { ring, type Ring } from '../ring';
import { saveRecording } from '../records';
import type { Outcome } from '../modules/outcome';
import type { SimulatedCall } from '../call';
import type { PivotVars } from './request';
import type { Streams } from './streams';
import { type Element, TwimlError } from './twiml';

/** What verbs need of the conversation that they are part of. */
interface Conversation {
	readonly call: SimulatedCall;
	/** The address of the last request: others are relative to it. */
	readonly current: string;
	readonly streams: Streams;
	/** Asks an address and does what it says. */
	ask(url: string, method: string | undefined, vars: PivotVars): Promise<Outcome>;
}

/** Undefined: the next verb follows. */
type Verb = (conversation: Conversation, element: Element, vars: PivotVars) => Promise<Outcome | undefined>;

const CLIP = 3;

function numberOf(element: Element, name: string, otherwise: number): number {
	const value = Number(element.attributes[name] ?? otherwise);
	if (!Number.isFinite(value) || value < 0) throw new TwimlError(`<${element.name} ${name}> is no number`);
	return value;
}

/** Requests of TwiML are POST unless told otherwise. */
const ask = (conversation: Conversation, element: Element, vars: PivotVars): Promise<Outcome> =>
	conversation.ask(
		element.attributes.action ?? conversation.current,
		element.attributes.method ?? 'post',
		vars,
	);

const say: Verb = async ({ call }, { text }) => {
	call.pickUp();
	call.note(call.caller, `hears "${text}"`);
	await call.listen(Math.max(1, text.length / 15));
	return undefined;
};

const play: Verb = async ({ call }, element) => {
	call.pickUp();
	call.note(call.caller, `hears ${element.text}`);
	await call.listen(CLIP * (numberOf(element, 'loop', 1) || 1));
	return undefined;
};

const pause: Verb = async ({ call }, element) => {
	await call.listen(numberOf(element, 'length', 1));
	return undefined;
};

const gather: Verb = async (conversation, element, vars) => {
	const { call } = conversation;
	call.pickUp();
	let digits: string | undefined;
	for (const child of element.children) {
		if (!['Say', 'Play', 'Pause'].includes(child.name)) throw new TwimlError(`<${child.name}> in <Gather>`);
		call.note(call.caller, child.name === 'Pause' ? 'waits' : `hears "${child.text}"`);
		digits = await call.listen(child.name === 'Say' ? Math.max(1, child.text.length / 15) : CLIP, true);
		if (digits !== undefined) break;
	}
	digits ??= await call.listen(numberOf(element, 'timeout', 5), true);
	if (digits === undefined) return undefined;
	const [pressed = ''] = digits.split(element.attributes.finishOnKey ?? '#');
	const Digits = pressed.slice(0, numberOf(element, 'numDigits', Number.MAX_SAFE_INTEGER));
	return ask(conversation, element, { ...vars, Digits });
};

const record: Verb = async (conversation, element, vars) => {
	const { call } = conversation;
	call.pickUp();
	call.note(call.caller, 'is recorded after the tone');
	const step = call.next;
	if (step?.do !== 'leaveMessage') {
		await call.listen(numberOf(element, 'timeout', 5));
		return undefined;
	}
	await call.waitUntil(call.due(step));
	const from = call.clock.time;
	const seconds = Math.min(step.seconds, numberOf(element, 'maxLength', 3600));
	await call.waitUntil(from + seconds);
	call.take();
	call.note(call.caller, `speaks for ${seconds} seconds`);
	const id = saveRecording(call, call.caller, from);
	call.left.recordings.push(id);
	return ask(conversation, element, {
		...vars,
		RecordingUrl: element.attributes.recordingUrl ?? `/accounts/${call.account._id}/recordings/${id}`,
		RecordingDuration: String(Math.round(seconds)),
		RecordingSid: id,
	});
};

function targetsOf({ call }: Conversation, element: Element): Ring[] {
	const isEndpoints = element.children.length > 0;
	const timing = { delay: 0, timeout: Math.min(numberOf(element, 'timeout', isEndpoints ? 20 : 30), 3600) };
	const outside = (number: string): Ring[] => {
		const phone = isReconcilable(number) ? undefined : call.directory.findPhone(number);
		if (phone) return [{ endpoint: call.directory.endpoint(phone.device), ...timing }];
		const as = element.attributes.callerId
			? { number: element.attributes.callerId }
			: { ...call.caller.caller };
		return [{ endpoint: { outside: normaliseNumber(number), dialled: number, as }, ...timing }];
	};
	if (!isEndpoints) return outside(element.text);
	return element.children.flatMap((child) => {
		switch (child.name) {
			case 'Number':
			case 'Sip':
				return outside(child.text.replace(/^sips?:/, ''));
			case 'Device': {
				const device = call.directory.get('device', child.text);
				return device ? [{ endpoint: call.directory.endpoint(device), ...timing }] : [];
			}
			case 'User': {
				const user = call.directory.get('user', child.text);
				return user ? call.directory.endpointsOf(user).map((endpoint) => ({ endpoint, ...timing })) : [];
			}
			default:
				throw new TwimlError(`<${child.name}> in <Dial>`);
		}
	});
}

const STATUS: Record<string, string> = { NO_ANSWER: 'no-answer', USER_BUSY: 'busy' };

const dial: Verb = async (conversation, element, vars) => {
	const { call } = conversation;
	const [first] = element.children;
	if (first?.name === 'Conference') {
		return { flow: { module: 'conference', data: { id: first.text } } };
	}
	if (first?.name === 'Queue') {
		// KAZOO reads the word, and has nothing behind it.
		call.note('sandbox', 'there are no queues behind <Queue>: the call is hung up');
		return { end: ENDINGS.talked };
	}
	call.comesBack = true;
	const began = call.clock.time;
	let status: string;
	try {
		const failure = await ring(call, targetsOf(conversation, element));
		status = STATUS[failure.cause] ?? 'failed';
	} catch (error) {
		if (!(error instanceof TalkOver)) throw error;
		status = 'completed';
	} finally {
		call.comesBack = false;
	}
	if (element.attributes.action === undefined) return undefined;
	return ask(conversation, element, {
		...vars,
		DialCallStatus: status,
		DialCallSid: call.legs.at(-1)?.id ?? hex(),
		DialCallDuration: String(Math.round(call.clock.time - began)),
	});
};

const set: Verb = async (_conversation, element, vars) => {
	for (const { name, attributes } of element.children) {
		if (name !== 'Variable') throw new TwimlError(`<${name}> in <${element.name}>`);
		vars[String(attributes.key)] = String(attributes.value);
	}
	return undefined;
};

const redirect: Verb = async (conversation, element, vars) => {
	await set(conversation, element, vars);
	return conversation.ask(element.text || conversation.current, element.attributes.method ?? 'post', vars);
};

/** `<Stream>` is the one thing that can be started, connected and stopped. */
function streamIn(element: Element): Element {
	const [first] = element.children;
	if (first?.name !== 'Stream') throw new TwimlError(`<${first?.name ?? ''}> in <${element.name}>`);
	return first;
}

const start: Verb = async (conversation, element) => {
	await conversation.streams.start(streamIn(element), conversation.current);
	return undefined;
};

const connect: Verb = async (conversation, element) => {
	conversation.call.pickUp();
	await conversation.streams.connect(streamIn(element), conversation.current);
	return { end: ENDINGS.talked };
};

const stop: Verb = async (conversation, element) => {
	conversation.streams.stop(streamIn(element).attributes);
	return undefined;
};

const reject: Verb = async ({ call }, { attributes }) => {
	call.note(call.caller, `is turned away (${attributes.reason ?? 'rejected'})`);
	return { end: attributes.reason === 'busy' ? ENDINGS.busy : { ...ENDINGS.rejected, code: 'sip:503' } };
};

const VERBS: Record<string, Verb> = {
	Say: say,
	Play: play,
	Pause: pause,
	Gather: gather,
	Record: record,
	Dial: dial,
	Set: set,
	Redirect: redirect,
	Reject: reject,
	Hangup: async () => ({ end: ENDINGS.talked }),
};

/** Verbs of KAZOO 5 only. */
const VERBS_OF_FIVE: Record<string, Verb> = { ...VERBS, Start: start, Connect: connect, Stop: stop };

/** Does what a document says, verb by verb; at its end the call is over. Throws TwimlError at a verb KAZOO has not. */
export async function runTwiml(conversation: Conversation, verbs: readonly Element[]): Promise<Outcome> {
	const vars: PivotVars = {};
	const known = conversation.call.exchange.profile === 5 ? VERBS_OF_FIVE : VERBS;
	for (const element of verbs) {
		const verb = Object.hasOwn(known, element.name) ? known[element.name] : undefined;
		if (!verb) throw new TwimlError(`there is no verb <${element.name}>`);
		const outcome = await verb(conversation, element, vars);
		if (outcome !== undefined) return outcome;
	}
	return { end: ENDINGS.talked };
}
