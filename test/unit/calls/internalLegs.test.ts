/** Which legs are KAZOO's own, and which only bear the mark. */
import { InternalLegs } from '../../../crossbar/calls/internalLegs';

const MARKED = { call_id: 'leg', is_internal_leg: true };
const END = { ...MARKED, hook_event: 'channel_destroy', from: 'a@x', to: 'b@x', billing_seconds: 6 };

test.each([
	['answered, with both addresses: a phone behind a loopback that bowed out', END, false],
	['the loopback that bows out', { ...END, hangup_cause: 'BOWOUT' }, true],
	['a loopback of a transfer, which calls nobody', { ...END, to: undefined }, true],
	['a loopback of a conference, which nobody calls', { ...END, from: undefined }, true],
	['nobody answered', { ...END, billing_seconds: 0 }, true],
	['another event', { ...END, hook_event: 'channel_answer' }, true],
	['without the mark', { ...END, is_internal_leg: false }, false],
])('%s', (_, event, expected) => {
	expect(new InternalLegs().isInternal(event)).toBe(expected);
});

test('how it began decides, whatever the end looks like', () => {
	const legs = new InternalLegs();
	legs.isInternal({ ...MARKED, hook_event: 'channel_create' });
	expect(legs.isInternal(END)).toBe(true);
	legs.isInternal({ call_id: 'leg', is_internal_leg: false, hook_event: 'channel_create' });
	expect(legs.isInternal({ ...END, billing_seconds: 0, to: undefined })).toBe(false);
});

test('so many legs are remembered at most', () => {
	const legs = new InternalLegs(2);
	for (const call_id of ['a', 'b', 'c'])
		legs.isInternal({ ...MARKED, call_id, hook_event: 'channel_create' });
	expect(['a', 'b', 'c'].map((call_id) => legs.isInternal({ ...END, call_id }))).toEqual([false, true, true]);
});
