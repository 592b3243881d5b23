/** One project a test layer (see CONTRIBUTING.md); e2e and bench have runners of their own. */
const layer = (name, more = {}) => ({
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	transform: {
		'\\.ts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2022' } },
		],
	},
	// Outside of jest a module called …node.ts is named with its .js, or Node takes it for an addon
	moduleNameMapper: { '^(.*\\.node)\\.js$': '$1' },
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/runtime', '<rootDir>/build'],
	testEnvironment: 'node',
	...more,
});

const config = {
	projects: [
		layer('unit', { setupFiles: ['<rootDir>/test/unit/properties.ts'] }),
		layer('node', { setupFiles: ['<rootDir>/test/node/harness/environment.ts'] }),
		layer('conformance'),
	],
	testTimeout: 30_000,
};

module.exports = async () => {
	const { findChromium } = await import('./runtime/machine.mjs');
	// Tests cannot import a module of runtime/, and take over this process's environment
	const chromium = findChromium();
	if (chromium) process.env.CHROMIUM = chromium;
	return config;
};
