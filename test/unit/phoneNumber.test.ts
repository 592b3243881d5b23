import { normalizePhoneNumber, phoneNumber } from '../../crossbar/values/phoneNumbers';

describe('a phone number as KAZOO keeps it', () => {
	it.each([
		['(415) 555-0100', '+14155550100'],
		['1 415 555 0100', '+14155550100'],
		['+44 20 7946 0000', '+442079460000'],
		['0044 20 7946 0000', '+442079460000'],
		// Ten digits, yet no number of North America: those begin with 2 to 9
		['0301234567', '0301234567'],
		['1001', '1001'],
	])('%s → %s', (typed, kept) => {
		expect(normalizePhoneNumber(typed)).toBe(kept);
		expect(phoneNumber(typed, 'Phone Number')).toBe(kept);
	});

	it.each(['+1415555017x7', '415-555-0119 ext 5', 'Sales', '+', '4155550100+'])('%s is none', (typed) => {
		expect(() => phoneNumber(typed, 'Phone Number')).toThrow(`Phone Number cannot be “${typed}”`);
	});
});
