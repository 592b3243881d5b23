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
			{
				first: 'Grace',
				last: 'Okafor',
				extension: '1001',
				title: 'Managing Director',
				phones: ['desk', 'cell'],
				direct: '01',
			},
			{
				first: 'Tomás',
				last: 'Herrera',
				extension: '1002',
				title: 'Head of Sales',
				phones: ['desk', 'cell'],
				direct: '02',
				with: 'forward',
			},
			{
				first: 'Lena',
				last: 'Fischer',
				extension: '1003',
				title: 'Sales',
				phones: ['desk', 'softphone'],
				direct: '03',
				with: 'recording',
			},
			{
				first: 'Marcus',
				last: 'Webb',
				extension: '1004',
				title: 'Support Lead',
				phones: ['desk', 'softphone'],
				direct: '04',
			},
			{
				first: 'Priya',
				last: 'Raman',
				extension: '1005',
				title: 'Support Engineer',
				phones: ['softphone'],
				with: 'recording',
			},
			{
				first: 'Daniel',
				last: 'Kowalski',
				extension: '1006',
				title: 'Support Engineer',
				phones: ['desk'],
				with: 'dnd',
			},
			{
				first: 'Yuki',
				last: 'Tanaka',
				extension: '1007',
				title: 'Network Operations',
				phones: ['desk', 'cell'],
			},
			{ first: 'Amelia', last: 'Novak', extension: '1008', title: 'Billing', phones: ['desk'], direct: '08' },
		],
		teams: [
			{ name: 'Sales', extension: '2001', members: ['1002', '1003'], strategy: 'simultaneous', key: '1' },
			{ name: 'Support', extension: '2002', members: ['1004', '1005', '1006'], strategy: 'single', key: '2' },
			{ name: 'Billing', extension: '2003', members: ['1008', '1001'], strategy: 'simultaneous', key: '3' },
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
			{
				first: 'Hannah',
				last: 'Lindqvist',
				extension: '101',
				title: 'Practice Manager',
				phones: ['desk', 'cell'],
				direct: '01',
			},
			{ first: 'Samuel', last: 'Reyes', extension: '102', title: 'Dentist', phones: ['desk'] },
			{
				first: 'Mei',
				last: 'Chen',
				extension: '103',
				title: 'Dentist',
				phones: ['desk', 'cell'],
				with: 'dnd',
			},
			{
				first: 'Olivia',
				last: 'Brooks',
				extension: '104',
				title: 'Reception',
				phones: ['desk'],
				direct: '04',
			},
			{
				first: 'Noor',
				last: 'Haddad',
				extension: '105',
				title: 'Reception',
				phones: ['desk', 'softphone'],
				with: 'recording',
			},
		],
		teams: [
			{
				name: 'Reception',
				extension: '200',
				members: ['104', '105', '101'],
				strategy: 'simultaneous',
				key: '1',
			},
			{ name: 'Emergency', extension: '201', members: ['102', '103'], strategy: 'single', key: '2' },
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
			{
				first: 'Eleanor',
				last: 'Whitfield',
				extension: '301',
				title: 'Partner',
				phones: ['desk', 'cell'],
				direct: '01',
			},
			{
				first: 'James',
				last: 'Adeyemi',
				extension: '302',
				title: 'Partner',
				phones: ['desk', 'cell'],
				direct: '02',
				with: 'forward',
			},
			{
				first: 'Sofia',
				last: 'Marchetti',
				extension: '303',
				title: 'Associate',
				phones: ['desk', 'softphone'],
				direct: '03',
				with: 'recording',
			},
			{ first: 'Robert', last: 'Kim', extension: '304', title: 'Paralegal', phones: ['desk'] },
			{
				first: 'Ingrid',
				last: 'Larsen',
				extension: '305',
				title: 'Reception',
				phones: ['desk', 'softphone'],
			},
		],
		teams: [
			{ name: 'Reception', extension: '400', members: ['305', '304'], strategy: 'simultaneous', key: '1' },
			{ name: 'Litigation', extension: '401', members: ['302', '303'], strategy: 'single', key: '2' },
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
			{
				first: 'Benoît',
				last: 'Tremblay',
				extension: '501',
				title: 'Operations Manager',
				phones: ['desk', 'cell'],
				direct: '01',
			},
			{
				first: 'Aisha',
				last: 'Siddiqui',
				extension: '502',
				title: 'Dispatch',
				phones: ['desk', 'softphone'],
				with: 'recording',
			},
			{ first: 'Connor', last: 'MacLeod', extension: '503', title: 'Dispatch', phones: ['desk'] },
			{
				first: 'Wei',
				last: 'Zhang',
				extension: '504',
				title: 'Customs',
				phones: ['desk', 'cell'],
				direct: '04',
			},
			{ first: 'Valentina', last: 'Ortiz', extension: '505', title: 'Customer Care', phones: ['softphone'] },
			{
				first: 'Dmitri',
				last: 'Volkov',
				extension: '506',
				title: 'Fleet',
				phones: ['cell'],
				with: 'hotdesk',
			},
		],
		teams: [
			{
				name: 'Dispatch',
				extension: '600',
				members: ['502', '503', '506'],
				strategy: 'simultaneous',
				key: '1',
			},
			{ name: 'Customs', extension: '601', members: ['504', '501'], strategy: 'single', key: '2' },
			{ name: 'Customer Care', extension: '602', members: ['505'], strategy: 'simultaneous', key: '3' },
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
