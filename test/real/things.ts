/**
 * What a row needs to exist: made with the node itself when a row asks for it first, and forgotten when a row took it
 * away. What only calls or other people make cannot be made: an ID that nothing has stands for it.
 */
import type { ParameterName } from '../../crossbar/catalogue/parameters';
import { parameter, parameters } from '../../crossbar/catalogue/parameters';

/** How things are made and looked up. */
export interface Workshop {
	/** Runs a row (`device.create`) and gives its first item. */
	make(row: string): Promise<Record<string, unknown>>;
	/** The first entry of the list of a parameter, as the editor shows it. */
	firstOfList(name: ParameterName): Promise<string | undefined>;
	readonly count: () => number;
}

/** The row that makes it, and where its ID is in the item. */
const MADE: Readonly<Record<string, readonly [row: string, key?: string]>> = {
	alertId: ['alert.create'],
	attachmentName: ['portRequest.addAttachment', ''],
	blockListId: ['blockList.create'],
	callbackUserId: ['callbackUser.create'],
	callflowId: ['callflow.create'],
	carrierId: ['carrier.create'],
	carrierTemplateId: ['carrierTemplate.create'],
	child: ['account.create'],
	clickToCallId: ['clickToCall.create'],
	commentId: ['comment.addComment', ''],
	conferenceId: ['conference.create'],
	connectivityId: ['connectivity.create'],
	deviceId: ['device.create'],
	directoryId: ['directory.create'],
	faxboxId: ['faxBox.create'],
	functionId: ['function.create'],
	groupId: ['group.create'],
	ledgerEntryId: ['ledger.credit'],
	listEntryId: ['contactList.addEntry'],
	listId: ['contactList.create'],
	mediaId: ['media.create'],
	menuId: ['menu.create'],
	messageId: ['voicemailMessage.create', 'media_id'],
	multiFactorId: ['multiFactor.create'],
	notificationId: ['notificationTemplate.create', ''],
	otherChild: ['account.create'],
	otherVmbox: ['voicemailBox.create'],
	phoneNumber: ['phoneNumber.create', ''],
	portRequestId: ['portRequest.create'],
	queueId: ['queue.create'],
	skelId: ['skel.create'],
	storagePlanId: ['storage.createPlan'],
	taskId: ['bulkTask.create'],
	temporalRuleId: ['timeOfDayRule.create'],
	temporalRuleSetId: ['timeOfDayRuleSet.create'],
	userId: ['user.create'],
	vmboxId: ['voicemailBox.create'],
	webhookId: ['webhook.create'],
	whiteLabelDomain: ['whiteLabel.create', 'domain'],
};

/** What is the same on every server, or the name of what the row in `MADE` makes. */
const FIXED: Readonly<Record<string, string>> = {
	attachmentName: 'check.pdf',
	commentId: '0',
	configId: 'conferences',
	configNode: 'default',
	extension: '1001',
	ledgerSource: 'check',
	ipAddress: '203.0.113.7',
	mediaLanguage: 'en-us',
	notificationId: 'voicemail_to_email',
	numberToCall: '1001',
	participantId: '1',
	portState: 'submitted',
	promptId: 'vm-enter_pass',
	schemaName: 'devices',
	screenshotIndex: '0',
	serviceSource: 'phone_number',
	supFunction: 'running_modules',
	supModule: 'crossbar',
	systemConfigId: 'crossbar',
	webhookSample: 'webhooks_channel_create',
};

/** Things inside others go with them. */
const INSIDE: Readonly<Record<string, readonly string[]>> = {
	listId: ['listEntryId'],
	portRequestId: ['attachmentName'],
	vmboxId: ['messageId'],
	userId: ['callbackUserId'],
};

/** All that the rows of one run use. */
export class Things {
	private readonly known = new Map<string, string>();
	private readonly absent = new Set<string>();

	constructor(private readonly workshop: Workshop) {}

	/** An ID for a parameter, made or found. @throws Error when it cannot be made */
	async id(name: string): Promise<string> {
		const known = this.known.get(name);
		if (known !== undefined) return known;
		const found = await this.provide(name);
		this.known.set(name, found);
		return found;
	}

	/** Whether the ID of a parameter is one that nothing has. */
	isMadeUp(name: string): boolean {
		return this.absent.has(name);
	}

	/** A row has made one by itself. */
	remember(row: string, item: Record<string, unknown>): void {
		for (const [name, [maker, key = 'id']] of Object.entries(MADE)) {
			if (maker !== row || name.startsWith('other') || this.known.has(name)) continue;
			const id = this.idOf(name, key, item);
			if (id !== undefined) this.known.set(name, id);
		}
	}

	/** A row has taken it away. */
	forget(name: string): void {
		for (const gone of [name, ...(INSIDE[name] ?? [])]) this.known.delete(gone);
	}

	private async provide(name: string): Promise<string> {
		const [row, key = 'id'] = MADE[name] ?? [];
		if (row !== undefined) {
			const id = this.idOf(name, key, await this.workshop.make(row));
			if (id === undefined) throw new Error(`${row} gave no ${key}`);
			return id;
		}
		if (name === 'month') return new Date().toISOString().slice(0, 7).replace('-', '');
		const fixed = FIXED[name];
		if (fixed !== undefined) return fixed;
		const { list, pattern } = parameter(name as ParameterName);
		const listed = list && (await this.workshop.firstOfList(name as ParameterName));
		if (listed !== undefined) return listed;
		this.absent.add(name);
		return pattern?.message.includes('year')
			? '202611-0123456789abcdef01234567'
			: '0123456789abcdef0123456789abcdef';
	}

	private idOf(name: string, key: string, item: Record<string, unknown>): string | undefined {
		if (key === '') return name === 'phoneNumber' ? String(item.id) : FIXED[name];
		const value = key
			.split('.')
			.reduce<unknown>((place, part) => (place as Record<string, unknown> | undefined)?.[part], item);
		return value === undefined ? undefined : String(value);
	}
}

/** What people call a parameter. */
export function labelOf(name: string): string {
	return name in parameters ? parameter(name as ParameterName).label : name;
}
