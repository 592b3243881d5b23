import type { Doc, Fields } from '../../store/database';
import { dial } from '../dial';
import { ANNOUNCEMENT, type Module, ON, seconds } from './outcome';

const spoken = (media: Doc): string => String(media.description ?? media.name ?? media._id);

/** `menu`: the caller chooses by pressing keys. */
export const menu: Module = async (call, data, flow) => {
	const doc = call.directory.get('menu', data.id);
	const media = (doc?.media ?? {}) as Fields;
	const greeting = call.directory.get('media', media.greeting);
	call.pickUp();
	const branches = Object.keys(flow.children ?? {});
	for (let tries = seconds(doc?.retries, 3); tries > 0; tries--) {
		call.note(
			call.caller,
			`hears the menu "${String(doc?.name ?? 'menu')}"${greeting ? `: ${spoken(greeting)}` : ''}`,
		);
		const pressed =
			(await call.listen(ANNOUNCEMENT, true)) ??
			(await call.listen(seconds(doc?.timeout, 10_000) / 1000, true));
		if (pressed === undefined) return branches.includes('timeout') ? 'timeout' : ON;
		if (branches.includes(pressed)) return pressed;
		const isHunted = doc?.hunt !== false && call.directory.callflow(pressed) !== undefined;
		if (isHunted) return { flow: dial(pressed) };
		call.note(call.caller, `hears that ${pressed} is no valid choice`);
	}
	return ON;
};

/** The name of what is collected without one. */
const UNNAMED = 'default';

/**
 * `collect_dtmf`: the caller is asked for digits, which Pivot is told. What a call collected before under no name is
 * taken for the first of them, and where that is enough nobody waits.
 */
export const collectDtmf: Module = async (call, data, flow) => {
	call.pickUp();
	const name = String(data.collection_name ?? UNNAMED);
	const most = seconds(data.max_digits, 1);
	const early = call.digits[UNNAMED] ?? '';
	delete call.digits[UNNAMED];
	call.note(call.caller, 'is asked for digits');
	const pressed = early.length < most ? await call.listen(seconds(data.timeout, 5000) / 1000, true) : '';
	const digits = (early + (pressed ?? '').replace(/#$/, '')).slice(0, most);
	call.digits[name] = digits;
	return flow.children?.[digits] ? digits : ON;
};

/** `play`: the caller hears a recording. */
export const play: Module = async (call, data) => {
	call.pickUp();
	const media = call.directory.get('media', data.id);
	call.note(call.caller, `hears "${media ? spoken(media) : String(data.id ?? 'nothing')}"`);
	await call.listen(ANNOUNCEMENT);
	return ON;
};

/** `tones` (KAZOO 5): the caller hears tones. */
export const tones: Module = async (call) => {
	call.pickUp();
	call.note(call.caller, 'hears tones');
	await call.listen(ANNOUNCEMENT);
	return ON;
};

/** `tts`: the caller hears a text. */
export const tts: Module = async (call, data) => {
	call.pickUp();
	const text = String(data.text);
	call.note(call.caller, `hears "${text}"`);
	// People speak some fifteen characters a second.
	await call.listen(Math.max(1, text.length / 15));
	return ON;
};

const UNITS: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** `sleep`: nothing happens for a while. */
export const sleep: Module = async (call, data) => {
	await call.listen(seconds(data.duration, 0) * (UNITS[String(data.unit)] ?? 1));
	return ON;
};
