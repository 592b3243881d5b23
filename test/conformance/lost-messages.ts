import { isObject, type Json, type JsonObject, type Line, type Published } from './recording';

/** Keys of a message that differ from one to the next of the same kind. */
const OWN = /^(?:Msg-ID|.*Call-ID|Timestamp|Channel-Created-Time|.*-Tag|.*Interaction-ID)$/;

/**
 * Messages that got lost before anybody could hear them: nothing came of one, although something came of the one
 * before and of the one after, which are the same but for ids and times, and no hook was touched in between.
 */
export function lostMessages(lines: readonly Line[]): ReadonlySet<number> {
	const lost = new Set<number>();
	const published = lines.filter((line) => line.kind === 'published');
	const messages = published.filter(({ content }) => isObject(content.payload));
	const texts = lines
		.filter((line) => line.kind === 'webhook' || line.kind === 'websocket')
		.map((line) => JSON.stringify(line.kind === 'webhook' ? line.request : line.frame));
	messages.forEach((message, index) => {
		const [before, after] = [messages[index - 1], messages[index + 1]];
		if (!before || !after || kindOf(before) !== kindOf(message) || kindOf(after) !== kindOf(message)) return;
		const heard = ({ content }: Published) => texts.some((text) => text.includes(callOf(content)));
		if (heard(message) || !heard(before) || !heard(after)) return;
		if (!lines.some((line) => line.line > before.line && line.line < after.line && changesHooks(line))) {
			lost.add(message.line);
		}
	});
	return lost;
}

const callOf = ({ payload }: JsonObject): string =>
	encodeURIComponent(isObject(payload) ? String(payload['Call-ID']) : '').replaceAll('%40', '@');

function kindOf({ content }: Published): string {
	return JSON.stringify([content.api, withoutOwn(content.payload ?? null)]);
}

function withoutOwn(value: Json): Json {
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).flatMap(([key, item]) => (OWN.test(key) ? [] : [[key, withoutOwn(item)]])),
	);
}

function changesHooks(line: Line): boolean {
	return line.kind === 'exchange' && line.request.method !== 'GET' && line.request.path.includes('/webhooks');
}
