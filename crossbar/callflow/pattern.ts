/** The `pattern` of a server's schema: an expression of somebody else's, run here. */

/** Characters of a text that is compared; a longer one passes, for the server looks itself. */
const LONGEST_TEXT = 2_000;
const LONGEST_PATTERN = 500;
/** Ways to match that may be tried one after another: each doubles the work. */
const MOST_CHOICES = 4;

/** Signs after a backslash and classes stand for one character. */
const ONE_CHARACTER = /\\[^]|\[\^?\]?(?:\\[^]|[^\]\\])*\]?/g;

/**
 * Whether a text fits a pattern. One that JavaScript cannot read, or that may take longer than its length lets expect,
 * is not compared.
 */
export function fits(text: string, pattern: string): boolean {
	if (text.length > LONGEST_TEXT || !isQuick(pattern)) return true;
	try {
		return new RegExp(pattern).test(text);
	} catch {
		return true;
	}
}

/** One repetition at most, of single characters, and few choices, as the patterns of KAZOO's own schemas have them. */
function isQuick(pattern: string): boolean {
	if (pattern.length > LONGEST_PATTERN) return false;
	const plain = pattern.replace(ONE_CHARACTER, 'x');
	const repetitions = plain.match(/[*+]|\{\d*,\d*\}/g) ?? [];
	const choices = plain.match(/[?|]/g) ?? [];
	// Numbers behind a backslash repeat what a group took
	const isSimple = !/\)[*+{]/.test(plain) && !/\\[1-9k]/.test(pattern);
	return isSimple && repetitions.length <= 1 && choices.length <= MOST_CHOICES;
}
