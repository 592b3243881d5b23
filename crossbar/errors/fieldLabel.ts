/** From the path of a field on the wire to the words of a form. */

/** Abbreviations as telephone people write them. */
const WRITTEN = new Map(
	[
		'ACDC ACL API BLF CDR CID CNAM CSV DID DND DTMF E164 E911 FTP HTTP HTTPS ID IP ISO IVR JSON LDAP LOA MAC',
		'MMS MP3 MWI NAT PDF PIN PSTN QR RTCP RTP S3 SIP SMS SRTP SSL T38 TCP TLS TTL TTS UDP UI URI URL UUID UTC',
		'VPN WAV XML ZRTP CIDs DIDs IDs IPs PINs URIs URLs CDRs',
	]
		.join(' ')
		.split(' ')
		.map((word) => [word.toLowerCase(), word] as const),
);
const WHOLE_WORDS: Readonly<Record<string, string>> = {
	vm: 'Voicemail',
	vmbox: 'Voicemail Box',
	vmboxes: 'Voicemail Boxes',
	moh: 'Music on Hold',
	dtmf: 'DTMF',
	wdays: 'Weekdays',
	streetname: 'Street Name',
	predirectional: 'Direction Before Street Name',
	ff: 'Fast Forward',
	rw: 'Rewind',
};
/** Units at the end of a name: `interval_s`. */
const UNITS: Readonly<Record<string, string>> = { s: '(Seconds)', sec: '(Seconds)', ms: '(Milliseconds)' };
const SMALL = new Set(['and', 'of', 'on', 'or', 'in', 'to']);

/**
 * @param path dotted; a dot may be written `%2E`, as KAZOO does on users and accounts
 * @returns `call_forward%2Eenabled` → `Call Forward > Enabled`, `numbers.0` → `Numbers > 1`, an empty path →
 *   `the document`
 */
export function fieldLabel(path: string): string {
	if (path === '') return 'the document';
	const parts = path.replace(/%2E/gi, '.').split('.');
	return parts.map((part, index) => partLabel(part, parts[index - 1])).join(' > ');
}

function partLabel(part: string, parent: string | undefined): string {
	// A place in a list counts from 1; the children of a menu are keys of the telephone
	if (/^\d{1,4}$/.test(part) && parent !== undefined)
		return parent === 'children' ? part : String(Number(part) + 1);
	// Ids, numbers and patterns are what they are
	if (/^[0-9a-f]{32}$/i.test(part) || !/^[a-z][\w -]*$/i.test(part)) return part;
	const words = part
		.replace(/([a-z\d])([A-Z])/g, '$1 $2')
		.split(/[_\s-]+/)
		.filter(Boolean);
	const unit = words.length > 1 ? UNITS[words.at(-1)?.toLowerCase() ?? ''] : undefined;
	return [...(unit ? words.slice(0, -1) : words).map(wordLabel), ...(unit ? [unit] : [])].join(' ');
}

function wordLabel(word: string, index: number): string {
	const lower = word.toLowerCase();
	const known = WRITTEN.get(lower) ?? (Object.hasOwn(WHOLE_WORDS, lower) ? WHOLE_WORDS[lower] : undefined);
	if (known) return known;
	return index > 0 && SMALL.has(lower) ? lower : lower.charAt(0).toUpperCase() + lower.slice(1);
}
