import { explain, priceSummary } from '../../../crossbar/errors/explain';
import { answer, envelope } from './fixtures';

describe('priceSummary', () => {
	const invoice = {
		activation_charges: [
			{ category: 'devices', item: 'sip_device', name: 'Phone', billable: 2, rate: 10, total: 20 },
		],
		items: [
			{ category: 'users', item: 'user', name: 'User', quantity: 4, billable: 4, rate: 7.5, total: 30 },
			{
				category: 'devices',
				item: 'sip_device',
				name: 'Phone',
				quantity: 6,
				billable: 6,
				rate: 5.1,
				total: 30.6,
				changes: { type: 'modified', difference: { quantity: 2, billable: 2 } },
			},
			{
				category: 'number_services',
				item: 'local',
				quantity: 1,
				billable: 1,
				rate: 0,
				total: 0,
				changes: { type: 'modified', difference: { quantity: 1, billable: 1 } },
			},
		],
		summary: { today: 20, recurring: 60.6 },
	};
	const trunks = {
		items: [
			{
				category: 'limits',
				item: 'twoway_trunks',
				name: 'limits/twoway_trunks',
				quantity: 3,
				billable: 3,
				rate: 20,
				total: 60,
				changes: { type: 'created' },
			},
		],
		summary: { today: 0, recurring: 60 },
	};

	it('adds up what is due today and by how much the recurring charges rise', () => {
		expect(priceSummary(envelope(402, 'accept charges', [invoice, trunks]))).toEqual({
			today: 20,
			recurring: 70.2,
			recurringTotal: 120.6,
			lines: [
				{ name: 'Phone', quantity: 2, rate: 10, total: 20, when: 'today' },
				{ name: 'Phone', quantity: 2, rate: 5.1, total: 10.2, when: 'recurring' },
				{ name: 'limits: twoway trunks', quantity: 3, rate: 20, total: 60, when: 'recurring' },
			],
		});
	});

	it('counts a new rate for all that there is', () => {
		const item = {
			name: 'Phone',
			billable: 6,
			rate: 7,
			total: 42,
			changes: { difference: { billable: 1, rate: 2 } },
		};
		expect(priceSummary({ data: [{ items: [item], summary: { today: 0, recurring: 42 } }] })).toMatchObject({
			recurring: 17,
		});
	});

	it('is nothing for other refusals', () => {
		for (const data of [undefined, null, {}, [], [5], [{}], { message: 'no credit' }])
			expect(priceSummary(envelope(402, 'billing_issue', data))).toBeUndefined();
		expect(priceSummary(undefined)).toBeUndefined();
	});

	it('is told in the error', () => {
		const { message, description } = explain(answer(402, 'accept charges', [invoice]));
		expect(message).toBe('This costs 20 today and changes the recurring charges by 10.2, to 60.6');
		expect(description.split('\n').slice(0, 4)).toEqual([
			'The server said: accept charges.',
			'• Phone: 2 × 10 = 20, once.',
			'• Phone: 2 × 5.1 = 10.2, recurring.',
			'Nothing was changed. To go on, switch on Accept Charges in the options.',
		]);
	});
});
