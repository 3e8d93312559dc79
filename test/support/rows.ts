/** Which rows of the catalogue can this system be asked about, and what does C answer? The numbers and codecs here, and the probe's reading. */

import { hazards, isHarmless } from '../../src/access/hazards.js'
import { adapt, currentPlatform } from '../../src/access/plan.js'
import { type Abi, type Codec, Refusal } from '../../src/codec/codec.js'
import { loadBinding } from '../../src/native/binding.js'
import type { Access, Option } from '../../src/options/define.js'
import { catalogue } from '../../src/options/index.js'
import { errnoName, probe } from './probe.js'

/** A row with its numbers here. */
export interface KernelRow {
  /** `IPPROTO_TCP.TCP_INFO`. */
  readonly key: string
  readonly name: string
  readonly level: number
  readonly number: number
  readonly codec: Codec<any, any>
  readonly access: Access
  readonly option: Option<any, any>
  /** optlen counts units of so many bytes. */
  readonly unit: number
}

/** The row of a key, which has to be there. */
export function rowOf(key: string): KernelRow {
  const row = kernelRows.find(row => row.key === key)
  if (row === undefined) throw new Error(`there is no row ${key}`)
  return row
}

/** What C got: bytes, or the name of an errno. */
export type Answer = Uint8Array | string

export const abi: Abi = loadBinding().abi

/** Every row that has a number here, in the catalogue's order. */
export const kernelRows: readonly KernelRow[] = (Object.values(catalogue) as Option<any, any>[]).flatMap(option => {
  const here = adapt(option, currentPlatform())
  if (here === undefined || here.level < 0) return []
  const { level, number, codec, access, unit } = here
  const { level: symbol } = option
  const key = option.name.startsWith(`${symbol}.`) ? option.name : `${symbol}.${option.name}`
  return [{ key, name: option.name, level, number, codec, access, option, unit }]
})

/** Whether getsockopt may be called on the row without destroying, creating or overwriting anything. */
export const isReadable = (row: KernelRow): boolean => (row.access === 'rw' || row.access === 'ro') && isHarmless(row.name)

/** Whether the library refuses it by number, because bytes that the caller writes could make the kernel overrun the buffer. */
export const isReadByNameOnly = (row: KernelRow): boolean => hazards[row.name]?.bytes !== undefined

/** Bytes to offer to getsockopt. SO_PEERNAME refuses more than the address takes; some rows that are only set have no size at all. */
export function bytesToOffer(row: KernelRow, fd: number): number {
  if (row.option.sizedBy === 'peer') {
    const length = probe.getpeername(fd, new Uint8Array(row.codec.size))
    return Math.max(length, 0)
  }
  return row.codec.size || 4
}

/** What an in/out option is asked when nothing is said: the query that its codec makes of nothing; where it makes none, zeros. */
export function questionOf(row: KernelRow, input?: unknown): Uint8Array {
  const bytes = new Uint8Array(row.codec.size)
  if (!row.option.inOut) return bytes.subarray(0, 0)
  try {
    return bytes.subarray(0, row.codec.encode(input, new DataView(bytes.buffer), 0, abi))
  } catch (refusal) {
    if (input === undefined && refusal instanceof Refusal) return bytes.subarray(0, 0)
    throw refusal
  }
}

/** What the library is told to read the same. */
export const howToRead = (row: KernelRow): { input: Uint8Array } | undefined => (row.option.inOut ? { input: questionOf(row) } : undefined)

/** The option as C reads it. */
export function ask(row: KernelRow, fd: number, input?: unknown): Answer {
  const bytes = new Uint8Array(bytesToOffer(row, fd))
  bytes.set(questionOf(row, input))
  const length = probe.getsockoptLength(fd, row.level, row.number, bytes, Math.floor(bytes.length / row.unit))
  return length < 0 ? errnoName(length) : bytes.subarray(0, Math.min(bytes.length, length * row.unit))
}

/** The answer to a question, in C: `optlen` bytes are offered, and the first of them are the question. */
export function exchange(row: KernelRow, fd: number, question: Uint8Array, optlen: number): Answer {
  const bytes = new Uint8Array(Math.max(row.codec.size, optlen))
  bytes.set(question)
  const length = probe.getsockoptLength(fd, row.level, row.number, bytes, optlen)
  return length < 0 ? errnoName(length) : bytes.subarray(0, length)
}

/** The codec that reads these bytes: the row's own, or the one that another option of the socket tells (TCP_CC_INFO by TCP_CONGESTION). */
export function codecOn(row: KernelRow, fd: number, length: number): Pick<Codec<any, never>, 'decode'> {
  const { variants } = row.option
  if (variants === undefined || length === 0) return row.codec
  const by = kernelRows.find(({ name }) => name === variants.by) as KernelRow
  const which = decode(by, fd, ask(by, fd) as Uint8Array)
  return (Object.hasOwn(variants.codecs, String(which)) ? variants.codecs[String(which)] : undefined) ?? row.codec
}

/** The value in the bytes that C got. */
export function decode(row: KernelRow, fd: number, bytes: Uint8Array): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return codecOn(row, fd, bytes.length).decode(view, 0, bytes.length, abi)
}

/** A decoded value as plain data that can be compared, without the named fields: structs that decode on demand give what they have. */
export function plain(value: unknown, without: readonly string[] = []): unknown {
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value
  if (Array.isArray(value)) return value.map(item => plain(item, without))
  const data = 'toJSON' in value ? (value as { toJSON(): object }).toJSON() : value
  const kept = Object.entries(data).filter(([name]) => !without.includes(name))
  return Object.fromEntries(kept.map(([name, field]) => [name, plain(field, without)]))
}
