/** Are the numbers of macOS and FreeBSD those of their headers? Runs where these headers are. */
import { expect, test } from 'vitest'
import { platforms } from '../../src/platform/index.js'
import { compareByRunning, hasCompiler, printFindings, symbolsOf } from './numbers.js'

const compiler = process.env.CC ?? 'cc'

const units = [
  ['sys/socket.h', 'sys/un.h', 'netinet/in.h', 'netinet/tcp.h', 'netinet/udp.h', 'netinet/icmp6.h', 'netinet/sctp.h'],
  ['sys/types.h', 'sys/sys_domain.h', 'net/if_utun.h'],
]

test.for(['darwin', 'freebsd'])('every number of %s is the one in its headers', (name, context) => {
  const platform = platforms[name]
  if (process.platform !== name || platform === undefined) return context.skip(`only ${name} has these headers`)
  if (!hasCompiler(compiler)) return context.skip(`no C compiler (${compiler})`)
  const findings = compareByRunning(symbolsOf(platform), units, compiler)
  printFindings(name, findings)
  expect(findings.disagree).toEqual([])
  expect(findings.compared.length).toBeGreaterThan(100)
})
