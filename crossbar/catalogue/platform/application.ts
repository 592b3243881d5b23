import type { Upload } from '../notation';
import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/applications';
const definition = `${path}/application/{applicationId}` as const;
const type = `${path}/{applicationType}` as const;
const one = `${type}/{applicationId}` as const;
const ofUser = '/accounts/{accountId}/users/{userId}/applications/{applicationType}' as const;

const image: Upload = { as: 'raw', accepts: 'PNG, JPEG or GIF' };
const picture = { returns: 'file', version: 5 } as const;

/** Who may see an application: a document whose fields a schema gives; no one needs them. */
const access = { version: 5, document: 'application_entitlement' } as const;
const block = { version: 5, document: 'application_blocklist' } as const;

export const application = resource({
	value: 'application',
	name: 'Application',
	description: 'Programs that a provider offers beside KAZOO, by type, and who may use them',
	keywords: ['monster ui', 'comm.land', 'desktop app', 'app catalog', 'entitlement', 'app access'],
	rows: [
		operation(`GET ${path}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many applications',
			description: 'List the programs that are on offer to an account',
			returns: 'records',
			version: 5,
		}),
		operation(`GET ${type}`, {
			value: 'getOfType',
			name: 'Get Many of Type',
			action: 'Get many applications of type',
			description: 'List the programs of one type that an account or a user may use',
			returns: 'records',
			scopes: { user: ofUser },
			version: 5,
		}),
		operation(`GET ${one}`, {
			value: 'get',
			name: 'Get',
			action: 'Get application',
			description: 'Read name, version and address of one program that may be used',
			scopes: { user: `${ofUser}/{applicationId}` },
			version: 5,
		}),
		operation(`GET ${one}/icon`, {
			value: 'downloadIcon',
			name: 'Download Icon',
			action: 'Download icon of application',
			description: 'Get the icon as users see it',
			scopes: { user: `${ofUser}/{applicationId}/icon` },
			...picture,
		}),
		operation(`GET ${one}/screenshots/{screenshotId}`, {
			value: 'downloadScreenshot',
			name: 'Download Screenshot',
			action: 'Download screenshot of application',
			description: 'Get one of the pictures as users see it',
			scopes: { user: `${ofUser}/{applicationId}/screenshots/{screenshotId}` },
			...picture,
		}),
		operation(`GET ${definition}`, {
			value: 'getDefinition',
			name: 'Get Definition',
			action: 'Get definition of application',
			description: 'Read everything that its publisher stored about a program',
			version: 5,
		}),
		operation(`PUT ${definition}`, {
			value: 'create',
			name: 'Create',
			action: 'Create application',
			description: 'Publish a program under an ID of your choice',
			document: 'applications',
			version: 5,
		}),
		operation(`PATCH ${definition}`, {
			value: 'update',
			name: 'Update',
			action: 'Update application',
			description: 'Change parts of what is published about a program',
			document: 'applications',
			version: 5,
		}),
		operation(`POST ${definition}`, {
			value: 'replace',
			name: 'Replace',
			action: 'Replace application',
			description: 'Overwrite everything that is published about a program',
			document: 'applications',
			version: 5,
		}),
		operation(`DELETE ${definition}`, {
			value: 'delete',
			name: 'Delete',
			action: 'Delete application',
			description: 'Withdraw a program that you published',
			version: 5,
		}),
		operation(`GET ${definition}/icon`, {
			value: 'downloadOwnIcon',
			name: 'Download Published Icon',
			action: 'Download published icon of application',
			description: 'Get the icon that the publisher stored',
			...picture,
		}),
		operation(`POST ${definition}/icon`, {
			value: 'uploadIcon',
			name: 'Upload Icon',
			action: 'Upload icon of application',
			description: 'Give a program that you published an icon',
			upload: image,
			version: 5,
		}),
		operation(`DELETE ${definition}/icon`, {
			value: 'deleteIcon',
			name: 'Delete Icon',
			action: 'Delete icon of application',
			description: 'Remove the icon of a program',
			version: 5,
		}),
		operation(`POST ${definition}/screenshots`, {
			value: 'addScreenshot',
			name: 'Add Screenshot',
			action: 'Add screenshot to application',
			description: 'Show one more picture of a program that you published',
			upload: image,
			version: 5,
		}),
		operation(`GET ${definition}/screenshots/{screenshotId}`, {
			value: 'downloadOwnScreenshot',
			name: 'Download Published Screenshot',
			action: 'Download published screenshot of application',
			description: 'Get a picture that the publisher stored',
			...picture,
		}),
		operation(`POST ${definition}/screenshots/{screenshotId}`, {
			value: 'replaceScreenshot',
			name: 'Replace Screenshot',
			action: 'Replace screenshot of application',
			description: 'Put another picture in place of one that is shown',
			upload: image,
			version: 5,
		}),
		operation(`DELETE ${definition}/screenshots/{screenshotId}`, {
			value: 'deleteScreenshot',
			name: 'Delete Screenshot',
			action: 'Delete screenshot of application',
			description: 'Stop showing one of the pictures',
			version: 5,
		}),
		operation(`GET ${type}/entitlements`, {
			value: 'getEntitlements',
			name: 'Get Entitlements',
			action: 'Get entitlements to applications',
			description: 'List which programs of a type an account has been given access to',
			returns: 'records',
			version: 5,
		}),
		operation(`GET ${one}/entitlement`, {
			value: 'getEntitlement',
			name: 'Get Entitlement',
			action: 'Get entitlement to application',
			description: 'Read who in the account has access to a program',
			version: 5,
		}),
		operation(`PUT ${one}/entitlement`, {
			value: 'createEntitlement',
			name: 'Create Entitlement',
			action: 'Create entitlement to application',
			description: 'Give an account access to a program',
			...access,
		}),
		operation(`POST ${one}/entitlement`, {
			value: 'replaceEntitlement',
			name: 'Replace Entitlement',
			action: 'Replace entitlement to application',
			description: 'Overwrite who has access to a program',
			...access,
		}),
		operation(`DELETE ${one}/entitlement`, {
			value: 'deleteEntitlement',
			name: 'Delete Entitlement',
			action: 'Delete entitlement to application',
			description: "Remove an account's access to a program",
			version: 5,
		}),
		operation(`GET ${type}/blocklists`, {
			value: 'getBlocks',
			name: 'Get Blocked',
			action: 'Get blocked applications',
			description: 'List which programs of a type are blocked for an account',
			returns: 'records',
			version: 5,
		}),
		operation(`GET ${one}/block`, {
			value: 'getBlock',
			name: 'Get Block',
			action: 'Get block of application',
			description: 'Read whether and for whom a program is blocked',
			version: 5,
		}),
		operation(`PUT ${one}/block`, {
			value: 'createBlock',
			name: 'Block',
			action: 'Block application',
			description: 'Block a program for an account and the accounts below it',
			...block,
		}),
		operation(`POST ${one}/block`, {
			value: 'replaceBlock',
			name: 'Replace Block',
			action: 'Replace block of application',
			description: 'Overwrite for whom a program is blocked',
			...block,
		}),
		operation(`DELETE ${one}/block`, {
			value: 'deleteBlock',
			name: 'Unblock',
			action: 'Unblock application',
			description: 'Allow a program again that was blocked',
			version: 5,
		}),
	],
});
