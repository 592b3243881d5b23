/** Part of `npm run lint`: imports of this project, and whether what is forbidden would be seen. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { houses } from './houses.mjs';
import { forbiddenImports } from './rooms.mjs';

/** A project of these files in a folder of its own. */
async function forbiddenIn(files) {
	const folder = mkdtempSync(join(tmpdir(), 'rooms-'));
	try {
		for (const house of ['nodes', 'credentials', 'crossbar', 'sandbox']) mkdirSync(join(folder, house));
		for (const [name, text] of Object.entries(files)) {
			mkdirSync(dirname(join(folder, name)), { recursive: true });
			writeFileSync(join(folder, name), text);
		}
		return await forbiddenImports(folder, [
			{ folder: 'crossbar', rooms: [{ name: 'top' }, { name: 'middle' }, { name: 'bottom' }] },
		]);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

describe('imports', () => {
	it('go one way in this project', async () => {
		assert.deepEqual(await forbiddenImports(join(import.meta.dirname, '../..')), []);
	});

	it('from a room above are refused, also of types', async () => {
		const [first, ...more] = await forbiddenIn({
			'crossbar/bottom/a.ts': "import type { B } from '../middle/b';\nexport type A = B;",
			'crossbar/middle/b.ts': 'export interface B { b: 1 }',
			'crossbar/top/c.ts': "import type { A } from '../bottom/a';\nexport type C = A;",
		});
		assert.equal(first, 'not-above-crossbar/bottom: crossbar/bottom/a.ts → crossbar/middle/b.ts');
		assert.deepEqual(more, []);
	});

	it('in a circle are refused, also of types', async () => {
		const lines = await forbiddenIn({
			'nodes/a.ts': "import type { B } from './b';\nexport interface A { b: B }",
			'nodes/b.ts': "import type { A } from './a';\nexport interface B { a: A }",
		});
		assert.ok(lines.includes('no-circle: nodes/a.ts → nodes/b.ts → nodes/a.ts'), String(lines));
	});
});

describe('rooms', () => {
	it('are all in the list', () => {
		for (const { folder, rooms } of houses) {
			const listed = rooms.map(({ name }) => name);
			const folders = readdirSync(join(import.meta.dirname, '../..', folder), { withFileTypes: true });
			const missing = folders.filter((entry) => entry.isDirectory() && !listed.includes(entry.name));
			assert.deepEqual(missing, [], `${folder}/ has rooms that test/lint/houses.mjs does not list`);
		}
	});
});
