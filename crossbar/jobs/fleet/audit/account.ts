/** Rules about an account as a whole: emergency calls, money, ports, webhooks, and how it differs from a blueprint. */
import { kinds } from '../../../changes/kinds';
import { updateOf } from '../../../changes/single';
import { isTollFree, regionsOf, zonesOf } from '../../../values/countries';
import { at } from '../../../values/paths';
import { plainText } from '../../../values/records';
import { isTimeZone } from '../../../values/time';
import { deviationsOf } from '../../blueprint/deviations';
import { homeCodes, zoneProblem } from './people';
import type { Found, Rule } from './rule';
import { listed } from './rule';

const DAY = 86_400;
/** States of port requests in which somebody still has to do something. */
const WAITING: ReadonlySet<string> = new Set([
	'unconfirmed',
	'submitted',
	'pending',
	'scheduled',
	'rejected',
]);

export const accountRules = {
	emergencyNoCallerId: {
		reads: 'the account',
		find: async ({ reader, about }) => {
			const [stored] = await reader.documents('account');
			if (!stored || plainText(at(stored.document, 'caller_id.emergency.number')) !== '') return [];
			const number = plainText(at(stored.document, 'caller_id.external.number'));
			return [
				{
					finding: 'Emergency calls show no number of the account',
					fix: number === '' ? undefined : updateOf(stored, { caller_id: { emergency: { number } } }, about),
				},
			];
		},
	},
	emergencyNoAddress: {
		reads: 'the list of phone numbers',
		find: async ({ reader }) =>
			(await reader.list('/phone_numbers'))
				.filter(
					({ id, state, features }) =>
						state === 'in_service' &&
						!isTollFree(plainText(id)) &&
						!(Array.isArray(features) && (features as unknown[]).includes('e911')),
				)
				.map((number) => ({
					object: listed('phoneNumber', number),
					finding: 'Who calls for help with it is not found: it has no emergency address',
				})),
	},
	timeZoneWrong: {
		reads: 'the account, the list of phone numbers',
		find: async ({ reader, about }) => {
			const [stored] = await reader.documents('account');
			if (!stored) return [];
			const codes = await homeCodes(reader);
			const zone = plainText(stored.document.timezone);
			const isZone = isTimeZone(zone);
			const problem = isZone ? zoneProblem(zone, codes) : 'it is none that exists';
			if (problem === undefined) return [];
			const [only, ...others] = [...codes].flatMap(regionsOf).flatMap(zonesOf);
			const wanted = others.length === 0 ? only : undefined;
			return [
				{
					finding:
						zone === ''
							? 'It has no time zone'
							: `Its time zone is ${zone}${isZone ? ', that of its numbers is another one' : ''}: ${problem}`,
					fix: wanted === undefined ? undefined : updateOf(stored, { timezone: wanted }, about),
				},
			];
		},
	},
	limitsZero: {
		reads: 'the limits',
		find: async ({ reader }) => {
			const limits = (await reader.document('limits', 'limits'))?.document;
			if (!limits) return [];
			const hard = ['calls', 'resource_consuming_calls'].filter((field) => limits[field] === 0);
			const trunks = TRUNKS.filter((field) => typeof limits[field] === 'number');
			const none = trunks.length > 0 && trunks.every((field) => limits[field] === 0);
			const paid = limits.allow_prepay !== false;
			if (hard.length === 0 && (!none || paid)) return [];
			const fields = hard.length > 0 ? hard : trunks;
			return [
				{ finding: `No call gets through: ${fields.join(', ')} ${fields.length > 1 ? 'are' : 'is'} 0` },
			];
		},
	},
	balanceLow: {
		reads: 'the balance',
		needs: 'balanceBelow',
		find: async ({ reader, settings: { balanceBelow = 0 } }) => {
			const { amount } = (await reader.record('/ledgers/total')) ?? {};
			if (typeof amount !== 'number' || amount >= balanceBelow) return [];
			return [{ finding: `Its balance is ${amount}, below ${balanceBelow}` }];
		},
	},
	accountOffWithNumbers: {
		reads: 'the account; the list of phone numbers of a disabled one',
		find: async ({ reader }) => {
			const { enabled } = await reader.settings();
			if (enabled !== false) return [];
			const count = (await reader.list('/phone_numbers')).length;
			return count === 0 ? [] : [{ finding: `It is disabled and has phone numbers that cost: ${count}` }];
		},
	},
	portStuck: {
		reads: 'the list of port requests',
		find: async ({ reader, settings: { days }, now }) =>
			(await reader.list('/port_requests')).flatMap((port): Found[] => {
				const since = Number(port.updated ?? port.created);
				if (!WAITING.has(plainText(port.port_state)) || now - since < days * DAY) return [];
				const id = plainText(port.id);
				return [
					{
						object: { label: 'Port Request', name: plainText(port.name) || id, id },
						finding: `It has been ${plainText(port.port_state)} for ${Math.floor((now - since) / DAY)} days`,
					},
				];
			}),
	},
	webhookOff: {
		reads: 'the list of webhooks; one that is off for its fix',
		find: async ({ reader, about }) => {
			const off = (await reader.list('/webhooks')).filter(
				({ enabled, disable_reason: reason }) => enabled === false || reason !== undefined,
			);
			return await Promise.all(
				off.map(async (hook): Promise<Found> => {
					const stored = await reader.document('webhook', plainText(hook.id));
					const reason = plainText(hook.disable_reason);
					return {
						object: listed('webhook', hook),
						finding: reason === '' ? 'It is switched off' : `KAZOO has switched it off: ${reason}`,
						fix: stored && updateOf(stored, { enabled: true }, about),
					};
				}),
			);
		},
	},
	webhookFailing: {
		reads: 'the list of webhooks; their attempts of the last day where there are some',
		find: async ({ reader, now }) => {
			const on = (await reader.list('/webhooks')).filter(({ enabled }) => enabled !== false);
			if (on.length === 0) return [];
			const attempts = await reader.list('/webhooks/attempts', { created_from: now - DAY, created_to: now });
			return on.flatMap((hook): Found[] => {
				const failed = attempts.filter(({ hook_id: id, result }) => id === hook.id && result === 'failure');
				if (failed.length === 0) return [];
				return [
					{
						object: listed('webhook', hook),
						finding: `Deliveries that failed in the last day: ${failed.length}`,
					},
				];
			});
		},
	},
	blueprintDeviation: {
		reads: 'all documents that a blueprint can be about, whole',
		needs: 'blueprint',
		find: async ({ reader, settings: { blueprint = {} }, about }) => {
			const { changes, problems } = await deviationsOf(
				blueprint,
				async (wanted) => await reader.live(wanted),
				about.why,
			);
			return [
				...problems.map(({ place, problem }) => ({
					finding: `It cannot be compared at ${place}: ${problem}`,
					key: `${place} ${problem}`,
				})),
				...changes.map((change) => ({
					object: {
						label: kinds[change.kind].label,
						name: change.name,
						id: change.id ?? change.ref ?? change.name,
					},
					finding: DEVIATIONS[change.action],
					key: change.fields.map(({ field }) => field).join(' '),
					fix: change,
				})),
			];
		},
	},
} satisfies Readonly<Record<string, Rule>>;

const TRUNKS = ['twoway_trunks', 'inbound_trunks', 'outbound_trunks', 'burst_trunks'] as const;

const DEVIATIONS = {
	create: 'The blueprint has it, the account does not',
	update: 'It is not as in the blueprint',
	delete: 'The blueprint does not have it',
	none: 'It is as in the blueprint',
} as const;
