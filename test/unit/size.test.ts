import { Kazoo } from '../../nodes/Kazoo/Kazoo.node';

/** Of the description as JSON: every n8n editor fetches it before it can show a node. */
const MOST_BYTES = 420 * 1024;

it('keeps the description of the action node small', () => {
	expect(Buffer.byteLength(JSON.stringify(new Kazoo().description))).toBeLessThan(MOST_BYTES);
});
