import { flowWithout, isPersonal, membersWithout } from '../../../crossbar/jobs/people/flows';

const ANN = 'a'.repeat(32);
const BEN = 'b'.repeat(32);
const PHONE = 'c'.repeat(32);
const BOX = 'd'.repeat(32);

const isGone = (kind: string, id: string): boolean =>
	(kind === 'user' && id === ANN) || (kind === 'device' && id === PHONE);
const alone = { isGone, instead: {} };
const replaced = { isGone, instead: { user: BEN } };

const step = (module: string, data: object = {}, children: object = {}) => ({ module, data, children });
const ann = (children: object = {}) => step('user', { id: ANN, timeout: 20 }, children);
const box = step('voicemail', { id: BOX });
const ring = (...ids: string[]) =>
	step('ring_group', { endpoints: ids.map((id) => ({ id, endpoint_type: 'user', delay: 0 })) }, { _: box });

describe('a callflow without somebody', () => {
	test.each<[string, object, object | undefined, string[]]>([
		['goes on with what follows', ann({ _: box }), box, []],
		['loses one of a ring group', ring(ANN, BEN), ring(BEN), []],
		['loses a ring group of nobody, not what follows it', ring(ANN), box, []],
		[
			'loses a key of a menu',
			step('menu', { id: BOX }, { 1: ann(), 2: box }),
			step('menu', { id: BOX }, { 2: box }),
			[],
		],
		[
			'loses a branch where there is another way',
			step('temporal_route', { rules: [BOX] }, { [BOX]: ann(), _: box }),
			step('temporal_route', { rules: [BOX] }, { _: box }),
			[],
		],
		[
			'is bare where the only way went',
			step('temporal_route', { rules: [BOX] }, { [BOX]: box, _: ann() }),
			step('temporal_route', { rules: [BOX] }, { [BOX]: box }),
			['flow.children._'],
		],
		['is bare where nothing is left', ann(), undefined, ['flow']],
		[
			'is bare behind steps that take no call',
			step('set_cid', {}, { _: ann() }),
			step('set_cid'),
			['flow.children._'],
		],
		['of others stays as it is', ring(BEN), ring(BEN), []],
	])('%s', (_, flow, left, bare) => {
		expect(flowWithout(flow, alone)).toEqual({ flow: left, bare });
	});

	test.each<[string, object, object]>([
		['a step', ann({ _: box }), step('user', { id: BEN, timeout: 20 }, { _: box })],
		['one of a ring group, once', ring(ANN, BEN), ring(BEN)],
		['a phone', step('device', { id: PHONE, timeout: 9 }), step('user', { id: BEN, timeout: 9 })],
		[
			'a phone in a ring group',
			step('ring_group', { endpoints: [{ id: PHONE, endpoint_type: 'device', delay: 5 }] }),
			step('ring_group', { endpoints: [{ id: BEN, endpoint_type: 'user', delay: 5 }] }),
		],
	])('has the successor in place of %s', (_, flow, wanted) => {
		expect(flowWithout(flow, replaced)).toEqual({ flow: wanted, bare: [] });
	});
});

test('the members of a group', () => {
	const endpoints = { [ANN]: { type: 'user', weight: 1 }, [PHONE]: { type: 'device', weight: 2 } };
	expect(membersWithout(endpoints, alone)).toEqual({});
	expect(membersWithout(endpoints, replaced)).toEqual({ [BEN]: { type: 'user', weight: 1 } });
});

test.each<[string, object, boolean]>([
	['owned, with nothing of others', { owner_id: ANN, numbers: ['1'], flow: ann() }, true],
	['owned, and rings others too', { owner_id: ANN, numbers: ['1'], flow: ann({ _: ring(BEN) }) }, false],
	['nobody’s, with the extension', { numbers: ['101'], flow: ann() }, true],
	['nobody’s, with another number', { numbers: ['700'], flow: ann() }, false],
	['of somebody else', { owner_id: BEN, numbers: ['101'], flow: ann() }, false],
	['owned, rings nobody', { owner_id: ANN, numbers: ['1'], flow: step('play', { id: BOX }) }, false],
])('a callflow is personal: %s', (_, callflow, personal) => {
	expect(isPersonal(callflow as never, { id: ANN, extension: '101' }, isGone)).toBe(personal);
});
