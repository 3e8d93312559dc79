/** Sockets that a test opens and that are closed after it, and the error that a call throws. */
import { afterEach } from 'vitest'
import type { SocketOptionError } from '../../src/index.js'

interface Closable {
  close(): Promise<unknown>
}

const open: Closable[] = []

/** To be called once in a file, at its top: closes after each test what the test has opened. */
export function closeAfterEach(): void {
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close()
  })
}

/** Waits for it, and has it closed after the test. */
export async function opened<One extends Closable>(opening: Promise<One>): Promise<One> {
  const made = await opening
  open.push(made)
  return made
}

/** What the call throws. */
export function caught(run: () => unknown): SocketOptionError {
  try {
    run()
  } catch (error) {
    return error as SocketOptionError
  }
  throw new Error('nothing was thrown')
}
