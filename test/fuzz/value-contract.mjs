/** MAY a codec's decode return this value? Plain frozen data that JSON can hold, and of a struct the fields that came back. */
import { types } from 'node:util'

const withBigints = (_key, part) => (typeof part === 'bigint' ? `${part}n` : part)

/** Reads everything that a value has. */
export const textOf = value => JSON.stringify(value, withBigints)

/** Why a value, or a part of it, is not plain data; undefined if it is. */
function complaintAbout(value, path) {
  if (value === null || ['string', 'boolean', 'undefined', 'bigint'].includes(typeof value)) return undefined
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${path} is ${value}`
  if (typeof value !== 'object') return `${path} is a ${typeof value}`
  if (types.isUint8Array(value)) return undefined
  if (!Object.isFrozen(value) && typeof value.toJSON !== 'function') return `${path} is not frozen`
  for (const name in value) {
    if (typeof value[name] === 'function') continue
    const complaint = complaintAbout(value[name], `${path}.${name}`)
    if (complaint !== undefined) return complaint
  }
  return undefined
}

/** A field that is a word is there only where all of it came back. A struct, or bytes, in a struct may itself be there in part. */
function complaintAboutFields({ layout }, value, length, abi) {
  if (layout === undefined || typeof value !== 'object' || value === null) return undefined
  for (const [name, [offset, { size }]] of Object.entries(layout.fields)) {
    const end = (typeof offset === 'number' ? offset : offset(abi)) + size
    if (end > length && value[name] !== undefined && typeof value[name] !== 'object')
      return `${name} ends at ${end}, and ${length} bytes came back: ${textOf(value)}`
  }
  return undefined
}

/** Throws if it may not. */
export function checkValue(codec, value, length, abi) {
  const complaint = complaintAbout(value, 'the value') ?? complaintAboutFields(codec, value, length, abi)
  if (complaint !== undefined) throw new Error(`decode returns what it must not: ${complaint}`)
}
