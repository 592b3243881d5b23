import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An answer that is not TwiML as KAZOO knows it. */
export class TwimlError extends Error {}

/** An element of a document. */
export interface Element {
	name: string;
	attributes: Record<string, string>;
	children: Element[];
	/** Its own text, without spaces around it. */
	text: string;
}

type Parsed = Record<string, unknown>;

const TEXT = '#text';
const ATTRIBUTES = ':@';

function elementsOf(list: Parsed[]): Element[] {
	return list.flatMap((entry) => {
		const name = Object.keys(entry).find((key) => key !== ATTRIBUTES);
		if (name === undefined || name === TEXT || name.startsWith('?')) return [];
		const inner = entry[name] as Parsed[];
		const text = inner.map((part) => String(part[TEXT] ?? '')).join('');
		const attributes = (entry[ATTRIBUTES] ?? {}) as Record<string, string>;
		return [{ name, attributes, children: elementsOf(inner), text: text.trim() }];
	});
}

/** The verbs of a document, in their order. Throws a TwimlError that says what is wrong. */
export function readTwiml(body: string): Element[] {
	const valid = XMLValidator.validate(body);
	if (valid !== true) throw new TwimlError(`line ${valid.err.line}: ${valid.err.msg}`);
	const parser = new XMLParser({
		preserveOrder: true,
		ignoreAttributes: false,
		attributeNamePrefix: '',
		parseTagValue: false,
		processEntities: true,
	});
	const [root] = elementsOf(parser.parse(body) as Parsed[]);
	if (root?.name !== 'Response') throw new TwimlError('the root element is not <Response>');
	return root.children;
}
