/** What does this test need that may be absent here? A skip that says so, in the output of every run. */
import { readFileSync, writeSync } from 'node:fs'
import type { TestContext } from 'vitest'

function titleOf(context: TestContext): string {
  const parts = [context.task.name]
  for (let suite = context.task.suite; suite; suite = suite.suite) parts.unshift(suite.name)
  return parts.filter(part => part !== '').join(' > ')
}

/** Skips the running test and prints why. */
export function skipVisibly(context: TestContext, reason: string): never {
  writeSync(2, `SKIPPED: ${titleOf(context)}: ${reason}\n`)
  context.skip(reason)
}

/** Skips the running test, visibly, unless the condition holds. */
export function needs(context: TestContext, condition: unknown, reason: string): asserts condition {
  if (!condition) skipVisibly(context, reason)
}

export const isLinux = process.platform === 'linux'
export const isRoot = process.geteuid?.() === 0

/** linux/capability.h. */
const capabilities = { CAP_NET_BROADCAST: 11, CAP_NET_ADMIN: 12, CAP_NET_RAW: 13, CAP_SYS_ADMIN: 21 } as const
export type Capability = keyof typeof capabilities

/** Whether this process has the capability now. */
export function hasCapability(name: Capability): boolean {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  return ((BigInt(`0x${effective}`) >> BigInt(capabilities[name])) & 1n) === 1n
}

/** The capabilities that a text names and this process lacks. */
export function missingCapabilities(text: string): Capability[] {
  return (Object.keys(capabilities) as Capability[]).filter(name => text.includes(name) && !hasCapability(name))
}
