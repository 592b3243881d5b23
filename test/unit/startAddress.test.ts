/** `npm start -- --address`: where KAZOO finds the n8n that is started. */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const MODULE = pathToFileURL(resolve(__dirname, '../../runtime/address.mjs')).href;

/** What the module, which Jest cannot load, says. */
function addressOf(address: string | undefined): unknown {
	const own = JSON.stringify([{ address: '192.0.2.10' }]);
	const call = `addressOf(${JSON.stringify(address)}, ${own})`;
	const script = `import { addressOf } from '${MODULE}'; console.log(JSON.stringify(${call}));`;
	return JSON.parse(
		execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }),
	);
}

test.each([
	['an address of this machine', 'http://192.0.2.10:5678', 'http://192.0.2.10:5678/', '0.0.0.0'],
	['another loopback', 'http://127.0.0.2:5678/', 'http://127.0.0.2:5678/', '0.0.0.0'],
	['a proxy', 'https://n8n.example.com/kazoo', 'https://n8n.example.com/kazoo/', undefined],
])('%s', (_, address, webhooks, listens) => {
	expect(addressOf(address)).toEqual({
		N8N_WEBHOOK_URL: webhooks,
		...(listens ? { N8N_LISTEN_ADDRESS: listens } : {}),
	});
});

test('none: n8n’s own', () => {
	expect(addressOf(undefined)).toEqual({});
});
