/** An n8n that is too old is told so, in place of "Class could not be found". */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const NODES = ['Kazoo', 'KazooTrigger', 'KazooLiveTrigger', 'KazooPollTrigger', 'KazooPivotTrigger'];
const OLDEST = '1.123';

afterEach(() => jest.resetModules());

test.each(NODES)('%s says which n8n it needs', async (name) => {
	jest.doMock('n8n-workflow', () => ({
		...jest.requireActual<object>('n8n-workflow'),
		NodeConnectionTypes: undefined,
	}));
	let thrown: unknown;
	try {
		await jest.isolateModulesAsync(() => import(`../../nodes/${name}/${name}.node`) as Promise<void>);
	} catch (error) {
		thrown = error;
	}
	jest.dontMock('n8n-workflow');
	expect((thrown as Error).message).toBe(
		`This n8n is too old for the KAZOO nodes: they need n8n ${OLDEST} or newer`,
	);
	// n8n puts its own words in place of a TypeError's
	expect((thrown as Error).name).toBe('Error');
});

test('README, package.json and the list of versions that are tried say the same', () => {
	const text = (file: string) => readFileSync(join(root, file), 'utf8');
	expect(text('README.md')).toContain(`n8n ${OLDEST} and newer`);
	expect((JSON.parse(text('package.json')) as { engines: object }).engines).toMatchObject({
		n8n: `>=${OLDEST}.0`,
	});
	const [oldest] = JSON.parse(text('test/e2e/versions.json')) as Array<{ n8n: string }>;
	expect(oldest?.n8n).toMatch(new RegExp(`^${OLDEST}\\.`));
});
