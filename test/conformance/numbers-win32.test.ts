/** Are the numbers of Windows those of its headers? Compiled only, with the headers of MinGW-w64. */
import { expect, test } from 'vitest'
import { win32 } from '../../src/platform/win32.js'
import { compareByAsserting, hasCompiler, printFindings, symbolsOf } from './numbers.js'

const compiler = 'x86_64-w64-mingw32-g++'
const reason = `no ${compiler} (Debian and Ubuntu: g++-mingw-w64-x86-64-posix)`
const headers = ['winsock2.h', 'ws2tcpip.h', 'mswsock.h', 'mstcpip.h', 'afunix.h', 'hvsocket.h', 'af_irda.h', 'wsrm.h']

/** Names of ours, for what the headers only number. */
const { WSAIOCTL: _, WIN_SOL_IP: __, ...levels } = win32.levels

test('every number of Windows is the one in the headers', context => {
  if (!hasCompiler(compiler)) context.skip(reason)
  const findings = compareByAsserting(symbolsOf({ levels, numbers: win32.numbers }), headers, compiler)
  printFindings('Windows', findings)
  expect(findings.disagree).toEqual([])
  expect(findings.compared.length).toBeGreaterThan(100)
})

test('a wrong number is found', context => {
  if (!hasCompiler(compiler)) context.skip(reason)
  expect(compareByAsserting(new Map([['TCP_NODELAY', 2]]), headers, compiler).disagree).toHaveLength(1)
})
