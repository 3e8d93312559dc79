/** WHERE are we? The platform of this process, with what the binary's ABI and the architecture change. The only reader of process.platform. */
import { release } from 'node:os'
import type { Abi } from '../codec/codec.js'
import { tcpInfoFor } from '../codec/tcp-info.js'
import { darwin } from './darwin.js'
import { freebsd } from './freebsd.js'
import { linux, linuxArchNumbers } from './linux.js'
import { other } from './other.js'
import type { Platform } from './platform.js'
import { win32 } from './win32.js'

export type { Platform, Quirk } from './platform.js'
export const platforms: Readonly<Record<string, Platform>> = Object.freeze({ linux, darwin, freebsd, win32 })

/** Node's name of an architecture to the family whose Linux numbers differ from the generic ones. */
const archFamilies: Readonly<Record<string, keyof typeof linuxArchNumbers>> = {
  mips: 'mips',
  mipsel: 'mips',
  mips64el: 'mips',
  ppc: 'powerpc',
  ppc64: 'powerpc',
}

/** Options that carry a time have a second number, used when time_t is 64 bits wide on a 32-bit system (socket(7), asm-generic/socket.h). */
const timeOptions = ['SO_RCVTIMEO', 'SO_SNDTIMEO', 'SO_TIMESTAMP', 'SO_TIMESTAMPNS', 'SO_TIMESTAMPING', 'SO_VM_SOCKETS_CONNECT_TIMEOUT']

/** The tables of one system, one architecture, one ABI and one kernel: `kernel` tells which of two layouts the end of TCP_INFO has. */
export function platformOf(name: string, arch: string, abi: Pick<Abi, 'wordSize' | 'timevalSize'> | undefined, kernel = ''): Platform {
  const base = platforms[name] ?? other
  if (base !== linux) return base
  const family = archFamilies[arch]
  const differing = family && linuxArchNumbers[family]
  const numbers: Record<string, number> = { ...base.numbers, ...differing }
  const levels: Record<string, number> = { ...base.levels }
  for (const level of Object.keys(levels)) {
    const number = differing?.[level]
    if (number !== undefined) levels[level] = number
  }
  if (abi && abi.wordSize === 4 && abi.timevalSize === 16) {
    for (const option of timeOptions) numbers[option] = numbers[`${option}_NEW`] as number
  }
  return { ...base, numbers, levels, quirks: { ...base.quirks, TCP_INFO: { codec: tcpInfoFor(kernel) } } }
}

const known = new Map<string, Platform>()

/** The tables of this process. Without the binary's ABI, those of the usual one. */
export function here(abi?: Pick<Abi, 'wordSize' | 'timevalSize'>): Platform {
  const key = `${abi?.wordSize}:${abi?.timevalSize}`
  let platform = known.get(key)
  if (platform === undefined) {
    platform = platformOf(process.platform, process.arch, abi, release())
    known.set(key, platform)
  }
  return platform
}
