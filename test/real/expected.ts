/**
 * What KAZOO has to say to a new account in which nobody ever made a call, and what it lacks where nobody set it up.
 * Only for answers that are right: a row that should work and does not is no expectation.
 */
import type { Expected } from './outcome';

const no = (status: number | readonly number[], reason: string): Expected => ({ status, reason });
/** The server was not set up for it. */
const lacks = (status: number | readonly number[], reason: string): Expected => ({
	status,
	reason,
	result: 'untried',
});

/** The first that fits counts. */
const EXPECTED: ReadonlyArray<readonly [RegExp, Expected]> = [
	[/^account\.resetApiKey$/, no(403, 'only an administrator of the account itself may')],
	[/^account\.getSiblings$/, no(403, 'the system does not show siblings')],
	[/^appExchange\.(install|setAudience|uninstall)$/, no([403, 404], 'there is no app in a new account')],
	[/^authentication\.downloadKey$/, lacks(406, 'this KAZOO gives keys as JSON only')],
	[/^braintree\./, lacks([404, 500], 'the module of the payment provider is not loaded')],
	[/^bulkTask\.download/, no(404, 'the task has no file')],
	[/^bulkTask\.stop$/, no(404, 'the task has ended already')],
	[/^carrierSelector\.getRules \(system\)$/, no(404, 'the system has no rules')],
	[/^channel\.getAll \(group\)$/, lacks(500, 'KAZOO fails where no phone of the group is registered')],
	[/^conference\.dial$/, no(400, 'the phone is not registered')],
	[/^conference\.relate$/, lacks(404, 'this KAZOO does not know the action')],
	[/^ipAddress\./, no([404, 400, 500], 'there is no such address')],
	[/^list of attachmentName$/, no(500, 'there is no such port request')],
	[/^ledger\.getEntry$/, no([404, 500], 'there is no such entry')],
	[/^message\.send/, no(500, 'messages are not enabled for the account')],
	[/^migration\.getAll$|^list of migrationId$/, lacks(500, 'KAZOO 4 says 500 though it lists them')],
	[/^notificationTemplate\.downloadText$/, no(406, 'the template has no plain text')],
	[/^phoneNumber\.getLocality$/, lacks(500, 'no service for localities is set up')],
	[/^phoneNumber\.(getPrefixes|search)/, lacks(500, 'no carrier that sells numbers is set up')],
	[/^portRequest\.downloadLoa$/, lacks(500, 'KAZOO has nothing that makes a PDF')],
	[/^queue\.eavesdrop$/, lacks(500, 'no media switch answers')],
	[/^queue\.eavesdropOnCall$/, no(400, 'there is no such call')],
	[/^quickcall\./, no(500, 'the phone is not registered')],
	[/^rate\.getForNumber$/, no(500, 'no rate was set up for the number')],
	[/^service\.topUp$/, no([400, 404, 500], 'the account has no means of payment')],
	[/^storage\.(getPlan|deletePlan)$/, lacks(404, 'KAZOO 4 lists the plan and does not find it')],
	[/^system\.run(WithArgument|Status)$/, lacks([404, 500], 'the server does not have the command')],
	[/^transaction\.(sale|refund)$/, no(500, 'the account has no means of payment')],
	[/^user\.impersonate$/, no(403, 'KAZOO does not let an API key log in as somebody')],
	[/^websocket\.get$/, no([404, 500], 'there is no such connection')],
	[/^KAZOO Poll Trigger: newLedgerEntry$/, no(0, 'only KAZOO 5 has it')],
];

/** The answer that a case may meet. */
export function expectedOf(name: string): Expected | undefined {
	return EXPECTED.find(([pattern]) => pattern.test(name))?.[1];
}
