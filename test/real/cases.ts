/** Every row in each of its scopes, in an order in which one finds what another made; and which are not tried. */
import { catalogue } from '../../crossbar/catalogue';
import type { Resource, Row } from '../../crossbar/catalogue/notation';
import { ACCOUNT_SCOPE, routesOf } from '../../nodes/Kazoo/description/places';

export interface Case {
	readonly resource: Resource;
	readonly row: Row;
	readonly scope: string;
	/** `device.getAll`, `device.getAll (user)`. */
	readonly name: string;
	readonly method: string;
	/** With path parameters in braces. */
	readonly path: string;
}

/** What has to come in this order: a port request goes from state to state, a number to a callflow and away from it. */
const SEQUENCE = [
	'portRequest.changeState',
	'portRequest.setPending',
	'portRequest.schedule',
	'portRequest.reject',
	'portRequest.complete',
	'portRequest.submit',
	'portRequest.cancel',
	'phoneNumber.assignToDevice',
	'phoneNumber.assignToUser',
	'phoneNumber.assignToCallflow',
	'phoneNumber.unassign',
];

/** Makes come first, what sets something at once after them, and deletions last. */
function rank({ row, method, name }: Case): number {
	if (method === 'DELETE') return 100;
	const place = SEQUENCE.indexOf(name);
	if (place >= 0) return 10 + place;
	if (/^(create|add|upsert)/.test(row.value)) return 0;
	return /^(replace|upload)/.test(row.value) ? 1 : 2;
}

/** All cases, resource by resource. */
export function allCases(): Case[] {
	return catalogue.flatMap((resource) =>
		resource.rows
			.flatMap((row) =>
				Object.entries(routesOf(row)).map(
					([scope, path]): Case => ({
						resource,
						row,
						scope,
						name: `${resource.value}.${row.value}${scope === ACCOUNT_SCOPE ? '' : ` (${scope})`}`,
						method: row.route.split(' ')[0] ?? '',
						path,
					}),
				),
			)
			.sort((a, b) => rank(a) - rank(b)),
	);
}

const MAIL = 'it sends mail';
const CALL = 'it calls somebody';
const FAX = 'it sends a fax';
const SMS = 'it sends a message';
const PAYS = 'it reaches the payment provider';
const PORT = 'it tells the people who port numbers';
const CARRIER = 'KAZOO hands carriers of an account on to all switches';
const ADDRESS = 'it takes addresses that all accounts share';

/** What leaves the account. Only tried where nobody else is on the server (`--alone`). */
const REACHES_OUT: ReadonlyArray<readonly [RegExp, string]> = [
	[/^(braintree\.(add|delete|replace|save)|transaction\.(sale|refund)|service\.topUp)/, PAYS],
	[/^(carrier|carrierSelector|carrierTemplate)\.(create|upsert|delete|import|replace|update)/, CARRIER],
	[/^(clickToCall\.connect|conference\.dial|queue\.eavesdrop|quickcall\.call)/, CALL],
	[/^fax\.(forward|resend|send)/, FAX],
	[/^message\.send/, SMS],
	[/^(notificationTemplate\.(preview|sendCustomerUpdate)|user\.recoverPassword)/, MAIL],
	[/^portRequest\.(cancel|changeState|complete|reject|schedule|setPending|submit|addComment)/, PORT],
	[/^ipAddress\.(assign|release)/, ADDRESS],
];
/** What is never tried, on whatever server. */
const NEVER: ReadonlyArray<readonly [RegExp, string]> = [
	[
		/^(\w*[bB]lueprint\.|changePlan\.|fleet\.|openingHours\.|phoneNumber\.moveToAccount$|user\.((on|off|planOn|planOff)Board|planRemoval|removeFromEverywhere))/,
		'whole jobs have tests of their own',
	],
	[/^account\.delete$/, 'it wants the name typed again; the account of the run is removed at the end'],
	[/^(directory\.addPerson|group\.(add|remove)Member)$/, 'it wants people by name, and has tests of its own'],
	[/^conference\.dial$/, 'it calls the phone of somebody with an extension, and has tests of its own'],
	[/^migration\.run$/, 'migrations change data of the whole system'],
	[/^user\.recoverPassword$/, MAIL],
	[/^service\.setBillingAccount$/, 'it hands the bills to another account'],
	[/^ipAddress\.create$/, ADDRESS],
];
/** Rows outside of accounts that change nothing. */
const ASKS = /^(PUT \/schemas\/\{schemaName\}\/validation|POST \/auth\/tokeninfo|DELETE \/token_auth)$/;

const reasonIn = (table: typeof NEVER, name: string): string | undefined =>
	table.find(([pattern]) => pattern.test(name))?.[1];

/**
 * Why a case is not tried; undefined where it is.
 * @param generation 4 or 5, of the server
 * @param alone whether nobody else is on the server
 */
export function whyNot(
	{ row, name, method, path }: Case,
	generation: number,
	alone: boolean,
): string | undefined {
	if (row.version !== undefined && row.version !== generation) return `only KAZOO ${row.version} has it`;
	const never = reasonIn(NEVER, name);
	if (never) return never;
	const inAccount = path.startsWith('/accounts/{accountId}');
	if (!inAccount && !row.local && method !== 'GET' && !ASKS.test(`${method} ${path}`))
		return 'it changes the whole system';
	return alone ? undefined : reasonIn(REACHES_OUT, name);
}
