/**
 * What imports what: no circles, types included, and nothing from a room above (see houses.mjs). Dependency-cruiser
 * reads the imports; ESLint's plugins pass over those of types.
 */
import { cruise } from 'dependency-cruiser';
import { houses } from './houses.mjs';

const inside = (folder, names) => `^${folder}/(?:${names.join('|')})/`;

/** @returns what is forbidden, a line each: "no-circle: a.ts → b.ts → a.ts" */
export async function forbiddenImports(baseDir, list = houses) {
	const folders = ['nodes', 'credentials', 'crossbar', 'sandbox'];
	const { output } = await cruise(folders, {
		baseDir,
		ruleSet: {
			forbidden: [
				{ name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
				...list.flatMap(({ folder, rooms }) =>
					rooms.slice(1).map(({ name }, index) => ({
						name: `not-above-${folder}/${name}`,
						severity: 'error',
						from: { path: inside(folder, [name]) },
						to: {
							path: inside(
								folder,
								rooms.slice(0, index + 1).map((above) => above.name),
							),
						},
					})),
				),
			],
		},
		validate: true,
		tsPreCompilationDeps: true,
		doNotFollow: { path: 'node_modules' },
	});
	return output.summary.violations.map(({ rule, from, to, cycle }) =>
		[`${rule.name}: ${from}`, ...(cycle?.map(({ name }) => name) ?? [to])].join(' → '),
	);
}
