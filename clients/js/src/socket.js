/**
 * One WebSocket with what it says sorted into three calls; after {@link leave} it says nothing more. Works with the
 * browser's WebSocket and with npm's `ws`.
 */
export class Socket {
  #socket;

  /** @param {{onOpen: Function, onText: (text: string) => void, onClosed: (code: number, reason: string) => void}} to */
  constructor(WebSocket, url, { onOpen, onText, onClosed }) {
    this.#socket = new WebSocket(url, 'millrace.v1.json');
    this.#socket.onopen = onOpen;
    this.#socket.onmessage = ({ data }) => onText(data);
    this.#socket.onclose = ({ code, reason }) => onClosed(code, reason);
    // The close that follows tells what there is to know.
    this.#socket.onerror = () => {};
  }

  /** What does not fit any more is lost with the connection, which is told by its close. */
  send(text) {
    if (this.#socket.readyState === 1) {
      this.#socket.send(text);
    }
  }

  leave(code = 1000) {
    this.#socket.onopen = null;
    this.#socket.onmessage = null;
    this.#socket.onclose = null;
    this.#socket.close(code);
  }
}
