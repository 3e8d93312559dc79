/** WHERE are we? The platform of this process, with what the binary's ABI and the architecture change. The only reader of process.platform. */
import { release } from 'node:os'
import type { Abi } from '../codec/codec.js'
import { loadDarwin, loadFreebsd, loadLinux, loadLinuxArchNumbers, loadTcpInfoFor, loadWin32 } from './on-demand.js'
import { other } from './other.js'
import type { Platform } from './platform.js'

export type { Platform, Quirk } from './platform.js'

/** The tables of each platform that has some, loaded when they are asked for. */
export const platforms: Readonly<Record<string, Platform>> = Object.freeze({
  get linux() {
    return loadLinux()
  },
  get darwin() {
    return loadDarwin()
  },
  get freebsd() {
    return loadFreebsd()
  },
  get win32() {
    return loadWin32()
  },
})

/** Node's name of the platform of this process. */
export const platformName: string = process.platform

/** Node's name of an architecture to the family whose Linux numbers differ from the generic ones. */
const archFamilies: Readonly<Record<string, keyof ReturnType<typeof loadLinuxArchNumbers>>> = {
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
  if (name !== 'linux') return base
  const family = archFamilies[arch]
  const differing = family && loadLinuxArchNumbers()[family]
  const numbers: Record<string, number> = { ...base.numbers, ...differing }
  const levels: Record<string, number> = { ...base.levels }
  for (const level of Object.keys(levels)) {
    const number = differing?.[level]
    if (number !== undefined) levels[level] = number
  }
  if (abi && abi.wordSize === 4 && abi.timevalSize === 16) {
    for (const option of timeOptions) numbers[option] = numbers[`${option}_NEW`] as number
  }
  return { ...base, numbers, levels, quirks: withTcpInfo(base.quirks, kernel) }
}

/** A getter, so that only who reads TCP_INFO loads its fields. */
const withTcpInfo = (quirks: Platform['quirks'], kernel: string): Platform['quirks'] => ({
  ...quirks,
  get TCP_INFO() {
    return { codec: loadTcpInfoFor()(kernel) }
  },
})

const known = new Map<string, Platform>()

/** The tables of this process. Without the binary's ABI, those of the usual one. */
export function here(abi?: Pick<Abi, 'wordSize' | 'timevalSize'>): Platform {
  const key = `${abi?.wordSize}:${abi?.timevalSize}`
  let platform = known.get(key)
  if (platform === undefined) {
    platform = platformOf(platformName, process.arch, abi, release())
    known.set(key, platform)
  }
  return platform
}
