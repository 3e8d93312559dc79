/** WHERE is a socket connecting to? The system does not tell before it is connected; Node does, where a name has several addresses. */
import { isIPv6 } from 'node:net'
import { isObject } from './kind.js'

export interface Attempted {
  readonly address: string
  readonly port: number
  readonly isIPv6: boolean
}

/** The last address that was tried, undefined where Node does not tell. Node 18.18, 19.4: `socket.autoSelectFamilyAttemptedAddresses`. */
export function attemptedAddress(target: unknown): Attempted | undefined {
  if (!isObject(target)) return undefined
  const { autoSelectFamilyAttemptedAddresses: addresses } = target
  const last: unknown = Array.isArray(addresses) ? addresses.at(-1) : undefined
  const [, address, port] = (typeof last === 'string' && /^(.+):(\d{1,5})$/.exec(last)) || []
  if (address === undefined) return undefined
  return { address, port: Number(port), isIPv6: isIPv6(address) }
}
