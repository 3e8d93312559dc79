/** Which host, which interface? Internet addresses as text, and interface indices. */
import { type Codec, codec, Refusal } from './codec.js'
import { checkInteger, checkLength, intIn } from './scalar.js'

/** The four bytes of a dotted quad, without the leading zeros that some take for octal. */
function parseIPv4(text: string): readonly number[] | undefined {
  if (!/^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/.test(text)) return undefined
  const octets = text.split('.').map(Number)
  return octets.every(octet => octet <= 255) ? octets : undefined
}

/** The groups of one side of `::`; a dotted quad may stand for the last two. */
function parseGroups(text: string, isLast: boolean): readonly number[] | undefined {
  if (text === '') return []
  const groups: number[] = []
  const words = text.split(':')
  for (const [index, word] of words.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(word)) {
      groups.push(Number.parseInt(word, 16))
      continue
    }
    const quad = isLast && index === words.length - 1 ? parseIPv4(word) : undefined
    if (quad === undefined) return undefined
    const [a = 0, b = 0, c = 0, d = 0] = quad
    groups.push(a * 256 + b, c * 256 + d)
  }
  return groups
}

function parseIPv6(text: string): readonly number[] | undefined {
  const sides = text.split('::')
  if (sides.length > 2) return undefined
  const [head, tail] = sides as [string, string?]
  const left = parseGroups(head, tail === undefined)
  if (tail === undefined) return left?.length === 8 ? left : undefined
  const right = parseGroups(tail, true)
  if (left === undefined || right === undefined || left.length + right.length > 7) return undefined
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right]
}

/** The longest run of at least two zero groups, the first of equals: RFC 5952, section 4.2. */
function findZeros(groups: readonly number[]): { start: number; length: number } {
  let longest = { start: -1, length: 1 }
  for (let start = 0; start < 8; start++) {
    let length = 0
    while (groups[start + length] === 0) length++
    if (length > longest.length) longest = { start, length }
  }
  return longest
}

function printIPv6(groups: readonly number[]): string {
  if (groups.slice(0, 5).every(group => group === 0) && groups[5] === 0xffff) {
    const [high = 0, low = 0] = groups.slice(6)
    return `::ffff:${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`
  }
  const print = (part: readonly number[]) => part.map(group => group.toString(16)).join(':')
  const { start, length } = findZeros(groups)
  return start < 0 ? print(groups) : `${print(groups.slice(0, start))}::${print(groups.slice(start + length))}`
}

/** `struct in_addr` as a dotted quad. */
export const inAddr: Codec<string> = codec({
  name: 'struct in_addr',
  size: 4,
  accepts: 'an IPv4 address such as 127.0.0.1',
  decode(view, at, length) {
    checkLength(length, 4)
    return `${view.getUint8(at)}.${view.getUint8(at + 1)}.${view.getUint8(at + 2)}.${view.getUint8(at + 3)}`
  },
  encode(value, view, at) {
    if (typeof value !== 'string') throw new Refusal('type', inAddr.accepts)
    const octets = parseIPv4(value)
    if (octets === undefined) throw new Refusal('range', inAddr.accepts)
    for (const [index, octet] of octets.entries()) view.setUint8(at + index, octet)
    return 4
  },
})

/** `struct in6_addr` in the text form of RFC 5952, mapped IPv4 addresses as ::ffff:127.0.0.1. A zone (%eth0) is no part of an address. */
export const in6Addr: Codec<string> = codec({
  name: 'struct in6_addr',
  size: 16,
  accepts: 'an IPv6 address such as ::1, without a zone',
  decode(view, at, length) {
    checkLength(length, 16)
    return printIPv6(Array.from({ length: 8 }, (_, index) => view.getUint16(at + 2 * index)))
  },
  encode(value, view, at) {
    if (typeof value !== 'string') throw new Refusal('type', in6Addr.accepts)
    const groups = parseIPv6(value)
    if (groups === undefined) throw new Refusal('range', in6Addr.accepts)
    for (const [index, group] of groups.entries()) view.setUint16(at + 2 * index, group)
    return 16
  },
})

/** An interface's index; 0 is none. */
export const ifindex = intIn(0, 2 ** 31 - 1)

/** An interface's index in network byte order (IP_UNICAST_IF, IPV6_UNICAST_IF). */
export const ifindexBe: Codec<number> = codec({
  name: 'int (network byte order)',
  size: 4,
  accepts: ifindex.accepts,
  isInt: true,
  decode(view, at, length) {
    checkLength(length, 4)
    return view.getUint32(at)
  },
  encode(value, view, at) {
    view.setUint32(at, checkInteger(value, 0, 2 ** 31 - 1))
    return 4
  },
})
