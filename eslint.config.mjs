/**
 * `npm run lint`: what n8n asks of a verified community package, strict TypeScript for everything, and this
 * project's own borders. `npm run scan` runs n8n's own scanner besides.
 */
import eslint from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { defineConfig } from 'eslint/config';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';
import kazoo from './test/lint/rules.mjs';

const SHIPPED = ['nodes/**/*.ts', 'credentials/**/*.ts', 'crossbar/**/*.ts'];
const TYPESCRIPT = ['**/*.ts'];
const SCRIPTS = ['**/*.{js,mjs,cjs}'];

/**
 * The rule set of n8n's scanner (`buildScanConfig` of @n8n/scan-community-package), in the same order, with its
 * warnings as errors. crossbar/ is under it too, since its compiled code is in the package that n8n scans.
 */
const verifiedPackage = [
	{
		files: ['package.json', 'nodes/**/*.{ts,json}', 'credentials/**/*.{ts,json}', 'crossbar/**/*.ts'],
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		languageOptions: { parser: tseslint.parser },
		rules: { 'no-console': 'error' },
		// n8n looks past "eslint-disable" in what ships, so it must not be there
		linterOptions: { noInlineConfig: true },
	},
	{ files: ['package.json'], rules: n8nNodesBase.configs.community.rules },
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.credentials.rules,
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.nodes.rules,
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
];

const typescript = [
	{
		files: TYPESCRIPT,
		extends: [eslint.configs.recommended, tseslint.configs.recommended],
		languageOptions: {
			parserOptions: { project: 'tsconfig.dev.json', tsconfigRootDir: import.meta.dirname },
		},
		plugins: { kazoo },
		rules: {
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			// Meant are about 400; here is where it ends
			'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
			'no-undef': 'off', // TypeScript knows better
			'object-shorthand': 'error',
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
			'@typescript-eslint/no-unnecessary-type-assertion': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
			'@typescript-eslint/only-throw-error': 'error',
			'@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true },
			],
		},
	},
	{
		// Tables of facts are as long as there are facts
		files: ['sandbox/schemas/tables/**/*.ts', 'crossbar/catalogue/**/*.ts'],
		rules: { 'max-lines': 'off' },
	},
	{
		files: [...SHIPPED, 'sandbox/**/*.ts'],
		rules: { 'kazoo/boundaries': 'error', 'kazoo/documented-exports': 'error' },
	},
];

const requestHelper = (names, message) => [
	{ selector: `MemberExpression[object.property.name="helpers"][property.name=/${names}/]`, message },
	{ selector: `MemberExpression[object.name="helpers"][property.name=/${names}/]`, message },
	{ selector: `VariableDeclarator[init.property.name="helpers"] Property[key.name=/${names}/]`, message },
	{ selector: `VariableDeclarator[init.name="helpers"] Property[key.name=/${names}/]`, message },
];
const RESENDS = '^requestWithAuthentication';
const REQUESTS = '^(request|requestOAuth.*|httpRequest.*)$';
const noResending = requestHelper(
	RESENDS,
	'n8n sends such a request a second time after any error: use httpRequestWithAuthentication in the transport.',
);
const oneDoor = requestHelper(REQUESTS, 'crossbar/http/transport.ts is the only door to the network.');

const oldestN8n = [
	{
		selector: 'Property[key.name="ignoreHttpStatusErrors"] ObjectExpression',
		message:
			'n8n before 2.11 takes an object here as "all", 401 too, and then renews no token: true or false.',
	},
];

const network = [
	{ files: SHIPPED, rules: { 'no-restricted-syntax': ['error', ...noResending, ...oldestN8n, ...oneDoor] } },
	{
		// preAuthentication and the connection test come before there is a token to send
		files: ['crossbar/http/transport.ts', 'credentials/**/*.ts', 'nodes/*/credentialTest.ts'],
		rules: { 'no-restricted-syntax': ['error', ...noResending, ...oldestN8n] },
	},
];

const tests = {
	files: ['test/**/*.ts'],
	rules: {
		'no-restricted-syntax': [
			'error',
			{
				selector: 'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|skip|todo)$/]',
				message: 'A test that does not run says nothing: no only, skip or todo.',
			},
			{
				selector: 'Literal[value=/shared.crossbar/]',
				message: 'Recordings may be missing: withRecordings of test/recordings.ts runs tests where they are.',
			},
		],
	},
};
/** The one that leaves tests out, and has it said at the end. */
const recordings = {
	files: ['test/recordings.ts'],
	rules: { 'no-restricted-syntax': 'off' },
};

const scripts = {
	files: SCRIPTS,
	extends: [eslint.configs.recommended],
	languageOptions: {
		globals: Object.fromEntries(
			[
				...[
					'process',
					'console',
					'Buffer',
					'URL',
					'URLSearchParams',
					'fetch',
					'FormData',
					'AbortController',
					'AbortSignal',
				],
				...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'performance'],
				...['structuredClone', 'TextDecoder', 'TextEncoder', 'Response', 'Headers'],
			].map((name) => [name, 'readonly']),
		),
	},
	rules: {
		eqeqeq: ['error', 'always', { null: 'ignore' }],
		'no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
	},
};

const page = {
	files: ['sandbox/page/*.js'],
	languageOptions: {
		globals: Object.fromEntries(
			['document', 'location', 'EventSource', 'FormData', 'queueMicrotask'].map((name) => [name, 'readonly']),
		),
	},
};

export default defineConfig(
	{ ignores: ['dist/', 'build/', 'coverage/', '.cache/', '**/node_modules/'] },
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	scripts,
	page,
	{
		files: ['*.js', '**/*.cjs'],
		languageOptions: {
			sourceType: 'commonjs',
			globals: { require: 'readonly', module: 'writable', __dirname: 'readonly' },
		},
	},
	typescript,
	verifiedPackage,
	network,
	tests,
	recordings,
);
