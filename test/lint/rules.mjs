/**
 * Lint rules of this project: what design and house rules say and no ready-made rule checks.
 * Their tests: `node --test test/lint/`.
 */
import { dirname, relative, resolve, sep } from 'node:path';

/** Packages that n8n has for a verified package and that we use. */
const AT_RUN_TIME = ['n8n-workflow', 'crypto'];

/**
 * Who may import whom. A folder that is not listed here may import everything.
 * - What ships (credentials, nodes, crossbar) has nothing but n8n-workflow and `crypto` at run time; n8n would allow
 *   a few packages more.
 * - crossbar/ knows nothing of n8n's canvas.
 * - The sandbox is the other side of the wire: an error in the catalogue must not be copied into it.
 */
const MAY_IMPORT = {
	crossbar: { folders: ['crossbar'], packages: AT_RUN_TIME },
	credentials: { folders: ['credentials', 'crossbar'], packages: AT_RUN_TIME },
	nodes: { folders: ['nodes', 'credentials', 'crossbar'], packages: AT_RUN_TIME },
	sandbox: { folders: ['sandbox'], packages: undefined },
};

/** Keeps the folders apart that `MAY_IMPORT` keeps apart, for every form of import. */
const boundaries = {
	meta: {
		type: 'problem',
		schema: [],
		messages: {
			folder: '{{from}}/ must not import from {{to}}.',
			package:
				'{{from}}/ must not import the package "{{to}}": what ships may use n8n-workflow and crypto only.',
		},
	},
	create(context) {
		const root = context.cwd;
		const from = relative(root, context.filename).split(sep)[0];
		const allowed = MAY_IMPORT[from];
		if (!allowed) return {};

		const check = (source) => {
			if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
			const name = source.value;
			if (name.startsWith('.')) {
				const to = relative(root, resolve(dirname(context.filename), name)).split(sep)[0];
				if (allowed.folders.includes(to)) return;
				context.report({
					node: source,
					messageId: 'folder',
					data: { from, to: to === '..' ? 'outside' : to },
				});
			} else if (allowed.packages && !allowed.packages.includes(name)) {
				context.report({ node: source, messageId: 'package', data: { from, to: name } });
			}
		};
		return {
			ImportDeclaration: ({ source }) => check(source),
			ExportNamedDeclaration: ({ source }) => check(source),
			ExportAllDeclaration: ({ source }) => check(source),
			ImportExpression: ({ source }) => check(source),
			TSImportType: ({ argument }) => check(argument.literal ?? argument),
			TSExternalModuleReference: ({ expression }) => check(expression),
			'CallExpression[callee.name="require"]': (node) => check(node.arguments[0]),
		};
	},
};

/** Exported functions and classes say in a doc comment what they are for. */
const documentedExports = {
	meta: {
		type: 'suggestion',
		schema: [],
		messages: { missing: 'Say in a doc comment what "{{name}}" is for (units, errors, source of a fact).' },
	},
	create(context) {
		const isCode = ({ type }) =>
			['FunctionDeclaration', 'ClassDeclaration', 'ArrowFunctionExpression', 'FunctionExpression'].includes(
				type,
			);
		const check = (node) => {
			const { declaration } = node;
			const variable = declaration?.declarations?.[0];
			if (!declaration || !(isCode(declaration) || (variable?.init && isCode(variable.init)))) return;
			const comment = context.sourceCode.getCommentsBefore(node).at(-1);
			if (comment?.type === 'Block' && comment.value.startsWith('*')) return;
			// Overloads share the comment of the first one
			const name = (declaration.id ?? variable?.id)?.name ?? 'default';
			const siblings = node.parent.body.slice(0, node.parent.body.indexOf(node));
			if (siblings.some((other) => other.declaration?.id?.name === name)) return;
			context.report({ node: declaration, messageId: 'missing', data: { name } });
		};
		return { ExportNamedDeclaration: check, ExportDefaultDeclaration: check };
	},
};

export default { rules: { boundaries, 'documented-exports': documentedExports } };
