/**
 * The site: the pages of docs/ as they are, for GitHub Pages. `npm run docs:build` writes it to build/docs; nothing is
 * fetched for it or by it, search included. On GitHub the same files are read as they stand, so links are relative
 * and what lies outside of docs/ is linked as there; here such links are led to the repository, or to a copy.
 */
import { cpSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const DOCS = dirname(dirname(fileURLToPath(import.meta.url)));
const ROOT = dirname(DOCS);
const { name, repository } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const REPOSITORY = repository.url.replace(/^git\+|\.git$/g, '');

/** Files that pages link to and VitePress does not know: they are copied as they are. */
const COPIED = ['docs/blueprints', 'docs/blueprint.schema.json', 'examples'];
/** Where they lie on the site. */
const copyOf = (path) => path.replace(/^docs\//, '');

/** A link as the site needs it. `page` is the path of the page below docs/. */
function onTheSite(link, page) {
	if (/^([a-z]+:|#|\/)/.test(link)) return link;
	const path = posix.normalize(posix.join('docs', posix.dirname(page), link));
	if (path.startsWith('docs/public/')) return `/${path.slice('docs/public/'.length)}`;
	if (path.endsWith('.json')) return `/${copyOf(path)}`;
	return path.startsWith('docs/') ? link : `${REPOSITORY}/blob/main/${path}`;
}

/** The first heading of a page. */
function titleOf(page) {
	return /^# (.*)$/m.exec(readFileSync(join(DOCS, page), 'utf8'))?.[1] ?? page;
}
const entry = (page) => ({ text: titleOf(page), link: `/${page.replace(/(index)?\.md$/, '')}` });
/** The pages that a page lists, in its order. */
function listedOn(page) {
	const links = readFileSync(join(DOCS, page), 'utf8').matchAll(/\]\(([\w-]+\.md)\)/g);
	return [...new Set([...links].map(([, link]) => posix.join(posix.dirname(page), link)))];
}
const group = (text, pages, collapsed = false) => ({ text, collapsed, items: pages.map(entry) });

export default {
	title: 'KAZOO for n8n',
	description: 'How to run a KAZOO telephone system from n8n',
	base: `/${name}/`,
	outDir: '../build/docs',
	cacheDir: '../.cache/vitepress',
	themeConfig: {
		search: { provider: 'local' },
		outline: [2, 3],
		nav: [
			{ text: 'Install', link: '/install' },
			{ text: 'Jobs', link: '/jobs/' },
			{ text: 'Operations', link: '/operations/' },
			{ text: 'Errors', link: '/errors' },
		],
		sidebar: [
			group('Begin', ['install.md', 'rights.md', 'troubleshooting.md', 'errors.md', 'versions.md']),
			group('Jobs', listedOn('jobs/index.md')),
			group('How it works', [
				'people.md',
				'blueprints.md',
				'fleet.md',
				'calls.md',
				'events.md',
				'sandbox.md',
			]),
			group('Operations', listedOn('operations/index.md'), true),
			group(
				'For developers',
				['decisions.md', 'n8n-abilities.md', 'real.md', 'real-kazoo-4.md', 'sandbox-coverage.md'],
				true,
			),
		],
		socialLinks: [{ icon: 'github', link: REPOSITORY }],
	},
	markdown: {
		// As GitHub names headings, so that a link to one leads there in both places
		anchor: {
			slugify: (heading) =>
				heading
					.toLowerCase()
					.replace(/[^\p{L}\p{N}\s_-]/gu, '')
					.replace(/\s/g, '-'),
		},
		config(markdown) {
			// Expressions of n8n stand in double braces, in which Vue would calculate
			const { code_inline: inline } = markdown.renderer.rules;
			markdown.renderer.rules.code_inline = (...all) => inline(...all).replace('<code', '<code v-pre');
			markdown.core.ruler.push('links-on-the-site', ({ tokens, env }) => {
				for (const token of tokens.flatMap(({ children }) => children ?? [])) {
					for (const attribute of ['href', 'src']) {
						const link = token.attrGet(attribute);
						if (link) token.attrSet(attribute, onTheSite(link, env.relativePath));
					}
				}
			});
		},
	},
	buildEnd({ outDir, pages }) {
		for (const path of COPIED) cpSync(join(ROOT, path), join(outDir, copyOf(path)), { recursive: true });
		// As text, for programs that read: llms.txt names them
		for (const page of pages) cpSync(join(DOCS, page), join(outDir, page));
		console.log(`Wrote ${relative(ROOT, outDir)}`);
	},
};
