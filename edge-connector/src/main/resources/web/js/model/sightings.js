import { Emitter } from '../../client/emitter.js';

/**
 * Windows of this browser tell each other when a message reached them, so that the sender can show on which devices it
 * arrived and when. Only numbers and names travel. Event `seen`: {conversation, seq, user, device, at}, `at` in
 * milliseconds of the common clock.
 */
export class Sightings extends Emitter {
  #channel = new BroadcastChannel('millrace-sightings');
  #user;
  #device;

  constructor(user, device) {
    super();
    this.#user = user;
    this.#device = device;
    this.#channel.onmessage = ({ data }) => this.emit('seen', data);
  }

  tell(conversation, seq) {
    const at = performance.timeOrigin + performance.now();
    this.#channel.postMessage({ conversation, seq, user: this.#user, device: this.#device, at });
  }
}
