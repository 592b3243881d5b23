/** Rules about opening hours and sounds. */
import { canonical } from '../../../changes/difference';
import type { KindName } from '../../../changes/kinds';
import type { Stored } from '../../../changes/live';
import { deletionOf, updateOf } from '../../../changes/single';
import { isoFromGregorian } from '../../../values/time';
import type { Found, Looked, Rule } from './rule';
import { objectOf } from './rule';

const DAY = 86_400;

/** Kinds of documents that can name a sound. */
const SOUNDING: readonly KindName[] = [
	...([
		'account',
		'callflow',
		'menu',
		'voicemailBox',
		'group',
		'queue',
		'user',
		'device',
		'conference',
	] as const),
];

export const timeRules = {
	holidayPast: {
		reads: 'time of day rules whole',
		find: async ({ reader, now, about }) =>
			(await reader.documents('timeOfDayRule'))
				.filter(({ document: { cycle, start_date: date, enabled } }) => {
					if (cycle !== 'date' || enabled === false || typeof date !== 'number') return false;
					return date + DAY < now;
				})
				.map((stored) => ({
					object: objectOf(stored),
					finding: `It was for ${isoFromGregorian(Number(stored.document.start_date)).slice(0, 10)} alone`,
					fix: updateOf(stored, { enabled: false }, about),
				})),
	},
	ruleUnused: {
		reads: 'time of day rules, rule sets and callflows whole',
		find: async ({ reader, about }) => {
			const flows = written(await reader.documents('callflow'));
			const sets = (await reader.documents('timeOfDayRuleSet')).filter(({ id }) => flows.includes(id));
			const inSets = written(sets);
			return unused(await reader.documents('timeOfDayRule'), [flows, inSets], 'No callflow uses it', about);
		},
	},
	mediaUnused: {
		reads: `media and all that can name them, whole: ${SOUNDING.join(', ')}`,
		find: async ({ reader, about }) => {
			const texts = await Promise.all(SOUNDING.map(async (kind) => written(await reader.documents(kind))));
			return unused(await reader.documents('media'), texts, 'Nothing plays it', about);
		},
	},
} satisfies Readonly<Record<string, Rule>>;

const written = (documents: readonly Stored[]): string =>
	canonical(documents.map(({ document }) => document));

/** Those whose id stands nowhere. */
function unused(
	candidates: readonly Stored[],
	texts: readonly string[],
	finding: string,
	about: Looked['about'],
): Found[] {
	return candidates
		.filter(({ id }) => !texts.some((text) => text.includes(id)))
		.map((stored) => ({ object: objectOf(stored), finding, fix: deletionOf(stored, about) }));
}
