/** Counts calls: rates, waiting and talking times, service level, a row for each user, number, hour ... */
import type { CallRecord, RungPhone } from './record';

export type ReportBy = 'user' | 'number' | 'queue' | 'group' | 'direction' | 'hour' | 'weekday' | 'account';

export type Interval = 'none' | 'hour' | 'day' | 'week' | 'month';

export interface ReportSettings {
	readonly by: ReportBy;
	readonly interval: Interval;
	/** Seconds. */
	readonly serviceLevel: number;
	/** IANA name. */
	readonly timeZone: string;
	/** The groups of each user and each device, by its id. */
	readonly groups?: ReadonlyMap<string, readonly string[]>;
	/** What a row is called, by its key: groups, queues, users. */
	readonly names?: ReadonlyMap<string, string>;
}

/** One row; shares are from 0 to 1, times are seconds. What cannot be told of no call is left out. */
export interface ReportRow {
	readonly by: ReportBy;
	readonly key: string;
	readonly name?: string;
	readonly period?: string;
	readonly calls: number;
	readonly answered: number;
	readonly missed: number;
	readonly voicemail: number;
	readonly abandoned: number;
	readonly other: number;
	readonly answer_rate?: number;
	/** Of all calls but those given up within the time, the share answered within it. */
	readonly service_level?: number;
	readonly service_level_seconds: number;
	readonly mean_waiting_seconds?: number;
	readonly p90_waiting_seconds?: number;
	readonly longest_waiting_seconds?: number;
	readonly talking_seconds: number;
	readonly mean_talking_seconds?: number;
	readonly p90_talking_seconds?: number;
}

/** What one call is for one row. */
interface Part {
	readonly key: string;
	readonly name?: string;
	readonly outcome: 'answered' | 'missed' | 'voicemail' | 'abandoned' | 'other';
	readonly waiting: number;
	readonly talking: number;
}

/** @returns the rows, by their key and period */
export function reportOf(calls: readonly CallRecord[], settings: ReportSettings): ReportRow[] {
	const clock = clockOf(settings.timeZone);
	const rows = new Map<string, { key: string; name?: string; period?: string; parts: Part[] }>();
	for (const call of calls) {
		const period = periodOf(call, settings.interval, clock);
		for (const part of partsOf(call, settings, clock)) {
			const place = JSON.stringify([part.key, period]);
			const row = rows.get(place) ?? { key: part.key, period, parts: [] };
			row.name ??= part.name;
			row.parts.push(part);
			rows.set(place, row);
		}
	}
	return [...rows.values()]
		.map((row) => ({ ...row, name: row.name ?? settings.names?.get(row.key) }))
		.sort((a, b) => order(settings.by, a, b) || (a.period ?? '').localeCompare(b.period ?? ''))
		.map(({ key, name, period, parts }) => {
			const counts = {
				...(period === undefined ? {} : { period }),
				...counted(parts, settings.serviceLevel),
			};
			const { by } = settings;
			// An ID is for machines, and stands last
			return name === undefined ? { by, key, ...counts } : { by, name, ...counts, key };
		});
}

function counted(parts: readonly Part[], limit: number): Omit<ReportRow, 'by' | 'key' | 'name' | 'period'> {
	const count = (outcome: Part['outcome']): number => parts.filter((part) => part.outcome === outcome).length;
	const answered = parts.filter(({ outcome }) => outcome === 'answered');
	const [waiting, talking] = [parts.map((part) => part.waiting), answered.map((part) => part.talking)];
	const judged = parts.filter(({ outcome, waiting: time }) => outcome !== 'abandoned' || time > limit);
	const inTime = answered.filter(({ waiting: time }) => time <= limit);
	return {
		calls: parts.length,
		answered: answered.length,
		missed: count('missed'),
		voicemail: count('voicemail'),
		abandoned: count('abandoned'),
		other: count('other'),
		...given('answer_rate', share(answered.length, parts.length)),
		...given('service_level', share(inTime.length, judged.length)),
		service_level_seconds: limit,
		...given('mean_waiting_seconds', mean(waiting)),
		...given('p90_waiting_seconds', percentile(waiting, 0.9)),
		...given('longest_waiting_seconds', percentile(waiting, 1)),
		talking_seconds: talking.reduce((sum, time) => sum + time, 0),
		...given('mean_talking_seconds', mean(talking)),
		...given('p90_talking_seconds', percentile(talking, 0.9)),
	};
}

const given = <Name extends string>(name: Name, value: number | undefined): Partial<Record<Name, number>> =>
	value === undefined ? {} : ({ [name]: value } as Record<Name, number>);

const share = (part: number, all: number): number | undefined =>
	all === 0 ? undefined : Math.round((part / all) * 10_000) / 10_000;

function mean(values: readonly number[]): number | undefined {
	if (values.length === 0) return undefined;
	return Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 10) / 10;
}

/** The least value that is not exceeded by that share of all (nearest rank). */
function percentile(values: readonly number[], part: number): number | undefined {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
}

function outcomeOf({ result }: CallRecord): Part['outcome'] {
	if (result === 'answered' || result === 'forwarded') return 'answered';
	return result === 'missed' || result === 'voicemail' || result === 'abandoned' ? result : 'other';
}

/** The rows to which a call belongs: several for users and groups, whose phones may ring together. */
function partsOf(call: CallRecord, { by, groups }: ReportSettings, clock: Clock): Part[] {
	const whole = (key: string | undefined, name?: string): Part[] =>
		key === undefined
			? []
			: [
					{
						key,
						name,
						outcome: outcomeOf(call),
						waiting: call.waiting_seconds,
						talking: call.talking_seconds,
					},
				];
	switch (by) {
		case 'account':
			return whole(call.account_id ?? 'account');
		case 'direction':
			return whole(call.direction);
		case 'number':
			return whole(call.dialed);
		case 'queue':
			return whole(call.queue_id, call.queue_name);
		case 'hour':
			return whole(clock(call.started_at).hour);
		case 'weekday':
			return whole(clock(call.started_at).weekday);
		case 'user':
			return userParts(call);
		case 'group':
			return [...new Set(call.phones.flatMap((phone) => groupsOf(phone, groups)))].flatMap((key) =>
				whole(key),
			);
	}
}

function groupsOf(
	{ user_id, device_id }: RungPhone,
	groups: ReportSettings['groups'] = new Map(),
): readonly string[] {
	return [user_id, device_id].flatMap((id) => (id === undefined ? [] : (groups.get(id) ?? [])));
}

/** The caller's call went as it went; for those whose phones rang it depends on who took it. */
function userParts(call: CallRecord): Part[] {
	const { from: caller, phones, transfers } = call;
	const parts: Part[] = [];
	if (caller.user_id !== undefined)
		parts.push({
			key: caller.user_id,
			name: caller.user_name ?? caller.name,
			outcome: outcomeOf(call),
			waiting: call.waiting_seconds,
			talking: call.talking_seconds,
		});
	for (const id of new Set(phones.flatMap(({ user_id }) => user_id ?? []))) {
		const own = phones.filter(({ user_id }) => user_id === id);
		const name = own.find(({ user_name }) => user_name !== undefined)?.user_name ?? own[0]?.name;
		const took = own.some(({ result }) => result === 'answered');
		// Another one's phone was faster: that is no missed call of his
		if (!took && own.some(({ result }) => result === 'elsewhere')) continue;
		const talking = transfers
			.filter(({ to }) => to.user_id === id)
			.reduce((sum, { talking_seconds }) => sum + talking_seconds, 0);
		const first = call.answered_by?.user_id === id;
		const others = transfers.reduce((sum, { talking_seconds }) => sum + talking_seconds, 0);
		const missed = outcomeOf(call) === 'answered' ? 'missed' : outcomeOf(call);
		parts.push({
			key: id,
			name,
			outcome: took ? 'answered' : missed,
			waiting: first ? call.waiting_seconds : Math.max(...own.map(({ rang_seconds }) => rang_seconds)),
			talking: took ? talking + (first ? call.talking_seconds - others : 0) : 0,
		});
	}
	return parts;
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** As people look for rows: days of the week in their order, what has a name by that. */
function order(by: ReportBy, a: Titled, b: Titled): number {
	if (by === 'weekday') return WEEKDAYS.indexOf(a.key) - WEEKDAYS.indexOf(b.key);
	return compareText(a.name ?? a.key, b.name ?? b.key) || compareText(a.key, b.key);
}

interface Titled {
	readonly key: string;
	readonly name?: string;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

type Clock = (iso: string) => { date: string; hour: string; weekday: string };

/** Wall time somewhere. @throws RangeError for a zone that there is not */
function clockOf(timeZone: string): Clock {
	const format = new Intl.DateTimeFormat('en-CA', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		weekday: 'long',
	});
	return (iso) => {
		const parts = Object.fromEntries(
			format.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]),
		);
		return {
			date: `${parts.year}-${parts.month}-${parts.day}`,
			hour: `${parts.hour}:00`,
			weekday: String(parts.weekday),
		};
	};
}

function periodOf(call: CallRecord, interval: Interval, clock: Clock): string | undefined {
	if (interval === 'none') return undefined;
	const { date, hour, weekday } = clock(call.started_at);
	if (interval === 'hour') return `${date} ${hour}`;
	if (interval === 'day') return date;
	if (interval === 'month') return date.slice(0, 7);
	// The Monday with which the week begins
	const monday = new Date(`${date}T00:00:00Z`);
	monday.setUTCDate(monday.getUTCDate() - WEEKDAYS.indexOf(weekday));
	return monday.toISOString().slice(0, 10);
}
