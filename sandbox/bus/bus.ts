import type { Fields } from '../store/database';

/** A message on KAZOO's bus (AMQP on a real server), by which its parts tell each other what happened. */
export interface Message {
	/** Module and function that send such messages: `kapi_call:publish_event`, `kapi_notifications:publish_voicemail_new` ... */
	api: string;
	/** Keys as on the bus: `Event-Name`, `Call-ID`, `Custom-Channel-Vars` ... Times are Gregorian seconds. */
	payload: Fields;
}

/** Takes messages and hands each to all who listen, in the order of their publishing. */
export class Bus {
	private readonly listeners = new Set<(message: Message) => void>();

	publish(api: string, payload: Fields): void {
		for (const listener of this.listeners) listener({ api, payload });
	}

	/** Gives back the function that ends the subscription. */
	subscribe(listener: (message: Message) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}
}
