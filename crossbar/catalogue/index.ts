/** The catalogue: every resource of the action node. */
import { alphabetical } from '../values/alphabetical';
import { allotment } from './billing/allotment';
import { braintree } from './billing/braintree';
import { ledger } from './billing/ledger';
import { limit } from './billing/limit';
import { rate } from './billing/rate';
import { service } from './billing/service';
import { transaction } from './billing/transaction';
import { agent } from './callCenter/agent';
import { queue } from './callCenter/queue';
import { callInspector } from './calls/callInspector';
import { cdr } from './calls/cdr';
import { channel } from './calls/channel';
import { clickToCall } from './calls/clickToCall';
import { conference } from './calls/conference';
import { parkedCall } from './calls/parkedCall';
import { quickcall } from './calls/quickcall';
import { recording } from './calls/recording';
import { screenPop } from './calls/screenPop';
import { accessList } from './carriers/accessList';
import { carrier, carrierTemplate } from './carriers/carrier';
import { carrierSelector } from './carriers/carrierSelector';
import { ipAddress } from './carriers/ipAddress';
import { callCenterAgent } from './hosted/callCenterAgent';
import { callCenterQueue } from './hosted/callCenterQueue';
import { chat } from './hosted/chat';
import { crmIntegration } from './hosted/crmIntegration';
import { dashboard } from './hosted/dashboard';
import { desktopApp } from './hosted/desktopApp';
import { slackIntegration } from './hosted/slackIntegration';
import { telexSmsBox } from './hosted/telexSmsBox';
import { trunkingIo } from './hosted/trunkingIo';
import { fax } from './messages/fax';
import { faxBox } from './messages/faxBox';
import { message } from './messages/message';
import { notificationTemplate } from './messages/notificationTemplate';
import { voicemailBox } from './messages/voicemailBox';
import { voicemailMessage } from './messages/voicemailMessage';
import type { Resource, Row } from './notation';
import { connectivity } from './numbers/connectivity';
import { externalNumber } from './numbers/externalNumber';
import { phoneNumber } from './numbers/phoneNumber';
import { portRequest } from './numbers/portRequest';
import { callbackUser } from './people/callbackUser';
import { contactList } from './people/contactList';
import { device } from './people/device';
import { directory } from './people/directory';
import { group } from './people/group';
import { loginToken } from './people/loginToken';
import { multiFactor } from './people/multiFactor';
import { presence } from './people/presence';
import { registration } from './people/registration';
import { skel } from './people/skel';
import { user } from './people/user';
import { account } from './platform/account';
import { accountConfig } from './platform/accountConfig';
import { alert } from './platform/alert';
import { appExchange } from './platform/appExchange';
import { application } from './platform/application';
import { authentication } from './platform/authentication';
import { bulkTask } from './platform/bulkTask';
import { changePlan } from './platform/changePlan';
import { comment } from './platform/comment';
import { customApiCall } from './platform/customApiCall';
import { customerBlueprint } from './platform/customerBlueprint';
import { fleet } from './platform/fleet';
import { entitlement } from './platform/entitlement';
import { migration } from './platform/migration';
import { rateLimit } from './platform/rateLimit';
import { schema } from './platform/schema';
import { search } from './platform/search';
import { security } from './platform/security';
import { singleSignOn } from './platform/singleSignOn';
import { storage } from './platform/storage';
import { storageError } from './platform/storageError';
import { system, systemConfiguration } from './platform/system';
import { scopeRestriction, tokenScope } from './platform/tokenScope';
import { webhook } from './platform/webhook';
import { website } from './platform/website';
import { websocket } from './platform/websocket';
import { whiteLabel } from './platform/whiteLabel';
import { blockList } from './routing/blockList';
import { callflow } from './routing/callflow';
import { dialPlan } from './routing/dialPlan';
import { callFunction } from './routing/function';
import { matchList } from './routing/matchList';
import { media } from './routing/media';
import { menu } from './routing/menu';
import { metaflow } from './routing/metaflow';
import { openingHours } from './routing/openingHours';
import { pivot } from './routing/pivot';
import { quickroute } from './routing/quickroute';
import { timeOfDayRule, timeOfDayRuleSet } from './routing/timeOfDayRule';
import { wordle } from './routing/wordle';

const resources: readonly Resource[] = [
	accessList,
	account,
	accountConfig,
	agent,
	alert,
	allotment,
	appExchange,
	application,
	authentication,
	blockList,
	braintree,
	bulkTask,
	callbackUser,
	callCenterAgent,
	callCenterQueue,
	callflow,
	callFunction,
	callInspector,
	carrier,
	carrierSelector,
	carrierTemplate,
	cdr,
	changePlan,
	channel,
	chat,
	clickToCall,
	comment,
	conference,
	connectivity,
	contactList,
	crmIntegration,
	customApiCall,
	customerBlueprint,
	dashboard,
	desktopApp,
	device,
	dialPlan,
	directory,
	entitlement,
	externalNumber,
	fax,
	faxBox,
	fleet,
	group,
	ipAddress,
	ledger,
	limit,
	loginToken,
	matchList,
	media,
	menu,
	message,
	metaflow,
	migration,
	multiFactor,
	notificationTemplate,
	openingHours,
	parkedCall,
	phoneNumber,
	pivot,
	portRequest,
	presence,
	queue,
	quickcall,
	quickroute,
	rate,
	rateLimit,
	recording,
	registration,
	schema,
	scopeRestriction,
	screenPop,
	search,
	security,
	service,
	singleSignOn,
	skel,
	slackIntegration,
	storage,
	storageError,
	system,
	systemConfiguration,
	telexSmsBox,
	timeOfDayRule,
	timeOfDayRuleSet,
	tokenScope,
	transaction,
	trunkingIo,
	user,
	voicemailBox,
	voicemailMessage,
	webhook,
	website,
	websocket,
	whiteLabel,
	wordle,
];

/** Sorted by display name. */
export const catalogue: readonly Resource[] = alphabetical(resources, ({ name }) => name);

/** What the administrator of a customer works with. */
const everyday: ReadonlySet<Resource> = new Set([
	...[account, agent, blockList, callflow, cdr, channel, conference, customerBlueprint, device, directory],
	...[fax, faxBox, fleet, group, media, menu, message, openingHours, phoneNumber, portRequest, queue],
	...[recording, registration, user, voicemailBox, voicemailMessage],
]);

/**
 * In the order of the picker, what is used every day first. n8n lists all actions in it, resource by resource, and has
 * no search in that list where a node comes from a community package.
 */
export const byUse: readonly Resource[] = [
	...catalogue.filter((resource) => everyday.has(resource)),
	...catalogue.filter((resource) => !everyday.has(resource)),
];

/** Rows by `resource operation`; an earlier name never hides one of today. */
const rowsByName = new Map<string, Row>(
	[...catalogue].flatMap(({ value, rows }) => [
		...rows.flatMap((row) => (row.was ?? []).map((was): [string, Row] => [`${value} ${was}`, row])),
		...rows.map((row): [string, Row] => [`${value} ${row.value}`, row]),
	]),
);

/** Looks a row up by the values that the node stores, earlier names (`was`) included. */
export function findRow(resourceValue: string, operationValue: string): Row | undefined {
	return rowsByName.get(`${resourceValue} ${operationValue}`);
}

const resourceByRow = new Map<Row, Resource>(
	[...catalogue].flatMap((resource) => resource.rows.map((row): [Row, Resource] => [row, resource])),
);

/**
 * The resource that a row belongs to.
 * @throws Error for a row that is not in the catalogue
 */
export function resourceOf(row: Row): Resource {
	const found = resourceByRow.get(row);
	if (!found) throw new Error(`“${row.action}” is not in the catalogue`);
	return found;
}
