/** The catalogue: every resource of the action node, in the order of the picker. */
import { account } from './account';
import { bulkTask } from './bulkTask';
import { callflow } from './callflow';
import { cdr } from './cdr';
import { channel } from './channel';
import { customApiCall } from './customApiCall';
import { device } from './device';
import { directory } from './directory';
import { group } from './group';
import { media } from './media';
import { menu } from './menu';
import { message } from './message';
import type { Resource, Row } from './notation';
import { parkedCall } from './parkedCall';
import { phoneNumber } from './phoneNumber';
import { portRequest } from './portRequest';
import { presence } from './presence';
import { queue } from './queue';
import { quickcall } from './quickcall';
import { recording } from './recording';
import { registration } from './registration';
import { schema } from './schema';
import { service } from './service';
import { timeOfDayRule, timeOfDayRuleSet } from './timeOfDayRule';
import { transaction } from './transaction';
import { user } from './user';
import { voicemailBox } from './voicemailBox';
import { voicemailMessage } from './voicemailMessage';
import { webhook } from './webhook';

const resources: readonly Resource[] = [
	account,
	bulkTask,
	callflow,
	cdr,
	channel,
	customApiCall,
	device,
	directory,
	group,
	media,
	menu,
	message,
	parkedCall,
	phoneNumber,
	portRequest,
	presence,
	queue,
	quickcall,
	recording,
	registration,
	schema,
	service,
	timeOfDayRule,
	timeOfDayRuleSet,
	transaction,
	user,
	voicemailBox,
	voicemailMessage,
	webhook,
];

/** Sorted by display name. */
export const catalogue: readonly Resource[] = [...resources].sort((a, b) => a.name.localeCompare(b.name));

/** Looks a row up by the values that the node stores, earlier names (`was`) included. */
export function findRow(resourceValue: string, operationValue: string): Row | undefined {
	const rows = catalogue.find((resource) => resource.value === resourceValue)?.rows ?? [];
	return (
		rows.find((row) => row.value === operationValue) ?? rows.find((row) => row.was?.includes(operationValue))
	);
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
