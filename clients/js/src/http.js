import { MillraceError } from './errors.js';

const TIMEOUT_MS = 20_000;
const UNDECIDED_MS = 500;
const DECISION_LIMIT_MS = 60_000;

/** The HTTP half of the protocol. Every failure is a {@link MillraceError} with the code of the problem document. */
export class Http {
  #url;
  #tokens;
  #fetch;
  #backoff;

  /** @param {{url: string, tokens: import('./tokens.js').TokenSource, fetch: typeof fetch, backoff: object}} parts */
  constructor({ url, tokens, fetch, backoff }) {
    this.#url = url;
    this.#tokens = tokens;
    this.#fetch = fetch;
    this.#backoff = backoff;
  }

  /** One call; asks once more with a new token where the present one was refused. */
  async call(method, path, body) {
    const token = await this.#tokens.current();
    try {
      return await this.#once(method, path, body, token);
    } catch (error) {
      if (error.status !== 401) {
        throw error;
      }
      this.#tokens.onRefused(token);
      return this.#once(method, path, body, await this.#tokens.current());
    }
  }

  /** Repeats a call that carries a key until the server has decided it; every problem that does not pass is final. */
  async untilDecided(method, path, body) {
    const deadline = performance.now() + DECISION_LIMIT_MS;
    for (;;) {
      let delay = UNDECIDED_MS;
      try {
        const { status, value } = await this.call(method, path, body);
        if (status !== 202) {
          return value;
        }
      } catch (error) {
        if (!error.passes) {
          throw error;
        }
        delay = Math.max(UNDECIDED_MS, error.retryAfterMs ?? this.#backoff.next());
      }
      if (performance.now() + delay > deadline) {
        throw new MillraceError('timeout', 'undecided for a minute; the outcome is unknown');
      }
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }

  async #once(method, path, body, token) {
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json, application/problem+json' };
    const request = { method, headers, signal: AbortSignal.timeout(TIMEOUT_MS), cache: 'no-store' };
    if (body !== undefined) {
      headers['content-type'] = 'application/json';
      request.body = JSON.stringify(body);
    }
    const response = await this.#send(path, request);
    const value = await readJson(response);
    if (!response.ok) {
      throw problem(response, value);
    }
    return { status: response.status, value };
  }

  async #send(path, request) {
    try {
      return await this.#fetch(this.#url + path, request);
    } catch (cause) {
      throw cause?.name === 'TimeoutError'
        ? new MillraceError('timeout', 'no answer in time', { cause })
        : new MillraceError('network', 'the server cannot be reached', { cause });
    }
  }
}

async function readJson(response) {
  try {
    return await response.json();
  } catch (cause) {
    if (!response.ok) {
      return {};
    }
    throw new MillraceError('network', 'the answer broke off or is no JSON', { status: response.status, cause });
  }
}

/** RFC 9457 with the protocol's `code`; what a proxy says in other words is told by its status. */
function problem(response, { code, detail, title, retryAfterMs, ...details }) {
  const { status } = response;
  const seconds = Number.parseFloat(response.headers.get('retry-after') ?? '');
  return new MillraceError(code ?? codeOfStatus(status), detail ?? title, {
    status,
    retryAfterMs: retryAfterMs ?? (Number.isFinite(seconds) ? seconds * 1000 : undefined),
    details,
  });
}

function codeOfStatus(status) {
  switch (status) {
    case 401:
      return 'unauthorized';
    case 403:
      return 'forbidden';
    case 404:
      return 'not_found';
    case 413:
      return 'too_large';
    case 429:
      return 'rate_limited';
    default:
      return status >= 500 ? 'unavailable' : 'invalid';
  }
}
