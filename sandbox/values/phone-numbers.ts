/** Whether a text is a telephone number that the world can reach, rather than an extension or a feature code. */
export function isReconcilable(text: string): boolean {
	return /^\+?[\d(][\d\s().-]{6,}\d$/.test(text) && text.replace(/\D/g, '').length >= 10;
}

/** A number as KAZOO stores it: E.164 for what can be one (`4153100111` is `+14153100111`), unchanged otherwise. */
export function normaliseNumber(text: string): string {
	if (!isReconcilable(text)) return text;
	const digits = text.replace(/\D/g, '');
	if (text.startsWith('+')) return `+${digits}`;
	if (digits.length === 10) return `+1${digits}`;
	if (digits.length === 11 && digits.startsWith('1')) return `+${digits}`;
	return text;
}

/** What the number manager makes E.164 of, and how: everything else stays as it is, spaces and brackets included. */
const CONVERTERS: [pattern: RegExp, prefix: string][] = [
	[/^(?:\+?1)?([2-9]\d{2}[2-9]\d{6})$/, '+1'],
	[/^(?:011|00)(\d{5,})$/, '+'],
	[/^([2-9]\d{7,})$/, '+'],
];

/** A number as KAZOO's number manager stores it (`5104030001` is `+15104030001`, `0048221` is `+48221`). */
export function toE164(text: string): string {
	if (text.startsWith('+')) return text;
	for (const [pattern, prefix] of CONVERTERS) {
		const [, root] = pattern.exec(text) ?? [];
		if (root !== undefined) return prefix + root;
	}
	return text;
}
