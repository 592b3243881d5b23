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
