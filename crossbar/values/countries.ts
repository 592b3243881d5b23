/** Countries of phone numbers, by the calling codes of the ITU (E.164), with the regions of ISO 3166 that use them. */

const CODES =
	'7 RU KZ|20 EG|27 ZA|30 GR|31 NL|32 BE|33 FR|34 ES|36 HU|39 IT VA|40 RO|41 CH|43 AT|44 GB GG IM JE|45 DK|46 SE|' +
	'47 NO SJ|48 PL|49 DE|51 PE|52 MX|53 CU|54 AR|55 BR|56 CL|57 CO|58 VE|60 MY|61 AU CC CX|62 ID|63 PH|64 NZ|65 SG|' +
	'66 TH|81 JP|82 KR|84 VN|86 CN|90 TR|91 IN|92 PK|93 AF|94 LK|95 MM|98 IR|211 SS|212 MA EH|213 DZ|216 TN|218 LY|' +
	'220 GM|221 SN|222 MR|223 ML|224 GN|225 CI|226 BF|227 NE|228 TG|229 BJ|230 MU|231 LR|232 SL|233 GH|234 NG|235 TD|' +
	'236 CF|237 CM|238 CV|239 ST|240 GQ|241 GA|242 CG|243 CD|244 AO|245 GW|246 IO|248 SC|249 SD|250 RW|251 ET|252 SO|' +
	'253 DJ|254 KE|255 TZ|256 UG|257 BI|258 MZ|260 ZM|261 MG|262 RE YT|263 ZW|264 NA|265 MW|266 LS|267 BW|268 SZ|269 KM|' +
	'290 SH|291 ER|297 AW|298 FO|299 GL|350 GI|351 PT|352 LU|353 IE|354 IS|355 AL|356 MT|357 CY|358 FI AX|359 BG|370 LT|' +
	'371 LV|372 EE|373 MD|374 AM|375 BY|376 AD|377 MC|378 SM|380 UA|381 RS|382 ME|383 XK|385 HR|386 SI|387 BA|389 MK|' +
	'420 CZ|421 SK|423 LI|500 FK|501 BZ|502 GT|503 SV|504 HN|505 NI|506 CR|507 PA|508 PM|509 HT|590 GP BL MF|591 BO|' +
	'592 GY|593 EC|594 GF|595 PY|596 MQ|597 SR|598 UY|599 CW BQ|670 TL|672 NF|673 BN|674 NR|675 PG|676 TO|677 SB|678 VU|' +
	'679 FJ|680 PW|681 WF|682 CK|683 NU|685 WS|686 KI|687 NC|688 TV|689 PF|690 TK|691 FM|692 MH|850 KP|852 HK|853 MO|' +
	'855 KH|856 LA|880 BD|886 TW|960 MV|961 LB|962 JO|963 SY|964 IQ|965 KW|966 SA|967 YE|968 OM|970 PS|971 AE|972 IL|' +
	'973 BH|974 QA|975 BT|976 MN|977 NP|992 TJ|993 TM|994 AZ|995 GE|996 KG|998 UZ';

/** Area codes of +1 outside the United States and Canada: calls there are charged as calls abroad. */
const ISLANDS =
	'242 BS|246 BB|264 AI|268 AG|284 VG|340 VI|345 KY|441 BM|473 GD|649 TC|658 JM|664 MS|670 MP|671 GU|684 AS|721 SX|' +
	'758 LC|767 DM|784 VC|787 PR|809 DO|829 DO|849 DO|868 TT|869 KN|876 JM|939 PR';

const regionsByCode: ReadonlyMap<string, readonly string[]> = new Map([
	...tableOf(CODES, ''),
	...tableOf(ISLANDS, '1'),
	['1', ['US', 'CA']],
]);

function tableOf(text: string, prefix: string): Array<[string, string[]]> {
	return text.split('|').map((entry) => {
		const [code = '', ...regions] = entry.split(' ');
		return [`${prefix}${code}`, regions];
	});
}

/** Digits of the longest code: an island's. */
const LONGEST = 4;

/**
 * The calling code of a number in E.164: `43` of `+4315550100`, `1876` of a number of Jamaica.
 * @returns nothing for an extension, a short code, a number that belongs to no country
 */
export function callingCode(number: string): string | undefined {
	const digits = /^\+(\d{5,15})$/.exec(number)?.[1];
	if (digits === undefined) return undefined;
	for (let length = LONGEST; length > 0; length--)
		if (regionsByCode.has(digits.slice(0, length))) return digits.slice(0, length);
	return undefined;
}

/** Regions of ISO 3166 that a calling code is of. */
export const regionsOf = (code: string): readonly string[] => regionsByCode.get(code) ?? [];

/** The time zones that are in use in a region, as the runtime knows them. */
export function zonesOf(region: string): readonly string[] {
	const locale = new Intl.Locale(`und-${region}`) as Intl.Locale & {
		readonly timeZones?: readonly string[];
		getTimeZones?(): readonly string[];
	};
	return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

/** Numbers that cost those who call them nothing: they are nowhere. */
export function isTollFree(number: string): boolean {
	return /^\+1(800|822|833|844|855|866|877|888)\d{7}$|^\+800\d{8}$/.test(number);
}

/** A number as it is dialled from a place with this calling code, in E.164 where it leads abroad: `011 44 …`, `00 44 …`. */
export function asDialled(number: string, home: string): string {
	const digits = number.replace(/[\s().-]/g, '');
	const abroad = home.startsWith('1') ? /^011(\d{6,})$/ : /^00(\d{6,})$/;
	const rest = abroad.exec(digits)?.[1];
	if (rest !== undefined) return `+${rest}`;
	return home.startsWith('1') && /^1?[2-9]\d{9}$/.test(digits) ? `+1${digits.slice(-10)}` : digits;
}
