/** WHAT went wrong? Every error of the library is made here: from an errno, from a refused value, from a target without a descriptor. */
import { constants } from 'node:os'
import { getSystemErrorMap, inspect } from 'node:util'
import type { Refusal } from './codec/codec.js'
import { here } from './platform/index.js'

/**
 * - `unknown`: no such option anywhere
 * - `unsupported`: not on this platform, this kernel, or this kind of socket
 * - `denied`: a privilege is missing
 * - `state`: the socket is not in the state it takes: not connected, not bound, closed
 * - `value`: the kernel refused the value
 */
export type ErrorKind = 'unknown' | 'unsupported' | 'denied' | 'state' | 'value'

/** What an option's error says of the option: the parts of a catalogue row that errors need. */
export interface Subject {
  readonly name: string
  readonly level: string
  readonly unit?: string | undefined
  readonly needs?: string | undefined
}

interface Details {
  readonly kind: ErrorKind
  readonly code: string
  readonly errno?: number | undefined
  readonly syscall?: string | undefined
  readonly option?: string | undefined
  readonly level?: string | undefined
  readonly fd?: number | undefined
}

/** An option could not be read or set. `code` is the kernel's errno name, or one of ours (ERR_SOCKOPT_*, docs/errors.md). */
export class SocketOptionError extends Error {
  override readonly name = 'SocketOptionError'
  readonly code: string
  /** Negative, as Node's own; undefined where the kernel was not asked. */
  readonly errno: number | undefined
  readonly syscall: string | undefined
  readonly option: string | undefined
  readonly level: string | undefined
  readonly fd: number | undefined
  readonly kind: ErrorKind
  /** What `applyOptions` had already set when this option failed. */
  declare applied?: Readonly<Record<string, unknown>>

  constructor(message: string, details: Details, options?: ErrorOptions) {
    super(message, options)
    this.code = details.code
    this.errno = details.errno
    this.syscall = details.syscall
    this.option = details.option
    this.level = details.level
    this.fd = details.fd
    this.kind = details.kind
  }
}

const kinds: Readonly<Record<string, ErrorKind>> = {
  ENOPROTOOPT: 'unsupported',
  EOPNOTSUPP: 'unsupported',
  ENOTSUP: 'unsupported',
  ENOSYS: 'unsupported',
  EAFNOSUPPORT: 'unsupported',
  EPERM: 'denied',
  EACCES: 'denied',
  EBADF: 'state',
  ENOTSOCK: 'state',
  ENOTCONN: 'state',
  EISCONN: 'state',
  EALREADY: 'state',
  EINPROGRESS: 'state',
  ECONNRESET: 'state',
  EPIPE: 'state',
  ENODATA: 'state',
  ESRCH: 'state',
  EBUSY: 'state',
}

/** Texts for the names that Node's table lacks or gives another name. */
const texts: Readonly<Record<string, string>> = {
  EDOM: 'numerical argument out of domain',
  EOPNOTSUPP: 'operation not supported on this socket',
  ENOPROTOOPT: 'this socket has no such option',
  EFAULT: 'request out of bounds',
}

/** Names that libuv has no use for: EBADMSG, ETIME, ... */
const nameOf = (number: number): string | undefined => Object.entries(constants.errno).find(([, value]) => value === number)?.[0]

/** Node makes a new map each time it is asked, which takes four times as long as the rest of an error. */
let table: ReturnType<typeof getSystemErrorMap> | undefined
const system = () => {
  table ??= getSystemErrorMap()
  return table
}

/** Libuv's text for a name. On Windows its numbers are neither Winsock's nor the C library's, so only the name finds it. */
const textNamed = (code: string): string | undefined => [...system().values()].find(([name]) => name === code)?.[1]

/** The name and the text of an error number as the native part returns it (negative). libuv's table lacks EDOM and calls EOPNOTSUPP ENOTSUP. */
export function describeErrno(errno: number): { code: string; text: string } {
  const known = system().get(errno)
  const code = here().errnos[-errno] ?? known?.[0] ?? nameOf(-errno) ?? `E${-errno}`
  return { code, text: texts[code] ?? known?.[1] ?? textNamed(code) ?? 'refused by the kernel' }
}

/** What to do about it, where that is known: the row's privilege, or what the errno means on a descriptor. */
function remedy(code: string, subject: Subject, fd: number): string {
  if (code === 'EBADF') return `: fd ${fd} is not open`
  if (code === 'ENOTSOCK') return `: fd ${fd} is not a socket`
  if ((kinds[code] === 'denied' || kinds[code] === 'state') && subject.needs) return ` (needs ${subject.needs})`
  return ''
}

/** The kernel refused: `-errno` to an error that names the option, the descriptor and the remedy. */
export function refusedByKernel(syscall: string, errno: number, subject: Subject, fd: number, value?: string): SocketOptionError {
  const { code, text } = describeErrno(errno)
  const what = value === undefined ? subject.name : `${subject.name} = ${value}`
  const message = `${syscall} ${code}: ${text}, ${what} on fd ${fd}${remedy(code, subject, fd)}`
  const { name: option, level } = subject
  return new SocketOptionError(message, { kind: kinds[code] ?? 'value', code, errno, syscall, option, level, fd })
}

const whyNotTaken: Readonly<Record<string, (pid: number, fd: number) => string>> = {
  ESRCH: pid => `there is no process ${pid}`,
  EBADF: (pid, fd) => `process ${pid} has no descriptor ${fd}`,
  ENOTSOCK: (pid, fd) => `descriptor ${fd} of process ${pid} is no socket`,
  EPERM: (pid, fd) => `not allowed to take descriptor ${fd} of process ${pid} (needs the same user, or CAP_SYS_PTRACE; see ptrace(2))`,
  ENOSYS: () => 'the kernel cannot give a descriptor of another process (needs Linux 5.6)',
  EOPNOTSUPP: () => 'only Linux gives a descriptor of another process',
}

/** pidfd_getfd(2), or the pidfd_open(2) before it, refused: `-errno` to an error that names the process, the descriptor and the remedy. */
export function notTaken(errno: number, pid: number, fd: number): SocketOptionError {
  const { code, text } = describeErrno(errno)
  const why = whyNotTaken[code]?.(pid, fd) ?? `${text}, descriptor ${fd} of process ${pid}`
  return new SocketOptionError(`pidfd_getfd ${code}: ${why}`, { kind: kinds[code] ?? 'value', code, errno, syscall: 'pidfd_getfd', fd })
}

/** An option of ours that cannot be used so: read-only, write-only, hazardous, not here, unknown. */
export function refusedByUs(code: string, kind: ErrorKind, message: string, subject?: Subject, syscall?: string): SocketOptionError {
  return new SocketOptionError(message, { kind, code, syscall, option: subject?.name, level: subject?.level })
}

/** A value as it stands in a message: short, on one line. Printing must not fail on a Proxy or a getter that throws. */
export function print(value: unknown): string {
  try {
    const text = inspect(value, { depth: 1, compact: true, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 80, maxArrayLength: 8 })
    return text.length > 160 ? `${text.slice(0, 157)}...` : text
  } catch {
    return `an unprintable ${typeof value}`
  }
}

/** A value that the codec refused. Nothing has been set. */
export function refusedValue(subject: Subject, value: unknown, refusal: Refusal): TypeError | RangeError {
  const where = refusal.part === undefined ? subject.name : `${subject.name}: ${refusal.part}`
  const unit = subject.unit === undefined ? '' : ` (unit: ${subject.unit})`
  const message = `${where}: expected ${refusal.expected}${unit}, got ${print(value)}; nothing was set`
  const isType = refusal.reason === 'type'
  const error = isType ? new TypeError(message) : new RangeError(message)
  return Object.assign(error, { code: isType ? 'ERR_SOCKOPT_TYPE' : 'ERR_SOCKOPT_RANGE', option: subject.name, level: subject.level })
}

/** Bytes that came back and are not what the codec reads. */
export function undecodable(subject: Subject, fd: number, refusal: Refusal): SocketOptionError {
  const message = `getsockopt ${subject.name} on fd ${fd}: expected ${refusal.expected}; read the bytes with the raw form`
  const { name: option, level } = subject
  return new SocketOptionError(message, { kind: 'value', code: 'ERR_SOCKOPT_LENGTH', syscall: 'getsockopt', option, level, fd })
}

/** An argument other than the value is wrong. */
export function badArgument(kind: 'type' | 'range', name: string, expected: string, value: unknown): TypeError | RangeError {
  const message = `${name}: expected ${expected}, got ${print(value)}`
  if (kind === 'type') return Object.assign(new TypeError(message), { code: 'ERR_SOCKOPT_TYPE' })
  return Object.assign(new RangeError(message), { code: 'ERR_SOCKOPT_RANGE' })
}

export type NoDescriptorCode =
  | 'ERR_SOCKOPT_NOT_OPEN'
  | 'ERR_SOCKOPT_CLOSED'
  | 'ERR_SOCKOPT_NOT_BOUND'
  | 'ERR_SOCKOPT_CLUSTER_WORKER'
  | 'ERR_SOCKOPT_TLS_OVER_STREAM'
  | 'ERR_SOCKOPT_HIDDEN'
  | 'ERR_SOCKOPT_NO_DESCRIPTOR'

/** A target that has no descriptor now; the code says which of the cases it is. */
export function noDescriptor(code: NoDescriptorCode, message: string, options?: ErrorOptions): SocketOptionError {
  return new SocketOptionError(message, { kind: 'state', code }, options)
}

/** Something that can never be a socket. */
export function badTarget(target: unknown, options?: ErrorOptions): TypeError {
  const message = `expected a socket (net, tls, http, http2 or dgram object, { fd }, or a descriptor number), got ${print(target)}`
  return Object.assign(new TypeError(message, options), { code: 'ERR_SOCKOPT_TARGET' })
}

/** A number that can never be a descriptor. */
export function badDescriptor(value: unknown): TypeError | RangeError {
  return badArgument(typeof value === 'number' ? 'range' : 'type', 'descriptor', 'an integer from 0 to 2147483647', value)
}
