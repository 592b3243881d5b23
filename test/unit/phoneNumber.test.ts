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
		// Without a plus, as the number manager of KAZOO reads them
		['442079460018', '+442079460018'],
		['44 20 7946 0018', '+442079460018'],
		['4716 4717', '47164717'],
		['011 44 20 7946 0018', '+442079460018'],
		['2079460018', '+12079460018'],
		['1079460018', '1079460018'],
		// The zero that is only dialled within a country
		['+44 (0)20 7946 0018', '+442079460018'],
		['0044 (0) 20 7946 0018', '+442079460018'],
		['+49(0)30-123456', '+4930123456'],
		['+39 (06) 1234567', '+39061234567'],
		['+39 (0)6 1234567', '+39061234567'],
		['(0)20 7946 0018', '02079460018'],
		['01.23.45.67.89', '0123456789'],
	])('%s → %s', (typed, kept) => {
		expect(normalizePhoneNumber(typed)).toBe(kept);
		expect(phoneNumber(typed, 'Phone Number')).toBe(kept);
	});

	it.each([
		'+1415555017x7',
		'415-555-0119 ext 5',
		'Sales',
		'+',
		'4155550100+',
		'0100/0101',
		'+49 30 1234/1235',
		'1001,1002',
		'+0044 20',
		'4155550100.0',
		'(415',
		'415)',
		'-1001',
		'415-',
		'4155550100 4155550101',
		'+1 4155550100 +1 4155550101',
		'((415)) 5550100',
	])('%s is none', (typed) => {
		expect(() => phoneNumber(typed, 'Phone Number')).toThrow(`Phone Number cannot be “${typed}”`);
	});
});
