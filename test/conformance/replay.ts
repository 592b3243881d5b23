import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { coveragePage } from './coverage';
import { replay, type Replay } from './player';
import { readRecording } from './recording';
import { summarise, toText } from './report';

const USAGE =
	'usage: npm run conformance -- FILE [--profile 4|5] [--only NAME-PREFIX] [--differences N] [--json]\n' +
	'Replays recorded exchanges of a real KAZOO against a fresh sandbox and says what agrees.\n' +
	'       npm run conformance -- --coverage PAGE FILE ...: writes a page with the shares by route.\n';

/** Runs the command; gives back what the process should end with: 0 when it ran, 2 for wrong usage. */
async function main(): Promise<number> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			profile: { type: 'string', default: '4' },
			only: { type: 'string', default: '' },
			differences: { type: 'string', default: '10' },
			json: { type: 'boolean', default: false },
			coverage: { type: 'string' },
		},
	});
	const [file] = positionals;
	const shown = Number(values.differences);
	if (file === undefined || !['4', '5'].includes(values.profile) || !Number.isInteger(shown)) {
		process.stderr.write(USAGE);
		return 2;
	}
	if (values.coverage !== undefined) {
		const replays = [];
		for (const each of positionals) replays.push(await replay(readRecording(each), 4));
		writeFileSync(values.coverage, coveragePage(replays.flatMap(({ outcomes }) => outcomes)));
		return 0;
	}
	const result = only(await replay(readRecording(file), values.profile === '5' ? 5 : 4), values.only);
	process.stdout.write(
		values.json
			? `${JSON.stringify({ ...summarise(result.outcomes), ...result })}\n`
			: `${toText(result, shown)}\n`,
	);
	return 0;
}

/** Everything is replayed, for later lines need earlier ones; only what was asked for is reported. */
function only(result: Replay, prefix: string): Replay {
	return { ...result, outcomes: result.outcomes.filter(({ name }) => name.startsWith(prefix)) };
}

main().then(
	(code) => {
		process.exitCode = code;
	},
	(error: Error) => {
		process.stderr.write(`${error.message}\n`);
		process.exitCode = 1;
	},
);
