import { join } from 'node:path';
import { withRecordings } from '../recordings';
import { knownDifferences } from './known-differences';
import { replay } from './player';
import { readRecording } from './recording';
import { summarise, toText } from './report';

/**
 * The least share, in per cent, that must agree: of exchanges, and of events (webhook deliveries and websocket frames).
 * Raise it when the sandbox has become better; never lower it.
 */
const FLOORS: Record<string, { exchange: number; event?: number }> = {
	'recorded-exchanges.jsonl': { exchange: 97.6, event: 92.8 },
	'recorded-jobs.jsonl': { exchange: 95.8 },
	'recorded-events.jsonl': { exchange: 97, event: 97.1 },
	'recorded-exchanges-2.jsonl': { exchange: 99.4 },
	'recorded-plans.jsonl': { exchange: 99.3 },
};

/** The least share of our own exchanges, which run everywhere. */
const OWN_FLOOR = 100;

async function share(file: string): Promise<{ exchange: number; event: number; unexplained: string[] }> {
	const result = await replay(readRecording(file), 4);
	process.stdout.write(
		`conformance: ${file.split('/').pop() ?? ''} ${toText(result, 0).split('\n').pop() ?? ''}\n`,
	);
	const percent = (wanted: string) =>
		summarise(result.outcomes.filter(({ kind }) => kind === wanted)).percent;
	const unexplained = result.outcomes
		.filter(({ differences }) => differences.length > 0)
		.filter((outcome) => !knownDifferences.some(({ applies }) => applies(outcome)))
		.map(({ line, name }) => `${line} ${name}`);
	return { exchange: percent('exchange'), event: percent('event'), unexplained };
}

describe('the sandbox against recorded exchanges', () => {
	it('agrees with our own exchanges, written from what is known of Crossbar', async () => {
		const { exchange } = await share(join(__dirname, 'exchanges.jsonl'));
		expect(exchange).toBeGreaterThanOrEqual(OWN_FLOOR);
	});

	withRecordings('and those of a real KAZOO', Object.keys(FLOORS), ({ path }) => {
		it.each(Object.entries(FLOORS))(
			'agrees with %s at least as far as %j %%',
			async (name, floor) => {
				const { exchange, event, unexplained } = await share(path(name));
				expect(exchange).toBeGreaterThanOrEqual(floor.exchange);
				// Every difference that stays has its reason in known-differences.ts.
				expect(unexplained).toEqual([]);
				if (floor.event !== undefined) expect(event).toBeGreaterThanOrEqual(floor.event);
			},
			300_000,
		);
	});
});
