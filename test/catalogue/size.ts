/** What the description of the action node is made of, in bytes: `npx tsx test/catalogue/size.ts`. */
import type { INodePropertyOptions } from 'n8n-workflow';

import { properties as computed } from '../../nodes/Kazoo/description';

const properties = computed();
const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '');
const sum = (values: readonly unknown[]): number => values.reduce<number>((all, one) => all + bytes(one), 0);

const operations = properties.flatMap(({ name, options }) =>
	name === 'operation' ? (options as INodePropertyOptions[]) : [],
);
const locators = properties.filter(({ type }) => type === 'resourceLocator');
const alone = new Map<string, number>();
for (const { displayOptions: _, ...property } of properties) {
	const text = JSON.stringify(property);
	alone.set(text, (alone.get(text) ?? 0) + 1);
}
const again = [...alone].reduce((all, [text, times]) => all + (times - 1) * Buffer.byteLength(text), 0);

console.log(`all ${bytes(properties)}; ${properties.length} properties`);
console.log(`a property ${Math.round(sum(properties) / properties.length)} on average`);
console.log(`${operations.length} operations, each ${Math.round(sum(operations) / operations.length)}`);
console.log(`${locators.length} locators, each ${Math.round(sum(locators) / locators.length)}`);
console.log(`properties that stand again, for other operations: ${again}`);
console.log('the ten that cost most:');
for (const property of [...properties].sort((a, b) => bytes(b) - bytes(a)).slice(0, 10))
	console.log(`  ${bytes(property)} ${property.name} ${JSON.stringify(property.displayOptions?.show ?? {})}`);
