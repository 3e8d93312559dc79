/** Which path? The sockaddr of unix sockets, with the abstract names of Linux. */
import { Buffer } from 'node:buffer'
import { type Abi, type Codec, codec, Refusal } from './codec.js'
import { checkLength } from './scalar.js'
import { readFamily, writeFamily } from './sockaddr-inet.js'
import { checkText, readText } from './text.js'

/** `struct sockaddr_un`. */
export interface UnixAddress {
  readonly family: 'AF_UNIX'
  /** '' is unnamed; a name that starts with NUL is abstract (Linux). */
  readonly path: string
}

const AF_UNIX = 1
/** AF_INET6 is 10 on Linux alone. */
export const isLinux = (abi: Abi): boolean => abi.afInet6 === 10
/** sizeof sun_path. */
const roomOf = (abi: Abi) => (abi.sockaddrHasLength ? 104 : 108)

function readPath(view: DataView, at: number, length: number, abi: Abi): string {
  const room = roomOf(abi)
  const given = Math.min(length - 2, room)
  const isAbstract = isLinux(abi) && given > 0 && view.getUint8(at + 2) === 0
  if (!isAbstract) return readText(view, at + 2, given)
  // An abstract name is as long as its address (unix(7)), NULs and all; in a sockaddr_storage the length is lost, and NULs at the end are padding.
  const name = Buffer.from(view.buffer, view.byteOffset + at + 2, given).toString('utf8')
  return length - 2 > room ? name.replace(/\0+$/, '') : name
}

/** The bytes of sun_path: a path with its NUL, an abstract name without one, or nothing. */
function checkPath(path: unknown, abi: Abi): Uint8Array {
  const room = roomOf(abi)
  if (typeof path === 'string' && path.startsWith('\0') && isLinux(abi)) {
    const name = Buffer.from(path.length > room ? '' : path, 'utf8')
    if (name.length > 0 && name.length <= room) return name
    throw new Refusal('range', `an abstract name of at most ${room - 1} bytes after its NUL`, 'path')
  }
  const name = checkText(path, 0, room - 1, `a path of at most ${room - 1} bytes`, 'path')
  return name.length === 0 ? name : Buffer.concat([name, Buffer.of(0)])
}

/** As long as its name: 2 bytes when unnamed. */
export const sockaddrUn: Codec<UnixAddress> = codec({
  name: 'struct sockaddr_un',
  size: 110,
  accepts: "an object { family: 'AF_UNIX', path }",
  decode(view, at, length, abi) {
    checkLength(length, 2)
    const family = readFamily(view, at, abi)
    if (family !== AF_UNIX) throw new Refusal('range', `'AF_UNIX', and family ${family} came back`, 'family')
    return Object.freeze({ family: 'AF_UNIX', path: readPath(view, at, length, abi) })
  },
  encode(value, view, at, abi) {
    if (typeof value !== 'object' || value === null) throw new Refusal('type', sockaddrUn.accepts)
    const unknown = Object.keys(value).find(key => key !== 'family' && key !== 'path')
    if (unknown !== undefined) throw new Refusal('type', 'only the fields family, path', unknown)
    if (value.family !== 'AF_UNIX') throw new Refusal('range', "'AF_UNIX'", 'family')
    const path = checkPath(value.path, abi)
    writeFamily(view, at, 2 + path.length, AF_UNIX, abi)
    new Uint8Array(view.buffer, view.byteOffset + at + 2, path.length).set(path)
    return 2 + path.length
  },
})
