/** `node --test test/lint/` (part of `npm run lint`). */
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import kazoo from './rules.mjs';

RuleTester.describe = describe;
RuleTester.it = it;
const tester = new RuleTester({ languageOptions: { parser: tseslint.parser } });
const at = (file) => (code) => ({ code, filename: resolve(file) });
const refused = (file, messageId) => (code) => ({ ...at(file)(code), errors: [{ messageId }] });

const crossbar = 'crossbar/catalogue/device.ts';
const node = 'nodes/Kazoo/Kazoo.node.ts';
const sandbox = 'sandbox/auth/login.ts';

tester.run('boundaries', kazoo.rules.boundaries, {
	valid: [
		at(crossbar)(
			"import { createHash } from 'crypto'; import { crud } from './notation'; import type { IDataObject } from 'n8n-workflow';",
		),
		at(node)("import { catalogue } from '../../crossbar/catalogue'; export * from './properties';"),
		at('credentials/CrossbarApi.credentials.ts')("import { login } from '../crossbar/http/login';"),
		at(sandbox)("import fastify from 'fastify'; import { store } from '../store'; const x = require('ws');"),
		at('test/node/kazoo.test.ts')("import { Kazoo } from '../../nodes/Kazoo/Kazoo.node'; import 'axios';"),
	],
	invalid: [
		...[
			"import { x } from '../../nodes/Kazoo/properties';",
			"import type { x } from '../../sandbox/store';",
			"export { x } from '../../test/unit/x';",
			"export * from '../../runtime/x';",
			"const x = await import('../../nodes/x');",
			"type X = import('../../nodes/x').X;",
			"const x = require('../../credentials/x');",
			"import x = require('../../nodes/x');",
			"import x from '../../../elsewhere';",
			"import x from '../../package.json';",
		].map(refused(crossbar, 'folder')),
		...["import 'axios';", "import { setTimeout } from 'node:timers';", "import { z } from 'zod';"].map(
			refused(crossbar, 'package'),
		),
		...["import '../../sandbox';", "import '../../test/x';"].map(refused(node, 'folder')),
		refused('credentials/CrossbarApi.credentials.ts', 'package')("import axios from 'axios';"),
		...[
			"import '../../crossbar/values/time';",
			"import '../../nodes/x';",
			"import '../../credentials/x';",
		].map(refused(sandbox, 'folder')),
	],
});

tester.run('documented-exports', kazoo.rules['documented-exports'], {
	valid: [
		'/** Adds. */ export function add() {}',
		'/** Adds. */\nexport const add = () => 1;',
		'/** Adds. */ export class Adder {}',
		'/** Adds. */ export function add(a: string): void; export function add(a: number): void;',
		'export const limit = 1; export type Name = string; export { add } from "./add";',
		'function local() {}',
	],
	invalid: [
		'export function add() {}',
		'// Adds.\nexport function add() {}',
		'/* Adds. */ export class Adder {}',
		'export const add = () => 1;',
		'export default function () {}',
	].map((code) => ({ code, errors: [{ messageId: 'missing' }] })),
});
