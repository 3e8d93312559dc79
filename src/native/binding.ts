/** Finds, loads and types the addon. Loaded at the first system call, not at import. */
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Abi } from '../codec/codec.js'

/** What the binary says of how it was compiled. */
export interface NativeAbi extends Abi {
  /** SO_RCVTIMEO and SO_SNDTIMEO differ by architecture and by the width of time_t. */
  readonly soRcvtimeo: number
  readonly soSndtimeo: number
}

export interface Binding {
  /** Makes `buffer` the arena. Returns its size, or -EINVAL. */
  readonly attach: (buffer: ArrayBuffer) => number
  /** Carries out the requests that lie in the arena. */
  readonly call: () => void
  readonly abi: NativeAbi
}

let loaded: Binding | undefined

/** The package's folder: this file is two below it, in src as in dist. */
const root = fileURLToPath(new URL('../../', import.meta.url))

/** @throws Error with code ERR_SOCKOPT_NO_BINARY, and the command that builds one. */
export function loadBinding(): Binding {
  loaded ??= find()
  return loaded
}

function find(): Binding {
  const require = createRequire(import.meta.url)
  try {
    return require('node-gyp-build')(root) as Binding
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ERR_DLOPEN_DISABLED') throw cause
    const message = `getsockopt has no binary for this system (${process.arch}). Build one with: npm explore getsockopt -- npx node-gyp rebuild`
    throw Object.assign(new Error(message, { cause }), { code: 'ERR_SOCKOPT_NO_BINARY' })
  }
}
