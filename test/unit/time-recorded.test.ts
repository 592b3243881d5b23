/** Whether the date fields known by name are all that a real Crossbar was recorded to send, where recordings are at hand. */
import { datesFromIso, datesToIso, isDateField } from '../../crossbar/values/time';
import { EXCHANGES, withRecordings } from '../recordings';

interface Line {
	request?: { path: string };
	response?: { status: number; body: { data?: unknown } | null };
}

/** Calls `visit` with every field that is not an object or a list. */
function walk(value: unknown, visit: (key: string, value: unknown) => void, key = ''): void {
	if (Array.isArray(value)) value.forEach((entry) => walk(entry, visit, key));
	else if (typeof value === 'object' && value !== null)
		Object.entries(value).forEach(([name, entry]) => walk(entry, visit, name));
	else visit(key, value);
}

/** Gregorian seconds of 1980 to 2040, as number or text. */
const looksGregorian = (value: unknown): boolean =>
	/^\d{11}$/.test(String(value)) && Number(value) > 62_482_000_000 && Number(value) < 64_376_000_000;

withRecordings('dates against recorded answers', EXCHANGES, ({ lines }) => {
	const data = lines<Line>(...EXCHANGES)
		.filter(({ request, response }) => request?.path.startsWith('/v2') && (response?.status ?? 999) < 300)
		.map(({ response }) => response?.body?.data)
		.filter((value) => typeof value === 'object' && value !== null);

	it('every Gregorian second in a record becomes an ISO date', () => {
		const left = new Set<string>();
		let dates = 0;
		for (const value of data) {
			walk(datesToIso(value), (key, entry) => {
				if (looksGregorian(entry)) left.add(key);
				if (/^\d{4}-\d\d-\d\dT[\d:]+Z$/.test(String(entry))) dates++;
			});
		}
		// Bodies that webhooks were sent, kept as text in the log of attempts
		expect([...left].filter((key) => key !== 'req_body')).toEqual([]);
		expect(dates).toBeGreaterThan(1_000);
	});

	it('and back again', () => {
		for (const value of data) {
			const numbers = JSON.parse(
				JSON.stringify(value, (_key, entry: unknown) => (looksGregorian(entry) ? Number(entry) : entry)),
			) as Record<string, unknown>;
			const shown = datesToIso(numbers) as Record<string, unknown>;
			const isShown = (path: string): boolean => isDateField(path.split('.').at(-1) ?? path);
			expect(datesFromIso(shown, isShown)).toEqual(numbers);
		}
	});
});
