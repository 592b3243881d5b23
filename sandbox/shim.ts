import type { Store } from './store';
import type { Profile } from './profile';

/** Stands in until the demo tenant is there. */
export const DEMO = {
	apiKey: 'a5'.repeat(32),
	master: { id: '00'.repeat(15) + '01', name: 'Sandbox Master', realm: 'master.sandbox.example' },
	reseller: { id: '00'.repeat(15) + '02', name: 'Harbor Telecom', realm: 'harbor.sandbox.example' },
	password: 'Passw0rd!',
};

export function seedDemo(store: Store, _options: { cdrs: number; profile: Profile }): void {
	const master = store.createAccount(
		{ name: DEMO.master.name, realm: DEMO.master.realm, timezone: 'America/Los_Angeles' },
		{ id: DEMO.master.id },
	);
	const user = { first_name: 'Ada', last_name: 'Admin', priv_level: 'admin', enabled: true };
	store.createUser(master._id, { ...user, username: 'master' }, { password: DEMO.password });
	const harbor = store.createAccount(
		{ name: DEMO.reseller.name, realm: DEMO.reseller.realm, timezone: 'America/Los_Angeles' },
		{ id: DEMO.reseller.id, parentId: master._id, reseller: true, apiKey: DEMO.apiKey },
	);
	store.createUser(harbor._id, { ...user, username: 'admin@harbor.example' }, { password: DEMO.password });
	for (const name of ['Blue Door Dental', 'Cedar Law', 'Maple Logistics']) {
		const realm = `${name.split(' ')[0]?.toLowerCase()}.sandbox.example`;
		const account = store.createAccount({ name, realm }, { parentId: harbor._id });
		store.createUser(account._id, { ...user, username: `admin@${realm}` }, { password: DEMO.password });
	}
}
