/** The catalogue: every resource of the action node, in the order of the picker. */
import { alphabetical } from '../alphabetical';
import { accessList } from './accessList';
import { account } from './account';
import { accountConfig } from './accountConfig';
import { agent } from './agent';
import { alert } from './alert';
import { allotment } from './allotment';
import { appExchange } from './appExchange';
import { application } from './application';
import { authentication } from './authentication';
import { blockList } from './blockList';
import { braintree } from './braintree';
import { bulkTask } from './bulkTask';
import { callbackUser } from './callbackUser';
import { callCenterAgent } from './callCenterAgent';
import { callCenterQueue } from './callCenterQueue';
import { callflow } from './callflow';
import { callInspector } from './callInspector';
import { carrier, carrierTemplate } from './carrier';
import { carrierSelector } from './carrierSelector';
import { cdr } from './cdr';
import { channel } from './channel';
import { chat } from './chat';
import { clickToCall } from './clickToCall';
import { comment } from './comment';
import { conference } from './conference';
import { connectivity } from './connectivity';
import { contactList } from './contactList';
import { crmIntegration } from './crmIntegration';
import { customApiCall } from './customApiCall';
import { dashboard } from './dashboard';
import { desktopApp } from './desktopApp';
import { device } from './device';
import { dialPlan } from './dialPlan';
import { directory } from './directory';
import { entitlement } from './entitlement';
import { externalNumber } from './externalNumber';
import { fax } from './fax';
import { faxBox } from './faxBox';
import { callFunction } from './function';
import { group } from './group';
import { ipAddress } from './ipAddress';
import { ledger } from './ledger';
import { limit } from './limit';
import { loginToken } from './loginToken';
import { matchList } from './matchList';
import { media } from './media';
import { menu } from './menu';
import { message } from './message';
import { metaflow } from './metaflow';
import { migration } from './migration';
import { multiFactor } from './multiFactor';
import type { Resource, Row } from './notation';
import { notificationTemplate } from './notificationTemplate';
import { parkedCall } from './parkedCall';
import { phoneNumber } from './phoneNumber';
import { pivot } from './pivot';
import { portRequest } from './portRequest';
import { presence } from './presence';
import { queue } from './queue';
import { quickcall } from './quickcall';
import { quickroute } from './quickroute';
import { rate } from './rate';
import { rateLimit } from './rateLimit';
import { recording } from './recording';
import { registration } from './registration';
import { schema } from './schema';
import { screenPop } from './screenPop';
import { search } from './search';
import { security } from './security';
import { service } from './service';
import { singleSignOn } from './singleSignOn';
import { skel } from './skel';
import { slackIntegration } from './slackIntegration';
import { storage } from './storage';
import { storageError } from './storageError';
import { system, systemConfiguration } from './system';
import { telexSmsBox } from './telexSmsBox';
import { timeOfDayRule, timeOfDayRuleSet } from './timeOfDayRule';
import { scopeRestriction, tokenScope } from './tokenScope';
import { transaction } from './transaction';
import { trunkingIo } from './trunkingIo';
import { user } from './user';
import { voicemailBox } from './voicemailBox';
import { voicemailMessage } from './voicemailMessage';
import { webhook } from './webhook';
import { website } from './website';
import { websocket } from './websocket';
import { whiteLabel } from './whiteLabel';
import { wordle } from './wordle';

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
	channel,
	chat,
	clickToCall,
	comment,
	conference,
	connectivity,
	contactList,
	crmIntegration,
	customApiCall,
	dashboard,
	desktopApp,
	device,
	dialPlan,
	directory,
	entitlement,
	externalNumber,
	fax,
	faxBox,
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

/**
 * The resource that a row belongs to.
 * @throws Error for a row that is not in the catalogue
 */
export function resourceOf(row: Row): Resource {
	const found = catalogue.find((resource) => resource.rows.includes(row));
	if (!found) throw new Error(`“${row.action}” is not in the catalogue`);
	return found;
}
