import { crud, resource } from '../notation';

export const tokenScope = resource({
	value: 'tokenScope',
	name: 'Token Scope',
	description: 'Named permissions of the whole system that login tokens can carry',
	keywords: ['permission', 'OAuth scope', 'token rights', 'access control'],
	rows: crud('/scopes', 'tokenScopeId', {
		one: 'token scope',
		many: 'token scopes',
		schema: 'scopes',
		version: 5,
		needs: 'system administrator',
		getAll: 'List the permissions that exist in the system',
		get: 'Read which permissions one name stands for',
		create: 'Give a set of permissions a name',
		replace: 'Overwrite which permissions a name stands for',
		delete: 'Remove a named set of permissions',
	}),
});

export const scopeRestriction = resource({
	value: 'scopeRestriction',
	name: 'Scope Restriction',
	description: "Which token scopes an account's users get, by name of the restriction",
	keywords: ['limit permissions', 'restrict user', 'read only user', 'token scope', 'access control'],
	rows: crud('/accounts/{accountId}/scope_restrictions', 'scopeRestrictionId', {
		one: 'scope restriction',
		many: 'scope restrictions',
		schema: 'scope_restrictions',
		patch: false,
		version: 5,
		getAll: 'List the restrictions of an account with the scopes each allows',
		get: 'Read the scopes that one restriction allows',
		create: 'Define a restriction; users name it under scope_restrictions',
		update: 'Change the scopes of a restriction and keep its other fields',
		replace: 'Overwrite the scopes of a restriction',
		delete: 'Remove a restriction from the account',
	}),
});
