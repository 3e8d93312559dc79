/** Which platform's numbers are meant, and which machine's offsets? Works without a binary too: only sockets need one. */
import { currentPlatform } from '../access/plan.js'
import type { Abi } from '../codec/codec.js'
import { loadBinding } from '../native/binding.js'
import { here, type Platform, platforms } from '../platform/index.js'
import { UsageError } from './arguments.js'

/** The usual 64-bit machine, for where no binary tells of this one. */
const usual: Abi = { littleEndian: true, wordSize: 8, timevalSize: 16, int64Alignment: 8, sockaddrHasLength: false, afInet6: 10 }

function orWithoutBinary<Fact>(ask: () => Fact, otherwise: () => Fact): Fact {
  try {
    return ask()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_SOCKOPT_NO_BINARY') return otherwise()
    throw error
  }
}

export const platformHere = (): Platform => orWithoutBinary(currentPlatform, here)

export const abiHere = (): Abi =>
  orWithoutBinary<Abi>(
    () => loadBinding().abi,
    () => usual,
  )

/** The four platforms, the own one as this machine has it. */
export function allPlatforms(): readonly Platform[] {
  const own = platformHere()
  const others = Object.values(platforms).filter(({ name }) => name !== own.name)
  return [own, ...others]
}

/** @throws UsageError for a name that is none of theirs. */
export function platformNamed(name: string): Platform {
  const found = allPlatforms().find(platform => platform.name === name)
  if (found === undefined) throw new UsageError(`--platform is one of ${Object.keys(platforms).join(', ')}, not ${JSON.stringify(name)}`)
  return found
}
