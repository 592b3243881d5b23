/** What the layers of the tests need besides the tools: of the machine (see runtime/machine.mjs), and n8n. */
const NEEDS = {
	unit: { machine: ['browser'] },
	e2e: { machine: ['browser'], runtime: true },
	queue: { machine: ['queue'], runtime: true },
};

/** For `ensure`. @param {string[]} layers */
export function needsOf(layers) {
	const needs = layers.map((layer) => NEEDS[layer] ?? {});
	return {
		runtime: needs.some(({ runtime }) => runtime),
		machine: [...new Set(needs.flatMap(({ machine = [] }) => machine))],
	};
}
