/** Finds, loads and types the addon. Loaded at the first system call, not at import; so are node:fs and node:module, which only this takes. */
import type { Abi } from '../codec/codec.js'
import { findPackageRoot } from '../package-root.js'

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

/** @throws Error with code ERR_SOCKOPT_NO_BINARY, and the command that builds one. */
export function loadBinding(): Binding {
  loaded ??= findBinding(findPackageRoot(), process.getBuiltinModule('node:module').createRequire(import.meta.url))
  return loaded
}

/** What was tried, and why it was in vain. */
interface Failure {
  readonly what: string
  readonly error: Error
}

/**
 * The binary of the package in `folder`: the file that node-gyp-build names or, if that does not load, the same for the other C library.
 * node-gyp-build knows musl by /etc/alpine-release or LIBC=musl alone, and there are other systems with musl.
 */
export function findBinding(folder: string, require: (id: string) => unknown): Binding {
  const failures: Failure[] = []
  const attempt = <Result>(what: string, action: () => unknown): Result | undefined => {
    try {
      return action() as Result
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_DLOPEN_DISABLED') throw error
      failures.push({ what, error: error as Error })
      return undefined
    }
  }
  const file = attempt<string>(folder, () => (require('node-gyp-build') as { resolve(folder: string): string }).resolve(folder))
  for (const path of file === undefined ? [] : [file, ...ofOtherLibc(file)]) {
    const binding = attempt<Binding>(path, () => require(path))
    if (binding !== undefined) return binding
  }
  throw noBinary(failures)
}

function ofOtherLibc(file: string): string[] {
  const other = file.replace(/\.(glibc|musl)\.node$/, (_, libc) => (libc === 'musl' ? '.glibc.node' : '.musl.node'))
  return other !== file && process.getBuiltinModule('node:fs').existsSync(other) ? [other] : []
}

function noBinary(failures: readonly Failure[]): Error {
  // The system's own message begins with the path as well, and Node's goes on over several lines.
  const reasons = failures.map(({ what, error }) => `\n  ${what}: ${error.message.replace(`${what}: `, '').split('\n', 1)[0]}`)
  const message = `getsockopt has no binary for this system (${process.arch}). Build one with: npm explore getsockopt -- npx node-gyp rebuild`
  return Object.assign(new Error(message + reasons.join(''), { cause: failures[0]?.error }), { code: 'ERR_SOCKOPT_NO_BINARY' })
}
