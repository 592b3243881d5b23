import { Gather } from '../../../crossbar/live/gather';
import { FakeClock, settle } from './fakes';

function gather(pause: () => number = () => 100) {
	const clock = new FakeClock(0);
	const given: number[][] = [];
	const one = new Gather<number>({ clock, pause, give: (items) => given.push(items) });
	return { clock, given, one };
}

test('what comes after a silence is given on at once', async () => {
	const { clock, given, one } = gather();
	one.add([1]);
	expect(given).toEqual([[1]]);
	await clock.pass(100);
	one.add([2, 3]);
	expect(given).toEqual([[1], [2, 3]]);
});

test('in a burst all that came in a pause is given on together, in its order', async () => {
	const { clock, given, one } = gather();
	one.add([1]);
	one.add([2]);
	await clock.pass(60);
	one.add([3]);
	expect(given).toEqual([[1]]);
	await clock.pass(40);
	expect(given).toEqual([[1], [2, 3]]);
	one.add([4]);
	await clock.pass(99);
	expect(given).toEqual([[1], [2, 3]]);
	await clock.pass(1);
	expect(given).toEqual([[1], [2, 3], [4]]);
});

test('how long a pause is, is asked each time', async () => {
	let pause = 1_000;
	const { clock, given, one } = gather(() => pause);
	one.add([1]);
	one.add([2]);
	pause = 10;
	await clock.pass(999);
	expect(given).toEqual([[1]]);
	await clock.pass(1);
	one.add([3]);
	await clock.pass(10);
	expect(given).toEqual([[1], [2], [3]]);
});

test('closing gives on what waits, and nothing twice', async () => {
	const { clock, given, one } = gather();
	one.add([1]);
	one.add([2]);
	one.close();
	expect(given).toEqual([[1], [2]]);
	await clock.pass(1_000);
	await settle();
	expect(given).toEqual([[1], [2]]);
});
