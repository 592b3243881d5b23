import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { replay } from './player';
import { readRecording } from './recording';
import { summarise, toText } from './report';

/** Where the recordings of a real KAZOO are, on machines that have them. */
const RECORDINGS = join(__dirname, '../../../shared/crossbar');

/**
 * The least share, in per cent, that must agree: of exchanges, and of events (webhook deliveries and websocket frames).
 * Raise it when the sandbox has become better; never lower it.
 */
const FLOORS: Record<string, { exchange: number; event?: number }> = {
	'recorded-exchanges.jsonl': { exchange: 97, event: 91 },
	'recorded-jobs.jsonl': { exchange: 95.5 },
	'recorded-events.jsonl': { exchange: 95, event: 96.5 },
};

/** The least share of our own exchanges, which run everywhere. */
const OWN_FLOOR = 100;

async function share(file: string): Promise<{ exchange: number; event: number }> {
	const result = await replay(readRecording(file), 4);
	process.stdout.write(
		`conformance: ${file.split('/').pop() ?? ''} ${toText(result, 0).split('\n').pop() ?? ''}\n`,
	);
	const percent = (wanted: string) =>
		summarise(result.outcomes.filter(({ kind }) => kind === wanted)).percent;
	return { exchange: percent('exchange'), event: percent('event') };
}

describe('the sandbox against recorded exchanges', () => {
	it('agrees with our own exchanges, written from what is known of Crossbar', async () => {
		const { exchange } = await share(join(__dirname, 'exchanges.jsonl'));
		expect(exchange).toBeGreaterThanOrEqual(OWN_FLOOR);
	});

	if (existsSync(RECORDINGS)) {
		it.each(Object.entries(FLOORS))(
			'agrees with %s at least as far as %j %%',
			async (name, floor) => {
				const { exchange, event } = await share(join(RECORDINGS, name));
				expect(exchange).toBeGreaterThanOrEqual(floor.exchange);
				if (floor.event !== undefined) expect(event).toBeGreaterThanOrEqual(floor.event);
			},
			300_000,
		);
	} else {
		it('says that the recordings of a real KAZOO are not here', () => {
			process.stdout.write(`conformance: no recordings in ${RECORDINGS}: only our own exchanges ran\n`);
			expect(existsSync(join(__dirname, 'exchanges.jsonl'))).toBe(true);
		});
	}
});
