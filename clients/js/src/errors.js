/** What the server or the network answered, with the protocol's code; never with a message body or a token. */
export class MillraceError extends Error {
  /**
   * @param {string} code a code of the protocol, or `network`, `timeout`, `unauthorized`, `closed`, `protocol`, `storage`
   * @param {{status?: number, retryAfterMs?: number, cause?: unknown, details?: object}} [more]
   */
  constructor(code, message, { status, retryAfterMs, cause, details } = {}) {
    super(message || code, cause === undefined ? undefined : { cause });
    this.name = 'MillraceError';
    this.code = code;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.details = details;
  }

  /** The same call may succeed later, and may have succeeded already. */
  get passes() {
    return PASSING.has(this.code);
  }
}

const PASSING = new Set(['rate_limited', 'overloaded', 'unavailable', 'network', 'timeout']);
