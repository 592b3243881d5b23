/** Fleet: Guard fed by the KAZOO Live Trigger: each call that begins has its account looked at, and no other. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { KazooLiveTrigger } from '../../../nodes/KazooLiveTrigger/KazooLiveTrigger.node';
import { CrossbarApi } from '../../../credentials/CrossbarApi.credentials';
import { Demo } from '../demo';
import { CredentialStore } from '../harness/credentials';
import { ActiveTrigger } from '../harness/triggers';

const ATTACK = 14;

let demo: Demo;
let live: ActiveTrigger;

beforeAll(async () => {
	demo = await Demo.open(500);
	const { url, websocketUrl, demo: tenant } = demo.sandbox;
	const data = { serverUrl: url, login: 'apiKey', apiKey: tenant.reseller.apiKey, websocketUrl };
	live = new ActiveTrigger(
		new KazooLiveTrigger(),
		{ events: ['callStarted'], accountScope: 'descendants', options: { oncePerCall: true } },
		{ credentials: new CredentialStore({ type: new CrossbarApi(), data }) },
	);
	await live.start();
});

afterAll(async () => {
	await live.stop();
	await demo.close();
});

const guard: INodeParameters = {
	resource: 'fleet',
	operation: 'guard',
	accounts: '={{ $json.account_id }}',
	additionalFields: { onlyNew: true },
};

async function place(call: object): Promise<void> {
	const response = await fetch(`${demo.sandbox.url}/sandbox/calls`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ speed: 1, ...call }),
	});
	expect(response.status).toBe(200);
}

it('an attack that goes on is told of once, of the account that is attacked, with what stops it', async () => {
	const [attacked, other] = demo.sandbox.demo.customers;
	const staticData: IDataObject = {};
	await place({ from: '102', to: '103', account: other.id });
	for (let count = 0; count < ATTACK; count++)
		await place({ from: '102', to: `+2526123456${10 + count}`, account: attacked.id });
	for (let tries = 0; live.emitted.length < ATTACK + 1 && tries < 500; tries++) await sleep(20);
	expect(live.emitted).toHaveLength(ATTACK + 1);

	const alarms: IDataObject[] = [];
	const asked = new Set<string>();
	for (const { json } of live.emitted) {
		demo.sandbox.clearRequests();
		alarms.push(...(await demo.records(guard, { staticData, items: [{ json }] })));
		for (const { path } of demo.requests())
			for (const [, id] of path.matchAll(/accounts\/([0-9a-f]{32})\/(?:channels|cdrs)/g))
				asked.add(`${id} for ${String(json.account_id)}`);
	}
	// Only the account of the call is looked at
	expect([...asked].sort()).toEqual(
		[attacked, other].map((account) => `${account.id} for ${account.id}`).sort(),
	);
	expect(new Set(alarms.map(({ account_id: id }) => id))).toEqual(new Set([attacked.id]));
	const measures = alarms.map(({ measure }) => measure);
	expect(measures).toEqual(expect.arrayContaining(['Calls at Once', 'Calls Abroad or Premium']));
	expect(new Set(measures).size).toBe(measures.length);

	const [{ ladder } = {} as IDataObject] = alarms;
	const hangUp = (ladder as IDataObject[]).find(({ action }) => action === 'Hang the calls up');
	expect((hangUp?.call_ids as string[]).sort()).toEqual(
		live.emitted
			.filter(({ json }) => json.account_id === attacked.id)
			.map(({ json }) => String(json.call_id))
			.sort(),
	);
	const restricted = await demo.records(
		{ resource: 'changePlan', operation: 'apply', changesFrom: 'items' },
		{ items: [{ json: alarms[0] as IDataObject }] },
	);
	expect(restricted).toMatchObject([{ result: 'done' }]);
});
