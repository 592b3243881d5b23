import { answerOf } from '../../crossbar/http/answer';
import type { Envelope } from '../../crossbar/http/messages';

/** What is told of an answer with this text before its data is read, and the answer's envelope. */
async function foreseen(body: string, statusCode = 200) {
	const heads: Envelope[] = [];
	const foresee = (head: Envelope) => {
		heads.push(head);
		return false;
	};
	const { envelope } = await answerOf({ statusCode, headers: {}, body }, { foresee });
	return { heads, envelope };
}

describe('what an answer says before its data', () => {
	it('is told, the answer stays whole', async () => {
		const body = '{"next_start_key":"g2wA","page_size":2,"data":[{"id":"a"}],"status":"success"}';
		const { heads, envelope } = await foreseen(body);
		expect(heads).toEqual([{ next_start_key: 'g2wA', page_size: 2 }]);
		expect(envelope).toEqual(JSON.parse(body));
	});

	it.each([
		['the data comes first', '{"data":[{"a":1,"data":[2]}],"next_start_key":"k"}'],
		['it stands in an object before', '{"tokens":{"consumed":1,"data":[1]},"next_start_key":"k","data":[2]}'],
		['it stands in a text', '{"message":"a,\\"data\\":[","next_start_key":"k"}'],
		['it is no list', '{"next_start_key":"k","data":{"a":1}}'],
		['it is no JSON', '<html>,"data":[</html>'],
		['the body is empty', ''],
	])('is not told when %s', async (_, body) => {
		expect((await foreseen(body)).heads).toEqual([]);
	});

	it('is not told of an error', async () => {
		expect((await foreseen('{"message":"no","data":[]}', 400)).heads).toEqual([]);
	});
});
