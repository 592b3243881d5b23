/** The workflows of GitHub: what they run cannot be exchanged, and who may publish runs nothing else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../../.github/workflows');
const files = readdirSync(FOLDER);
const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8');

test.each(files)('%s pins each action by its commit, and says which version that is', (file) => {
	const used = [...read(file).matchAll(/uses: (.*)/g)].map(([, action]) => action);
	expect(used.length).toBeGreaterThan(0);
	for (const action of used)
		expect(action).toMatch(
			/^(\.\/\.github\/workflows\/[\w-]+\.yml|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/,
		);
});

test('the job that can publish builds and installs nothing', () => {
	const jobs = read('publish.yml').split(/\n(?= {2}[\w-]+:\n)/);
	const trusted = jobs.filter((job) => job.includes('id-token: write'));
	expect(trusted).toHaveLength(1);
	expect([...(trusted[0] ?? '').matchAll(/run: (.*)/g)].map(([, command]) => command)).toEqual([
		'npm publish ./n8n-nodes-kazoo.tgz --provenance --access public --ignore-scripts',
	]);
	expect(trusted[0]).not.toContain('checkout');
	for (const file of files.filter((name) => name !== 'publish.yml' && name !== 'docs.yml'))
		expect(read(file)).not.toContain('id-token');
});

test('the job that puts up the site does nothing else', () => {
	const jobs = read('docs.yml').split(/\n(?= {2}[\w-]+:\n)/);
	const trusted = jobs.filter((job) => job.includes('id-token: write'));
	expect(trusted).toHaveLength(1);
	expect(trusted[0]).not.toMatch(/run:|checkout/);
	expect([...(trusted[0] ?? '').matchAll(/uses: ([\w/-]+)/g)].map(([, action]) => action)).toEqual([
		'actions/deploy-pages',
	]);
});
