/** WHICH sockets are not found as Node's are on Unix? Those of Bun, of Deno, and of Node on Windows. */
export { bunObject, hiddenByBun } from './bun.js'
export { denoDescriptor, denoObject } from './deno.js'
export { windowsSocket } from './windows.js'
