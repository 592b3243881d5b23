/** Checks an answer in TwiML: only what KAZOO understands of it. KAZOO hangs up at the first word it does not know. */
import { InvalidInput } from '../values/input';

interface Verb {
	readonly attributes: readonly string[];
	/** What may stand inside; `text` for words or an address. */
	readonly inside: readonly string[];
}

function verb(attributes: string, inside: string): Verb {
	return { attributes: attributes.split(' ').filter(Boolean), inside: inside.split(' ').filter(Boolean) };
}

const CONFERENCE =
	'announceCount beep callerControls endConferenceOnExit maxParticipants muted play_name startConferenceOnEnter waitMethod waitUrl';

const VERBS: Readonly<Record<string, Verb>> = {
	Conference: verb(CONFERENCE, 'text'),
	Connect: verb('action method', 'Stream'),
	Device: verb('', 'text'),
	Dial: verb(
		'action callerId continueOnFail hangupOn hangupOnStar method record strategy timeLimit timeout',
		'text Number Device User Sip Conference Queue',
	),
	Gather: verb('action finishOnKey method numDigits timeout', 'Say Play Pause'),
	Hangup: verb('', ''),
	Number: verb('sendDigits', 'text'),
	Parameter: verb('name value', ''),
	Pause: verb('length', ''),
	Play: verb('loop terminators', 'text'),
	Queue: verb('', 'text'),
	Record: verb('action finishOnKey maxLength method playBeep recordingUrl timeout', ''),
	Redirect: verb('method', 'text Variable'),
	Reject: verb('prompt reason', ''),
	Response: verb('', 'Connect Dial Gather Hangup Pause Play Record Redirect Reject Say Set Start Stop'),
	Say: verb('engine language loop terminators voice', 'text'),
	Set: verb('', 'Variable'),
	Sip: verb('', 'text'),
	Start: verb('', 'Stream'),
	Stop: verb('', 'Stream'),
	Stream: verb('audioCodec audioMix id name rawAudio sampleRate track url', 'Parameter'),
	User: verb('', 'text'),
	Variable: verb('key value', ''),
};

/** A comment, a declaration, a tag with its attributes, or text up to the next tag. */
const TOKEN =
	/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([A-Za-z][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;
const ATTRIBUTE = /(?<![\w:.-])([\w:.-]+)\s*=\s*(?:"[^"]*"|'[^']*')/g;
/** A sign that must be written as an entity. */
const BARE_AND = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-f]+);)/i;

/**
 * @throws InvalidInput with the first thing that KAZOO would not understand
 */
export function checkTwiml(text: string): void {
	const open: string[] = [];
	let roots = 0;
	TOKEN.lastIndex = 0;
	while (TOKEN.lastIndex < text.length) {
		const start = TOKEN.lastIndex;
		const match = TOKEN.exec(text);
		if (!match)
			throw wrong(
				`is not XML near “${text.slice(start, start + 30)}”`,
				'Close every tag and quote every attribute.',
			);
		const [whole, closing, name, attributes = '', empty, words] = match;
		if (BARE_AND.test(words ?? attributes)) throw wrong('has a bare & in a text', 'Write it as &amp;');
		if (words !== undefined) checkText(words, open.at(-1));
		else if (name === undefined) continue;
		else if (closing) {
			if (open.pop() !== name)
				throw wrong(`closes <${name}> where it is not open`, 'Close the tags in their order.');
		} else {
			if (open.length === 0 && ++roots > 1)
				throw wrong('has more than one root', 'Put everything into one <Response>.');
			checkTag(whole, name, attributes, open.at(-1));
			if (!empty) open.push(name);
		}
	}
	if (open.length > 0) throw wrong(`does not close <${String(open.at(-1))}>`, 'Close every tag.');
	if (roots === 0) throw wrong('is empty', 'Begin with <Response>.');
}

function checkTag(tag: string, name: string, attributes: string, parent: string | undefined): void {
	if (parent === undefined && name !== 'Response')
		throw wrong(`begins with <${name}>`, 'The outermost tag must be <Response>.');
	const known = VERBS[name];
	if (!known)
		throw wrong(`has <${name}>, which KAZOO does not know`, `It knows ${VERBS.Response?.inside.join(', ')}.`);
	const inside = parent === undefined ? [name] : (VERBS[parent]?.inside ?? []);
	if (!inside.includes(name)) {
		const may = inside.filter((entry) => entry !== 'text').join(', ') || 'nothing but text';
		throw wrong(`has <${name}> inside <${String(parent)}>`, `<${String(parent)}> may hold ${may}.`);
	}
	for (const [, attribute = ''] of attributes.matchAll(ATTRIBUTE)) {
		if (!known.attributes.includes(attribute))
			throw wrong(
				`has the attribute ${attribute} in ${tag}`,
				`<${name}> takes ${known.attributes.join(', ') || 'no attributes'}.`,
			);
	}
}

function checkText(words: string, parent: string | undefined): void {
	if (words.trim() === '') return;
	const may = parent !== undefined && VERBS[parent]?.inside.includes('text');
	if (!may)
		throw wrong(
			`has text where none may be: “${words.trim().slice(0, 30)}”`,
			'Put words to be read into <Say>.',
		);
}

function wrong(problem: string, whatToDo: string): InvalidInput {
	return new InvalidInput(`The TwiML ${problem}`, whatToDo);
}
