/** The public reading and setting: which socket, which option, in the three ways of saying it. */
import { badArgument } from '../errors.js'
import type { OptionInput, OptionValue, ReadableName, WritableName } from '../options/index.js'
import { resolve, type Target } from '../socket/resolve.js'
import { type DefinedOption, isDefined, planDefined } from './define-option.js'
import { type ReadOptions, readPlan } from './get.js'
import { loadRaw } from './on-demand.js'
import { type Plan, planOf } from './plan.js'
import { encodeValue, writePlan, writeWord } from './set.js'

/** What can be taken of a struct by `field`. */
type FieldsOf<Value> = Value extends object ? Exclude<keyof Value, 'toJSON'> & string : never

/** The form of C, once it was used. */
let raw: ReturnType<typeof loadRaw> | undefined

/** A name of the catalogue or an alias to its plan; a defined option to its own. */
function toPlan(option: unknown): Plan {
  if (typeof option === 'string') return planOf(option)
  if (isDefined(option)) return planDefined(option)
  throw badArgument('type', 'option', 'an option name, an option made by defineOption, or a level number', option)
}

/**
 * Reads a socket option: `getsockopt(fd, level, optname, optval, optlen)`, decoded.
 *
 * ```ts
 * getsockopt(socket, 'SO_RCVTIMEO')      // 5000 (ms), or null for none
 * getsockopt(socket, 'TCP_INFO').rtt     // microseconds
 * getsockopt(socket, 'TCP_INFO', { field: 'rtt' })   // the same, and no struct is made
 * getsockopt(socket, 6, 11, 280)         // Buffer: the raw form, by level and number
 * getsockopt(socket, 'SO_ERROR', { consume: true })
 * ```
 *
 * Units are the kernel's (each option says its own); struct timeval options are milliseconds.
 * @param target a socket of net, tls, http, http2 or dgram, `{ fd }`, or a descriptor number; resolved now, never kept
 * @throws SocketOptionError `code` is the errno name (ENOPROTOOPT, EOPNOTSUPP, EPERM, ENOTCONN, EBADF, ENOTSOCK, ...) or ERR_SOCKOPT_*
 * @throws TypeError, RangeError for arguments that cannot be meant (ERR_SOCKOPT_TYPE, ERR_SOCKOPT_RANGE, ERR_SOCKOPT_TARGET)
 * @see getsockopt(2), socket(7), tcp(7), ip(7), ipv6(7), udp(7), unix(7)
 */
export function getsockopt<Name extends ReadableName, const Field extends FieldsOf<OptionValue<Name>>>(
  target: Target,
  option: Name,
  how: { readonly field: Field },
): OptionValue<Name>[Field]
export function getsockopt<Name extends ReadableName>(
  target: Target,
  option: Name,
  how?: ReadOptions & { readonly field?: never },
): OptionValue<Name>
export function getsockopt<Out>(target: Target, option: DefinedOption<Out, any, 'rw' | 'ro'>, how?: ReadOptions): Out
export function getsockopt(target: Target, level: number, optname: number, buflen?: undefined, how?: ReadOptions): number
export function getsockopt(target: Target, level: number, optname: number, buflen: number, how?: ReadOptions): Buffer
export function getsockopt(target: Target, option: unknown, how?: unknown, buflen?: number, rawHow?: ReadOptions): unknown {
  if (typeof option === 'string') return readPlan(planOf(option), resolve(target), how as ReadOptions | undefined)
  if (typeof option !== 'number') return readPlan(toPlan(option), resolve(target), how as ReadOptions | undefined)
  const descriptor = resolve(target)
  raw ??= loadRaw()
  if (buflen === undefined) return raw.readInt(descriptor, option, how as number, rawHow)
  return raw.readBytes(descriptor, option, how as number, buflen, rawHow)
}

/**
 * Sets a socket option: `setsockopt(fd, level, optname, optval, optlen)`.
 *
 * ```ts
 * setsockopt(socket, 'TCP_USER_TIMEOUT', 30_000)   // ms
 * setsockopt(socket, 'SO_LINGER', { onoff: true, linger: 0 })
 * setsockopt(socket, 6, 18, 30_000)                // the raw form: a number is a C int, a Uint8Array its bytes
 * ```
 *
 * A value out of range sets nothing. The kernel may round or clamp what it takes: `applyOptions` says what became of it.
 * @throws SocketOptionError, TypeError, RangeError as `getsockopt`
 * @see setsockopt(2)
 */
export function setsockopt<Name extends WritableName>(target: Target, option: Name, value: OptionInput<Name>): void
export function setsockopt<In>(target: Target, option: DefinedOption<any, In, 'rw' | 'wo'>, value: In): void
export function setsockopt(target: Target, level: number, optname: number, value: number | boolean | Uint8Array): void
export function setsockopt(target: Target, option: unknown, value: unknown, rawValue?: unknown): void {
  if (typeof option === 'number') {
    const descriptor = resolve(target)
    raw ??= loadRaw()
    raw.writeRaw(descriptor, option, value as number, rawValue as number | boolean | Uint8Array)
    return
  }
  const plan = toPlan(option)
  if (plan.word !== 'none') {
    writeWord(plan, resolve(target), value)
    return
  }
  const bytes = encodeValue(plan, value)
  writePlan(plan, resolve(target), bytes, value)
}
