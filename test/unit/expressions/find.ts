/** Every regular expression of what ships, found by the compiler's own reading of the sources. */
import { readdirSync, readFileSync } from 'fs';
import { join, relative } from 'path';
import ts from 'typescript';

const ROOT = join(__dirname, '../../..');
const SHIPPED = ['nodes', 'credentials', 'crossbar'];

export interface Expression {
	/** File and line. */
	readonly place: string;
	readonly source: string;
	readonly flags: string;
}

/** An expression that is put together when the program runs: `new RegExp(pattern)`. */
export interface Made {
	readonly file: string;
	readonly text: string;
}

/** All of them: those that are written down, and where others are made. */
export function expressionsOfThePackage(): { written: Expression[]; made: Made[] } {
	const written: Expression[] = [];
	const made: Made[] = [];
	for (const file of SHIPPED.flatMap(sourcesIn)) {
		const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
		const name = relative(ROOT, file);
		const visit = (node: ts.Node): void => {
			if (ts.isRegularExpressionLiteral(node)) {
				const end = node.text.lastIndexOf('/');
				const { line } = source.getLineAndCharacterOfPosition(node.getStart());
				const [text, flags] = [node.text.slice(1, end), node.text.slice(end + 1)];
				written.push({ place: `${name}:${line + 1}`, source: text, flags });
			}
			// Whatever is done with the class itself: called, made anew, handed on
			const isClass = ts.isIdentifier(node) && node.text === 'RegExp' && !ts.isTypeNode(node.parent);
			if (isClass) made.push({ file: name, text: node.parent.getText() });
			ts.forEachChild(node, visit);
		};
		visit(source);
	}
	return { written, made };
}

function sourcesIn(folder: string): string[] {
	return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => join(ROOT, folder, name));
}
