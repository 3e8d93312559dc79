/** Is a refusal the fault of what this system lacks: a privilege, a feature, a newer kernel? Then the test is skipped; otherwise it fails. */
import { release } from 'node:os'
import type { TestContext } from 'vitest'
import { SocketOptionError } from '../../src/index.js'
import { missingCapabilities, needs, skipVisibly } from '../support/needs.js'
import { errnoName, probe } from '../support/probe.js'
import { abi, ask, type KernelRow } from '../support/rows.js'

/** The errnos of a kernel without a feature, and which feature that is. */
export type Absence = readonly [errnos: readonly string[], feature: string]

/** Whether the kernel is older than the row. */
export const isTooOld = ({ option }: KernelRow): boolean => release().localeCompare(option.since ?? '0', undefined, { numeric: true }) < 0

export function needsKernelOf(context: TestContext, row: KernelRow): void {
  needs(context, !isTooOld(row), `it came with Linux ${row.option.since}`)
}

/** Whether C is refused as the library was. */
function isRefusedInC(row: KernelRow, fd: number, value: unknown, error: SocketOptionError): boolean {
  if (error.syscall === 'getsockopt') return ask(row, fd) === error.code
  const bytes = new Uint8Array(row.codec.size)
  const length = row.codec.encode(value, new DataView(bytes.buffer), 0, abi)
  const result = probe.setsockopt(fd, row.level, row.number, bytes.subarray(0, length))
  return result < 0 && errnoName(result) === error.code
}

interface Circumstances {
  readonly row: KernelRow
  readonly fd: number
  readonly value: unknown
  /** What is known to be needed, in words that may name capabilities. */
  readonly privileges: string
  readonly absent: Absence | undefined
}

/** Skips the test if the error says that something is lacking; throws the error otherwise. */
export function skipIfLacking(context: TestContext, error: unknown, { row, fd, value, privileges, absent }: Circumstances): never {
  if (!(error instanceof SocketOptionError)) throw error
  const missing = missingCapabilities(privileges)
  if (error.kind === 'denied' && missing.length > 0) skipVisibly(context, `${error.code}: needs ${missing.join(' or ')}`)
  if (!absent?.[0].includes(error.code) || !isRefusedInC(row, fd, value, error)) throw error
  skipVisibly(context, `${error.code}: this kernel has no ${absent[1]}`)
}
