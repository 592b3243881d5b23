/** The account itself, its numbers, phones and calls. */
import { by, equal, type Customer } from './customer';
import type { Site } from './site';

export async function moveNumber(site: Site): Promise<void> {
	const [, number = ''] = site.numbers;
	await site.own.run('phoneNumber', 'moveToAccount', {
		phoneNumber: by(number),
		toAccount: by(site.copy.id),
	});
	equal(await numbersOf(site.own), [site.numbers[0]], 'numbers of the old account');
	equal(await numbersOf(site.copy), [number], 'numbers of the new account');
}

export async function suspend(site: Site): Promise<void> {
	await site.copy.run('account', 'suspend');
	equal(await site.copy.isEnabled(), false, 'whether the account is enabled');
	await site.copy.run('account', 'reinstate');
	equal(await site.copy.isEnabled(), true, 'whether the account is enabled again');
}

export async function deviceStatus(site: Site): Promise<void> {
	const phones = await site.own.run('device', 'getPhoneStatus');
	equal(
		phones.map(({ user, registered }) => [user, registered]).sort(),
		[
			['Nora Whitfield', false],
			['Nora Whitfield', false],
			['Omar Young', false],
		],
		'phones',
	);
	const on = await site.own.run('device', 'getPhoneStatus', {}, { onlyOffline: true });
	equal(on.length, 3, 'phones that are off-line');
}

export async function calls(site: Site): Promise<void> {
	equal(await site.own.run('cdr', 'getCalls'), [], 'calls');
	const report = await site.own.run('cdr', 'getCallReport', { by: 'account' });
	equal(
		report.map(({ calls }) => calls),
		[],
		'calls in the report',
	);
}

async function numbersOf(customer: Customer): Promise<string[]> {
	const { numbers } = await customer.ask<{ numbers?: object }>('GET', '/phone_numbers?paginate=false');
	return Object.keys(numbers ?? {}).sort();
}
