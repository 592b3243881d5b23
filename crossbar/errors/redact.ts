/** Keeps secrets out of sentences: error messages end up in logs, in chats and with AI agents. */

const MASK = '********';

const SECRET =
	/(^|[^a-z0-9])(password|passwd|passcode|secret|token|api_?key|credentials?|authorization|cookie|pins?|(access|private|secret|sha256)_key|(md5|sha1)_auth|reset_id|sig_request|multi_factor_response)(\.\d+)?$/i;

/** Whether a field of this name (or dotted path) holds a secret: passwords, PINs, tokens, keys. */
export function isSecret(path: string): boolean {
	return SECRET.test(path.replace(/%2E/gi, '.'));
}

/** What looks like a secret wherever it stands, and what to put there. */
const LOOKS_SECRET: ReadonlyArray<readonly [RegExp, string]> = [
	// JSON Web Tokens, also cut ones
	[/\beyJ[\w-]{8,}(\.[\w-]*){0,2}/g, MASK],
	// API keys (64), SHA-1 credentials (40), recovery ids, also cut ones; ids and request ids have 32 digits
	[/\b(?=\d*[a-f])([0-9a-f]{40,}|[0-9a-f]{12,}(?=…))\b/gi, MASK],
	[/\b(Basic|Bearer)\s+[\w+/=.~-]{8,}/g, `$1 ${MASK}`],
	// As in headers, where the rest of the line is the value
	[/\b((?:x-auth-token|authorization|(?:set-)?cookie)["']?\s*[:=]\s*["']?)[^\n"',;]+/gi, `$1${MASK}`],
	// As in queries, in JSON and in Erlang
	[/\b((?:\w*(?:token|secret|password|passwd)|api_key|credentials|pins?)=)[^\s"&;]+/gi, `$1${MASK}`],
	[
		/\b((?:\w*(?:token|secret|password|passwd)|api_key|credentials|pins?)"\s*:\s*")(?:[^"\\]|\\.)+/gi,
		`$1${MASK}`,
	],
	[
		/(<<"(?:\w*(?:token|secret|password|passwd)|api_key|credentials|pins?)">>\s*,\s*<<")(?:[^"\\]|\\.)+/gi,
		`$1${MASK}`,
	],
	// https://user:password@host
	[/(\/\/)[^\s/?#]+@/g, `$1${MASK}@`],
	// Paths that hold a token
	[/(\/(?:user_auth|auth_token|token_auth)\/)(?!recovery\b)[^\s/?]+/g, `$1${MASK}`],
];

/** Characters of a known secret, at its beginning, that tell it where a text was cut in the middle of it. */
const TELLING = 3;

/**
 * @param known secrets of this exchange, whatever they look like; shorter than eight characters they are left,
 *   since they would hit ordinary words
 * @returns the text without what is or looks like a secret; of what was cut (`…`) without its beginning, too
 */
export function redact(text: string, known: readonly string[] = []): string {
	const forms = [...new Set(known.filter((secret) => secret.length >= 8).flatMap(written))].sort(
		(a, b) => b.length - a.length,
	);
	const masked = forms.reduce((result, secret) => result.split(secret).join(MASK), text);
	return LOOKS_SECRET.reduce(
		(result, [pattern, replacement]) => result.replace(pattern, replacement),
		forms.reduce(withoutBeginning, masked),
	);
}

function withoutBeginning(text: string, secret: string): string {
	const [first = '', ...others] = text.split('…');
	return others.reduce((before, after) => `${withoutEnd(before, secret)}…${after}`, first);
}

/** The text without the beginning of the secret at its end. */
function withoutEnd(text: string, secret: string): string {
	for (let length = Math.min(secret.length, text.length); length >= TELLING; length--)
		if (text.endsWith(secret.slice(0, length))) return text.slice(0, -length) + MASK;
	return text;
}

/** A secret as it may stand in a text: itself, with single blanks, in JSON, in an address, in Base64. */
function written(secret: string): string[] {
	const bytes = Buffer.from(secret);
	const plain = [secret, secret.replace(/\s+/g, ' '), bytes.toString('base64'), bytes.toString('base64url')];
	try {
		const encoded = encodeURIComponent(secret);
		const lower = encoded.replace(/%../g, (sign) => sign.toLowerCase());
		return [...plain, JSON.stringify(secret).slice(1, -1), encoded, lower, encoded.replace(/%20/g, '+')];
	} catch {
		return plain;
	}
}
