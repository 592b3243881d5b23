import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { replay } from './player';
import { readRecording } from './recording';
import { summarise, toText } from './report';

/** Where the recordings of a real KAZOO are, on machines that have them. */
const RECORDINGS = join(__dirname, '../../../shared/crossbar');

/**
 * The least share of exchanges, in per cent, that must agree. Raise it when the sandbox has become better; never lower
 * it.
 */
const FLOORS: Record<string, number> = {
	'recorded-exchanges.jsonl': 97,
	'recorded-jobs.jsonl': 95.5,
};

/** The least share of our own exchanges, which run everywhere. */
const OWN_FLOOR = 100;

async function share(file: string): Promise<number> {
	const result = await replay(readRecording(file), 4);
	const summary = summarise(result.outcomes);
	process.stdout.write(
		`conformance: ${file.split('/').pop() ?? ''} ${toText(result, 0).split('\n').pop() ?? ''}\n`,
	);
	return summary.percent;
}

describe('the sandbox against recorded exchanges', () => {
	it('agrees with our own exchanges, written from what is known of Crossbar', async () => {
		expect(await share(join(__dirname, 'exchanges.jsonl'))).toBeGreaterThanOrEqual(OWN_FLOOR);
	});

	if (existsSync(RECORDINGS)) {
		it.each(Object.entries(FLOORS))(
			'agrees with %s at least as far as %d %%',
			async (name, floor) => {
				expect(await share(join(RECORDINGS, name))).toBeGreaterThanOrEqual(floor);
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
