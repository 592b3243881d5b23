/** A sandbox with many customers of one size, in a process of its own: `fleetTree.ts ACCOUNTS PHONES` prints what it is. */
import { createSandbox } from '../../sandbox';

const id = (...parts: Array<number | string>): string =>
	Buffer.from(parts.join('.')).toString('hex').padStart(32, '0').slice(-32);

async function main(): Promise<void> {
	const [accounts, phones] = process.argv.slice(2).map(Number) as [number, number];
	const sandbox = await createSandbox({ profile: 4, cdrs: 0, quiet: true });
	const { store, demo } = sandbox;
	let documents = 0;
	for (let account = 0; account < accounts; account++) {
		const realm = `customer${account}.fleet.example`;
		const { _id: own } = store.createAccount(
			{ name: `Customer ${account}`, realm, timezone: 'Europe/Vienna' },
			{ parentId: demo.reseller.id },
		);
		documents++;
		const add = (type: string, name: string, phone: number, fields: object): void => {
			documents++;
			store.create(own, type, { ...fields }, { id: id(account, name, phone) });
		};
		store.create(own, 'limits', { twoway_trunks: phones }, { id: 'limits' });
		for (let phone = 0; phone < phones; phone++) {
			const user = id(account, 'user', phone);
			add('user', 'user', phone, {
				first_name: `Person ${phone}`,
				email: `${phone}@${realm}`,
				priv_level: 'user',
			});
			add('device', 'device', phone, {
				name: `Phone ${phone}`,
				owner_id: user,
				sip: { username: `phone_${phone}`, password: 'kT7vQ2mZ9xLw4RbN' },
				pvt_registered: true,
			});
			add('vmbox', 'box', phone, {
				name: `Box ${phone}`,
				mailbox: `${200 + phone}`,
				pin: '839204',
				owner_id: user,
			});
			add('callflow', 'flow', phone, {
				numbers: [`${200 + phone}`],
				flow: {
					module: 'user',
					data: { id: user },
					children: { _: { module: 'voicemail', data: { id: id(account, 'box', phone) }, children: {} } },
				},
			});
		}
		store.createNumber(`+4315${String(account).padStart(7, '0')}`, { accountId: own, usedBy: 'callflow' });
	}
	console.log(JSON.stringify({ url: `${sandbox.url}/v2`, apiKey: demo.apiKey, documents }));
	process.stdin.resume();
	process.stdin.on('end', () => void sandbox.close().then(() => process.exit(0)));
}

void main();
