export { MillraceClient } from './client.js';
export { directConversation } from './command.js';
export { MillraceError } from './errors.js';
export { SendHandle } from './handle.js';
export { memoryStore, webStore } from './store.js';
export { uuid7Source } from './uuid7.js';
