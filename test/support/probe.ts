/** What does the system itself answer? The compiled C reference of the tests, typed; every function returns a number, and a failure is `-errno`. */
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'
import { getSystemErrorName } from 'node:util'

interface Probe {
  socket(domain: number, type: number, protocol: number): number
  /** A socket in a network namespace of its own, where it can do no harm. Needs CAP_SYS_ADMIN. */
  socketApart(domain: number, type: number, protocol: number): number
  /** Fills `pair` with the two descriptors. */
  socketpair(domain: number, type: number, protocol: number, pair: Int32Array): number
  bind(fd: number, address: Uint8Array): number
  connect(fd: number, address: Uint8Array): number
  listen(fd: number, backlog: number): number
  accept(fd: number): number
  dup(fd: number): number
  shutdown(fd: number, how: number): number
  close(fd: number): number
  send(fd: number, bytes: Uint8Array, flags: number): number
  recv(fd: number, bytes: Uint8Array, flags: number): number
  /** The address's length, which may be more than fitted. */
  getsockname(fd: number, address: Uint8Array): number
  getpeername(fd: number, address: Uint8Array): number
  /** Offers the whole of `value`; the length the kernel returned. */
  getsockopt(fd: number, level: number, number: number, value: Uint8Array): number
  /** Offers `length` bytes of `value`. */
  getsockoptLength(fd: number, level: number, number: number, value: Uint8Array, length: number): number
  setsockopt(fd: number, level: number, number: number, value: Uint8Array): number
  /** Attaches the classic BPF instructions in `program` by SO_ATTACH_FILTER or SO_ATTACH_REUSEPORT_CBPF. */
  attachFilter(fd: number, program: Uint8Array, option: number): number
  /** Writes the handles of the event loop, as `listHandles` of src/native has them on Windows; how many there are. */
  listHandles(handles: Uint8Array): number
  /** Nanoseconds that `count` calls took. */
  loopGet(fd: number, level: number, number: number, length: number, count: number): number
  /** Nanoseconds that `count` passes over `[level, number, length]*` took; refusals are part of the work. */
  loopProgram(fd: number, program: Int32Array, count: number): number
  /** An int option's value, through the least a Node-API function can do. */
  bareGet(fd: number, level: number, number: number): number
}

export const probePath = fileURLToPath(new URL('./native/build/Release/probe.node', import.meta.url))
export const probe = createRequire(import.meta.url)(probePath) as Probe

/** Both names of 95 and of 11 are in the headers; the kernel's own sources use these. */
const preferred: readonly string[] = ['EOPNOTSUPP', 'EAGAIN']

const names = new Map<number, string>()
for (const [name, number] of Object.entries(constants.errno)) {
  if (!names.has(number) || preferred.includes(name)) names.set(number, name)
}

/** The name of a failure as the kernel's headers spell it: `errnoName(-95)` is `EOPNOTSUPP`, which libuv calls ENOTSUP. */
export function errnoName(result: number): string {
  return names.get(-result) ?? getSystemErrorName(result)
}

/** The result of a probe call that has to succeed. */
export function succeed(what: string, result: number): number {
  if (result < 0) throw new Error(`${what}: ${errnoName(result)}`)
  return result
}

/** The bytes of an option as C reads them, or the name of the errno. */
export function readBytes(fd: number, level: number, number: number, size: number): Uint8Array | string {
  const bytes = new Uint8Array(size)
  const length = probe.getsockopt(fd, level, number, bytes)
  return length < 0 ? errnoName(length) : bytes.subarray(0, Math.min(length, size))
}
