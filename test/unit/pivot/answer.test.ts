import { answerOf } from '../../../crossbar/pivot/answer';
import { checkTwiml } from '../../../crossbar/pivot/twiml';

const say = { module: 'tts', data: { text: 'Hi' }, children: {} };

describe('an answer', () => {
	test.each([
		['a step', say],
		['a step without children', { module: 'tts', data: { text: 'Hi' } }],
		['a step among other things', { ...say, call_id: 'x' }],
		['a callflow', { name: 'Main', numbers: [], flow: say }],
		['a step as text', JSON.stringify(say)],
	])('may be %s', (_, given) => {
		const { contentType, body } = answerOf(given);
		expect(contentType).toBe('application/json');
		expect(JSON.parse(body)).toEqual(say);
	});

	test('may be TwiML', () => {
		const twiml = '<?xml version="1.0"?>\n<Response><Say voice="woman">Hi</Say></Response>';
		expect(answerOf({ twiml })).toEqual({ contentType: 'text/xml', body: twiml });
		expect(answerOf(twiml).contentType).toBe('text/xml');
	});

	test.each([
		[undefined, /is no step/],
		[[say], /is no step/],
		[{}, /has no module/],
		['', /neither JSON nor TwiML/],
		['"tts"', /is no step/],
		[{ module: 'tss', data: {} }, /no module “tss”/],
		[{ module: 'tts', data: {} }, /text is missing/],
		[{ message: 'Error in workflow' }, /has no module/],
		['<Response><Say>Hi</Response>', /closes <Response>/],
	])('is not %j', (given, words) => {
		expect(() => answerOf(given)).toThrow(words);
	});
});

describe('TwiML', () => {
	test.each([
		'<Response/>',
		'<Response><!-- nothing --><Hangup/></Response>',
		`<Response><Gather numDigits='1' action="/again?a=1&amp;b=2"><Say>Press one</Say><Pause length="2"/></Gather></Response>`,
		'<Response><Dial timeout="20" callerId="+14155550100"><Number sendDigits="1">+14155550101</Number></Dial></Response>',
		'<Response><Set><Variable key="a" value="b"/></Set><Redirect method="GET">http://x/</Redirect></Response>',
		'<Response><Start><Stream url="wss://x"><Parameter name="a" value="b"/></Stream></Start></Response>',
	])('%s is understood', (text) => {
		expect(() => checkTwiml(text)).not.toThrow();
	});

	test.each([
		['', /is empty/],
		['Hello', /text where none may be/],
		['<Say>Hi</Say>', /begins with <Say>/],
		['<Response><Sms>Hi</Sms></Response>', /has <Sms>, which KAZOO does not know/],
		['<Response><Say speed="2">Hi</Say></Response>', /attribute speed in <Say speed="2">/],
		['<Response><Say><Play>x</Play></Say></Response>', /<Play> inside <Say>/],
		['<Response>Hi</Response>', /text where none may be: “Hi”/],
		['<Response><Say>Hi', /does not close <Say>/],
		['<Response></Response><Response/>', /more than one root/],
		['<Response><Say>A & B</Say></Response>', /bare &/],
		['<Response><Say loop=1>Hi</Say></Response>', /not XML near “<Say loop=1>/],
	])('%s is not', (text, words) => {
		expect(() => checkTwiml(text)).toThrow(words);
	});
});
