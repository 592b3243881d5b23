/** A part of a multipart body. */
export interface Part {
	headers: Record<string, string>;
	data: Buffer;
}

/** The value of a parameter in a header such as `form-data; name="a"; filename="b.wav"`. */
export function headerParameter(header: string, name: string): string | undefined {
	const match = new RegExp(`(?:^|;)\\s*${name}="([^"]*)"|(?:^|;)\\s*${name}=([^;\\s]+)`, 'i').exec(header);
	return match ? (match[1] ?? match[2]) : undefined;
}

const CRLF = Buffer.from('\r\n');
const BLANK = Buffer.from('\r\n\r\n');

/** Takes a multipart body apart; undefined when the boundary is missing or never appears. */
export function parseMultipart(body: Buffer, contentType: string): Part[] | undefined {
	const boundary = headerParameter(contentType, 'boundary');
	if (!boundary) return undefined;
	const delimiter = Buffer.from(`--${boundary}`);
	let at = body.indexOf(delimiter);
	if (at === -1) return undefined;
	const parts: Part[] = [];
	for (;;) {
		const start = at + delimiter.length;
		// "--" after the delimiter ends the body.
		if (body.subarray(start, start + 2).toString() === '--') return parts;
		const next = body.indexOf(Buffer.concat([CRLF, delimiter]), start);
		if (next === -1) return parts;
		const part = body.subarray(start + CRLF.length, next);
		const blank = part.indexOf(BLANK);
		const headers: Record<string, string> = {};
		for (const line of part.subarray(0, Math.max(blank, 0)).toString('utf8').split('\r\n')) {
			const colon = line.indexOf(':');
			if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
		}
		parts.push({ headers, data: blank === -1 ? part : part.subarray(blank + BLANK.length) });
		at = next + CRLF.length;
	}
}
