/** The areas of the catalogue: a folder each of crossbar/catalogue, which a page of docs/operations is about. */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { catalogue } from '../../crossbar/catalogue';
import type { Resource } from '../../crossbar/catalogue/notation';

export interface Area {
	/** The name of its page, without the ending. */
	readonly page: string;
	readonly title: string;
	/** What it is about, a sentence without the final dot. */
	readonly about: string;
	readonly resources: readonly Resource[];
}

/** By folder, in the order in which people look for them. */
const AREAS: Readonly<Record<string, readonly [page: string, title: string, about: string]>> = {
	people: ['people', 'People and phones', 'Users, their phones, groups, the directory, who is reachable'],
	numbers: ['numbers', 'Phone numbers', 'Buying, assigning, describing and porting numbers'],
	routing: ['routing', 'Where calls go', 'Callflows, opening hours, menus, sounds, block lists, Pivot'],
	calls: ['calls', 'Calls', 'Calls that are up, call records, recordings, conferences'],
	messages: [
		'messages',
		'Voicemail, fax and messages',
		'What is left or sent in place of a call, and the mails about it',
	],
	callCenter: ['call-center', 'Call center', 'Queues and their agents'],
	billing: ['billing', 'Billing', 'Service plans, limits, balances, rates and charges'],
	carriers: ['carriers', 'Carriers', 'Carriers, who may send calls, addresses'],
	platform: [
		'platform',
		'Accounts and the platform',
		'Accounts, whole jobs over many of them, webhooks, security, the system',
	],
	hosted: ['hosted', 'Services of the maker', 'What only the platform that the maker of KAZOO runs has'],
};

const FOLDER = join(__dirname, '../../crossbar/catalogue');
const load = createRequire(__filename);

/** The areas with the resources that the files of their folders export; each resource is in one. */
export const areas: readonly Area[] = Object.entries(AREAS).map(([folder, [page, title, about]]) => {
	const exported = new Set(
		readdirSync(join(FOLDER, folder)).flatMap((file) =>
			Object.values(load(join(FOLDER, folder, file)) as Record<string, unknown>),
		),
	);
	return { page, title, about, resources: catalogue.filter((resource) => exported.has(resource)) };
});

/** The area of a resource. @throws Error for one that is in none, as when a new folder has no title here */
export function areaOf(resource: Resource): Area {
	const found = areas.find(({ resources }) => resources.includes(resource));
	if (!found) throw new Error(`${resource.name} is in no area of test/catalogue/areas.ts`);
	return found;
}
