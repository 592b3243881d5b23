/**
 * Operations of Crossbar that are left out on purpose, each with its reason; at most twenty-four. What is named here
 * can still be called with Custom API Call. The coverage check counts them, and a test fails when one is offered
 * after all. Older paths of something that is offered do not belong here: the row names them in `also`.
 */
export interface Exception {
	/** Method and path as the list of operations writes them, names of path parameters aside. */
	readonly operation: string;
	readonly reason: string;
}

export const exceptions: readonly Exception[] = [
	{ operation: 'GET /accounts', reason: 'KAZOO answers 405; Account: Get Many lists the accounts' },
	{
		operation: 'GET /accounts/{accountId}/services/status',
		reason: 'Documented, but KAZOO answers 405; Service: Get Summary has the standing',
	},
	{
		operation: 'PUT /accounts/{accountId}/ips',
		reason: 'KAZOO answers 403 to everybody; IP Address: Create adds an address to the system',
	},
	{
		operation: 'POST /accounts/{accountId}/whitelabel/{whiteLabelDomain}/logo',
		reason: 'KAZOO answers 405; White Label: Upload Logo sets it for the account',
	},
	{
		operation: 'POST /accounts/{accountId}/whitelabel/{whiteLabelDomain}/icon',
		reason: 'KAZOO answers 405; White Label: Upload Icon sets it for the account',
	},
	{ operation: 'PUT /user_auth', reason: 'The credential logs in with user name and password' },
	{ operation: 'PUT /api_auth', reason: 'The credential logs in with the API key' },
	{
		operation: 'PUT /ip_auth',
		reason: 'A log-in by network address; the credential has the three that work from anywhere',
	},
	{ operation: 'PUT /auth/callback', reason: 'The last step of a log-in in the browser' },
	{
		operation: 'POST /user_auth/recovery',
		reason: 'The last step of a password recovery, which whoever got the email takes in the browser',
	},
	{
		operation: 'PUT /multi_factor/qrcode',
		reason: "A step of logging in to KAZOO's own interface; User: Get QR Code has the picture",
	},
	{
		operation: 'PUT /accounts/{accountId}/multi_factor/qrcode',
		reason: "A step of logging in to KAZOO's own interface; User: Get QR Code has the picture",
	},
	{
		operation: 'PUT /multi_factor/reset_qrcode',
		reason: "A step of logging in to KAZOO's own interface, for somebody who lost the authenticator app",
	},
	{
		operation: 'PUT /auth/authorize',
		reason: "A step of logging in to an app with somebody else's service, in the browser",
	},
	{
		operation: 'GET /commland/compatibility',
		reason: 'Sends the desktop app on to another server to look for its update, before anybody logs in',
	},
	{
		operation: 'GET /accounts/{accountId}/commland/compatibility',
		reason: 'Sends the desktop app on to another server to look for its update',
	},
	{
		operation: 'PATCH /accounts/{accountId}/faxboxes/{faxboxId}',
		reason: 'KAZOO 4 refuses some fields only; Fax Box: Update reads the box and writes the whole of it back',
	},
	{
		operation: 'GET /accounts/{accountId}/i18n/{language}',
		reason: 'A part of other paths, which says in what language apps are shown; it gives nothing by itself',
	},
	{
		operation: 'POST /accounts/{accountId}/inbound_messaging/{carrier}',
		reason: 'Where a carrier hands messages in, signed with its own secret; people send with Message: Send',
	},
];
