/** A KAZOO 5 that signs what it delivers to the KAZOO Trigger in a real n8n. */
import assert from 'node:assert/strict';
import { importCredential } from '../../runtime/workflows.mjs';
import { chain, kazooNode, test } from './harness.mjs';

test('signed: deliveries of a KAZOO 5 start the workflow, changed ones do not', async ({
	rest,
	n8n,
	atEnd,
}) => {
	const { tsImport } = await import('tsx/esm/api');
	const { createSandbox } = await tsImport('../../sandbox/index.ts', import.meta.url);
	const sandbox = await createSandbox({ quiet: true, cdrs: 0, profile: 5, allowLoopbackUris: true });
	atEnd(() => sandbox.close());
	const { id: accountId, apiKey } = sandbox.demo.reseller;
	const credential = await importCredential(rest, {
		name: 'KAZOO 5 sandbox',
		type: 'crossbarApi',
		data: { serverUrl: sandbox.url, login: 'apiKey', apiKey, access: 'full' },
	});
	const trigger = {
		...kazooNode('kazooTrigger', { events: ['paymentMade'], options: { signed: true } }, credential),
		webhookId: '00000000-0000-4000-8000-400000000000',
	};
	const { id } = await rest.post('workflows', chain('Signed', [trigger]));
	await rest.activateWorkflow(id);
	try {
		const [hook] = sandbox.store.database('webhooks').list('webhook');
		const key = hook.security_settings.sha256_key;
		const { createHmac } = await import('node:crypto');
		const send = async (amount, signed = amount) => {
			const data = (value) => `{"account_id":"${accountId}","amount":${value},"id":"Zoë"}`;
			const hmac = createHmac('sha256', key)
				.update(`63962676200${data(signed)}`)
				.digest('base64');
			const { status } = await fetch(hook.uri, {
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					'x-hook-id': hook._id,
					'x-account-id': accountId,
				},
				body: `{"action":"event","data":${data(amount)},"hmac":"${hmac}","n8n_key":"${hook.custom_data.n8n_key}","name":"transaction","timestamp":63962676200}`,
			});
			return status;
		};
		assert.equal(await send('20.0'), 200);
		assert.equal(await send('900.0', '20.0'), 403);
		const executions = await rest.executionsOf(id, { atLeast: 1 });
		const items = executions.map(({ nodes }) => nodes['Node 0'].items[0][0]);
		assert.deepEqual(
			items.map(({ event, amount }) => [event, amount]),
			[['paymentMade', 20]],
		);
		assert.ok(n8n.lines.some((line) => line.includes('the secret or signature is wrong')));
	} finally {
		await rest.deactivateWorkflow(id);
	}
});
