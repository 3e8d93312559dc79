/** An option of a socket as a value: what it is called, what it is set to, in which unit. Prints itself. */
import { inspect } from 'node:util'
import type { Option } from '../options/define.js'
import { toJson } from './json.js'

export interface SocketOption<Value = unknown> {
  readonly name: string
  readonly level: string
  readonly value: Value
  /** The kernel's unit of the value, where it has one. */
  readonly unit: string | undefined
  /** `rw` if it can be set too. */
  readonly access: 'rw' | 'ro' | 'wo' | 'none'
}

/** `1 byte`, `1 hop`; symbols such as `ms` and `us` stay. */
const singular = (unit: string): string => (unit.length > 2 ? unit.replace(/s$/, '') : unit)

/** A value on one line, with its unit. */
export function formatValue(value: unknown, unit: string | undefined): string {
  if (value === null) return 'none'
  if (value === '') return "''"
  if (typeof value === 'string' || typeof value === 'boolean') return String(value)
  if (typeof value === 'number' || typeof value === 'bigint')
    return unit === undefined ? String(value) : `${value} ${value === 1 ? singular(unit) : unit}`
  return inspect(value, { breakLength: Number.POSITIVE_INFINITY, compact: true, maxStringLength: 60, maxArrayLength: 10 })
}

/** Its own properties are the option's; how it prints and what JSON makes of it are the class's. */
class ReadOption implements SocketOption {
  readonly name: string
  readonly level: string
  readonly value: unknown
  readonly unit: string | undefined
  readonly access: SocketOption['access']

  constructor({ name, level, unit }: Option, access: SocketOption['access'], value: unknown) {
    this.name = name
    this.level = level
    this.value = value
    this.unit = unit
    this.access = access
    Object.freeze(this)
  }

  toJSON(): unknown {
    return toJson({ ...this })
  }

  [inspect.custom](): string {
    return `${this.name} = ${formatValue(this.value, this.unit)}`
  }
}

export const socketOption = (option: Option, access: SocketOption['access'], value: unknown): SocketOption =>
  new ReadOption(option, access, value)
