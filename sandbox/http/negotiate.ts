import { bare } from '../request/refusal';

interface Wanted {
	type: string;
	subtype: string;
	quality: number;
}

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

function parseAccept(header: string): Wanted[] {
	return header.split(',').map((entry) => {
		const [range = '', ...parameters] = entry.split(';').map((part) => part.trim());
		const [type = '', subtype = ''] = range.toLowerCase().split('/');
		if (!TOKEN.test(type) || !TOKEN.test(subtype)) throw bare(400);
		const quality = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2);
		return { type, subtype, quality: quality === undefined ? 1 : Number(quality) };
	});
}

/**
 * The content type to answer with: the first that the client wants (by quality, then by order) among those provided.
 * `asked` is the option `accept` (`csv`, `pdf` or a media type), which wins over the header. Throws 406, or 400 for a
 * header that is none.
 */
export function negotiate(provided: string[], header: string | undefined, asked: string | undefined): string {
	const first = provided[0];
	if (first === undefined) throw bare(406);
	if (asked) {
		const short: Record<string, string> = {
			csv: 'text/csv',
			pdf: 'application/pdf',
			json: 'application/json',
		};
		header = short[asked] ?? asked;
	}
	if (header === undefined || header === '' || header === '*/*') return first;
	const wanted = parseAccept(header)
		.filter(({ quality }) => quality > 0)
		.sort((a, b) => b.quality - a.quality);
	for (const { type, subtype } of wanted) {
		const found = provided.find((offer) => {
			const [offeredType, offeredSubtype] = offer.split('/');
			return (type === '*' || type === offeredType) && (subtype === '*' || subtype === offeredSubtype);
		});
		if (found) return found;
	}
	throw bare(406);
}
