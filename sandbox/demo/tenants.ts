import { DEMO } from './identities';

/** What somebody has on the desk or in the pocket. */
export type Phone = 'desk' | 'softphone' | 'cell';

/** Somebody who works there. The first of a company is its administrator, with the log-in of `DEMO`. */
export interface Person {
	first: string;
	last: string;
	extension: string;
	title: string;
	phones: readonly Phone[];
	/** A direct number, by its last two digits: `07` is 555-0107. */
	direct?: string;
	/** What is switched on. */
	with?: 'forward' | 'dnd' | 'hotdesk' | 'recording';
}

/** People who ring together. */
export interface Team {
	name: string;
	extension: string;
	/** Extensions of its members. */
	members: readonly string[];
	strategy: 'simultaneous' | 'single';
	/** The key of the main menu that leads to it. */
	key: string;
}

/** A company, as a person would describe it. */
export interface Tenant {
	account: { id: string; name: string; realm: string; username: string };
	/** Domain of its e-mail addresses. */
	domain: string;
	timezone: string;
	/** Area code: its numbers are 555-0100 to 555-0119 there. */
	areaCode: string;
	address: { street: string; city: string; region: string; postalCode: string };
	/** Office hours on working days, in hours. */
	open: readonly [from: number, to: number];
	people: readonly Person[];
	teams: readonly Team[];
	fax: boolean;
	/** How many of its numbers are not in use yet. */
	spare: number;
}

/** Somebody in a line. */
function person(
	first: string,
	last: string,
	extension: string,
	title: string,
	phones: readonly Phone[],
	more: Pick<Person, 'direct' | 'with'> = {},
): Person {
	return { first, last, extension, title, phones, ...more };
}

/** A team in a line. */
function team(
	name: string,
	extension: string,
	members: readonly string[],
	strategy: Team['strategy'],
	key: string,
): Team {
	return { name, extension, members, strategy, key };
}

const [dental, law, logistics] = DEMO.customers;

/** The reseller and its customers. All people, companies and numbers are made up (555-01xx is kept for fiction). */
export const TENANTS: readonly Tenant[] = [
	{
		account: DEMO.reseller,
		domain: 'harbor.example',
		timezone: 'America/Los_Angeles',
		areaCode: '415',
		address: { street: '200 Pier Avenue', city: 'San Francisco', region: 'CA', postalCode: '94111' },
		open: [8, 18],
		people: [
			person('Grace', 'Okafor', '1001', 'Managing Director', ['desk', 'cell'], { direct: '01' }),
			person('Tomás', 'Herrera', '1002', 'Head of Sales', ['desk', 'cell'], {
				direct: '02',
				with: 'forward',
			}),
			person('Lena', 'Fischer', '1003', 'Sales', ['desk', 'softphone'], { direct: '03', with: 'recording' }),
			person('Marcus', 'Webb', '1004', 'Support Lead', ['desk', 'softphone'], { direct: '04' }),
			person('Priya', 'Raman', '1005', 'Support Engineer', ['softphone'], { with: 'recording' }),
			person('Daniel', 'Kowalski', '1006', 'Support Engineer', ['desk'], { with: 'dnd' }),
			person('Yuki', 'Tanaka', '1007', 'Network Operations', ['desk', 'cell']),
			person('Amelia', 'Novak', '1008', 'Billing', ['desk'], { direct: '08' }),
		],
		teams: [
			team('Sales', '2001', ['1002', '1003'], 'simultaneous', '1'),
			team('Support', '2002', ['1004', '1005', '1006'], 'single', '2'),
			team('Billing', '2003', ['1008', '1001'], 'simultaneous', '3'),
		],
		fax: true,
		spare: 6,
	},
	{
		account: dental,
		domain: 'bluedoor.example',
		timezone: 'America/Los_Angeles',
		areaCode: '206',
		address: { street: '1418 Alder Street', city: 'Seattle', region: 'WA', postalCode: '98101' },
		open: [8, 17],
		people: [
			person('Hannah', 'Lindqvist', '101', 'Practice Manager', ['desk', 'cell'], { direct: '01' }),
			person('Samuel', 'Reyes', '102', 'Dentist', ['desk']),
			person('Mei', 'Chen', '103', 'Dentist', ['desk', 'cell'], { with: 'dnd' }),
			person('Olivia', 'Brooks', '104', 'Reception', ['desk'], { direct: '04' }),
			person('Noor', 'Haddad', '105', 'Reception', ['desk', 'softphone'], { with: 'recording' }),
		],
		teams: [
			team('Reception', '200', ['104', '105', '101'], 'simultaneous', '1'),
			team('Emergency', '201', ['102', '103'], 'single', '2'),
		],
		fax: true,
		spare: 3,
	},
	{
		account: law,
		domain: 'cedarlaw.example',
		timezone: 'America/Chicago',
		areaCode: '312',
		address: { street: '77 West Cedar Place', city: 'Chicago', region: 'IL', postalCode: '60601' },
		open: [9, 18],
		people: [
			person('Eleanor', 'Whitfield', '301', 'Partner', ['desk', 'cell'], { direct: '01' }),
			person('James', 'Adeyemi', '302', 'Partner', ['desk', 'cell'], { direct: '02', with: 'forward' }),
			person('Sofia', 'Marchetti', '303', 'Associate', ['desk', 'softphone'], {
				direct: '03',
				with: 'recording',
			}),
			person('Robert', 'Kim', '304', 'Paralegal', ['desk']),
			person('Ingrid', 'Larsen', '305', 'Reception', ['desk', 'softphone']),
		],
		teams: [
			team('Reception', '400', ['305', '304'], 'simultaneous', '1'),
			team('Litigation', '401', ['302', '303'], 'single', '2'),
		],
		fax: true,
		spare: 2,
	},
	{
		account: logistics,
		domain: 'maple.example',
		timezone: 'America/Toronto',
		areaCode: '416',
		address: { street: '9 Carrier Drive', city: 'Toronto', region: 'ON', postalCode: 'M9W 5T1' },
		open: [6, 20],
		people: [
			person('Benoît', 'Tremblay', '501', 'Operations Manager', ['desk', 'cell'], { direct: '01' }),
			person('Aisha', 'Siddiqui', '502', 'Dispatch', ['desk', 'softphone'], { with: 'recording' }),
			person('Connor', 'MacLeod', '503', 'Dispatch', ['desk']),
			person('Wei', 'Zhang', '504', 'Customs', ['desk', 'cell'], { direct: '04' }),
			person('Valentina', 'Ortiz', '505', 'Customer Care', ['softphone']),
			person('Dmitri', 'Volkov', '506', 'Fleet', ['cell'], { with: 'hotdesk' }),
		],
		teams: [
			team('Dispatch', '600', ['502', '503', '506'], 'simultaneous', '1'),
			team('Customs', '601', ['504', '501'], 'single', '2'),
			team('Customer Care', '602', ['505'], 'simultaneous', '3'),
		],
		fax: false,
		spare: 4,
	},
];

/** People outside who call and are called. The numbers are kept for fiction in their countries. */
export const OUTSIDERS: ReadonlyArray<readonly [name: string, number: string]> = [
	['WIRELESS CALLER', '+12125550134'],
	['NORTHSIDE CAFE', '+13035550118'],
	['RIVERA PATRICIA', '+14045550162'],
	['BRIGHTWATER INC', '+15125550147'],
	['ANDERSON PETER', '+16025550171'],
	['SUMMIT SUPPLY', '+16175550109'],
	['NGUYEN LINH', '+17025550126'],
	['GREENFIELD DAIRY', '+17135550155'],
	['ALOHA TRAVEL', '+18085550183'],
	['SCHMIDT KAREN', '+19175550190'],
	['CITY HALL', '+12065550177'],
	['COOPER AND SONS', '+13125550168'],
	['LAKESIDE CLINIC', '+14165550142'],
	['PATEL ANAND', '+15035550121'],
	['HENRY CLARKE', '+447700900123'],
	['THAMES FREIGHT', '+442079460958'],
	['RUBY WALLACE', '+61491570156'],
];

/** One of the tenant's numbers in E.164, by its last two digits. */
export function numberOf(tenant: Tenant, lastTwo: string): string {
	return `+1${tenant.areaCode}55501${lastTwo}`;
}

/** The number of somebody's cell phone: 555-018x, by the last digit of the extension. */
export function cellOf(tenant: Tenant, { extension }: Person): string {
	return numberOf(tenant, `8${extension.slice(-1)}`);
}

/** Without what a user name or an address cannot hold. */
export function plain(text: string): string {
	return text
		.normalize('NFD')
		.replace(/[^A-Za-z]/g, '')
		.toLowerCase();
}

/** The part of a person's ids and of phone log-ins that names them. */
export function handleOf({ first, last }: Person): string {
	return `${plain(first)}.${plain(last)}`;
}
