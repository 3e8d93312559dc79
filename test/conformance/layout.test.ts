/** Are sockets' common structs laid out as the headers of this machine have them? */
import { expect, test } from 'vitest'
import { ccInfo } from '../../src/codec/cc-info.js'
import { bits, flag, i32, u8, u32 } from '../../src/codec/field.js'
import { sockFilter } from '../../src/codec/filter.js'
import { inetDiagMsg, inetDiagReqV2, inetDiagSockid, nlmsghdr } from '../../src/codec/inet-diag.js'
import { linger, lingerShort } from '../../src/codec/linger.js'
import {
  groupFilter,
  groupReq,
  groupSourceReq,
  ipMreqn,
  ipMreqSource,
  ipMreqSourceBsd,
  ipMsfilter,
  ipv6Mreq,
} from '../../src/codec/membership.js'
import { mptcpAddrs, mptcpFullInfo, mptcpInfo, mptcpSubflowData } from '../../src/codec/mptcp.js'
import { sockaddrIn, sockaddrIn6 } from '../../src/codec/sockaddr.js'
import { sockaddrLl, sockaddrNl, sockaddrVm, sockaddrXdp } from '../../src/codec/sockaddr-linux.js'
import { struct } from '../../src/codec/struct.js'
import { tcpInfo, tcpInfo70, tcpInfo618 } from '../../src/codec/tcp-info.js'
import { tcpConnectionInfo } from '../../src/codec/tcp-info-darwin.js'
import { tcpInfoFreebsd } from '../../src/codec/tcp-info-freebsd.js'
import { tcpInfoWin32 } from '../../src/codec/tcp-info-win32.js'
import { sockTxtime, soTimestamping } from '../../src/codec/timestamping.js'
import { ucred, xucred } from '../../src/codec/ucred.js'
import { compareLayouts, testLayouts } from './headers.js'

/** The names before Linux 7.0, which newer headers keep as macros. */
const formerMptcpNames = {
  extraSubflows: 'mptcpi_subflows',
  limitExtraSubflows: 'mptcpi_subflows_max',
  endpSignalMax: 'mptcpi_add_addr_signal_max',
  limitAddAddrAccepted: 'mptcpi_add_addr_accepted_max',
  endpSubflowMax: 'mptcpi_local_addr_max',
}

const pascalCase = (name: string) => name.replace(/^./, letter => letter.toUpperCase())
const windowsNames = Object.fromEntries(Object.keys(tcpInfoWin32.layout?.fields ?? {}).map(name => [name, pascalCase(name)]))

/** On the BSDs the family is the second byte, after the length: its field covers both, and no C member does. */
const family = process.platform === 'darwin' || process.platform.endsWith('bsd') ? { family: null } : {}

const netinet = ['sys/types.h', 'sys/socket.h', 'netinet/in.h']

const withVersion = ['linux/version.h', 'linux/tcp.h']
const v6_18 = 'KERNEL_VERSION(6, 18, 0)'
const v7_0 = 'KERNEL_VERSION(7, 0, 0)'

testLayouts('everywhere', [
  { codec: linger, includes: ['sys/socket.h'] },
  { codec: sockaddrIn, includes: netinet, cNames: { ...family, address: 'sin_addr' } },
  { codec: sockaddrIn6, includes: netinet, cNames: { ...family, address: 'sin6_addr' } },
  { codec: groupReq, includes: netinet, size: null },
  { codec: groupSourceReq, includes: netinet, size: null },
])

testLayouts('on Linux', [
  { codec: tcpInfo, includes: ['linux/tcp.h'], size: null, platform: 'linux' },
  {
    codec: tcpInfo618,
    includes: withVersion,
    size: null,
    only: `LINUX_VERSION_CODE >= ${v6_18} && LINUX_VERSION_CODE < ${v7_0}`,
    platform: 'linux',
  },
  { codec: tcpInfo70, includes: withVersion, size: null, only: `LINUX_VERSION_CODE >= ${v7_0}`, platform: 'linux' },
  { codec: ucred, includes: ['sys/socket.h'], platform: 'linux' },
  { codec: sockFilter, includes: ['linux/filter.h'], platform: 'linux' },
  { codec: ccInfo.vegas, includes: ['linux/inet_diag.h'], platform: 'linux' },
  { codec: ccInfo.dctcp, includes: ['linux/inet_diag.h'], platform: 'linux' },
  { codec: ccInfo.bbr, includes: ['linux/inet_diag.h'], platform: 'linux' },
  { codec: nlmsghdr, includes: ['linux/netlink.h'], platform: 'linux' },
  { codec: inetDiagSockid, includes: ['linux/inet_diag.h'], platform: 'linux' },
  { codec: inetDiagReqV2, includes: ['linux/inet_diag.h'], platform: 'linux' },
  { codec: inetDiagMsg, includes: ['linux/inet_diag.h'], cNames: { id: 'id' }, platform: 'linux' },
  { codec: mptcpInfo, includes: ['linux/mptcp.h'], cNames: formerMptcpNames, platform: 'linux' },
  { codec: mptcpSubflowData, includes: ['linux/mptcp.h'], platform: 'linux' },
  { codec: mptcpAddrs, includes: ['linux/mptcp.h'], cNames: { local: 'ss_local', remote: 'ss_remote' }, platform: 'linux' },
  { codec: mptcpFullInfo, includes: ['linux/mptcp.h'], platform: 'linux' },
  { codec: soTimestamping, includes: ['linux/net_tstamp.h'], platform: 'linux' },
  { codec: sockTxtime, includes: ['linux/net_tstamp.h'], platform: 'linux' },
  { codec: ipMreqn, includes: ['linux/in.h'], platform: 'linux' },
  { codec: ipMreqSource, includes: ['linux/in.h'], platform: 'linux' },
  { codec: ipMsfilter, includes: ['linux/in.h'], size: null, platform: 'linux' },
  { codec: groupFilter, includes: ['linux/in.h'], size: null, platform: 'linux' },
  { codec: ipv6Mreq, includes: ['linux/in6.h'], platform: 'linux' },
  { codec: sockaddrNl, includes: ['linux/netlink.h'], platform: 'linux' },
  { codec: sockaddrLl, includes: ['linux/if_packet.h'], platform: 'linux' },
  { codec: sockaddrVm, includes: ['sys/socket.h', 'linux/vm_sockets.h'], platform: 'linux' },
  { codec: sockaddrXdp, includes: ['linux/if_xdp.h'], platform: 'linux' },
])

testLayouts('on macOS', [
  { codec: tcpConnectionInfo, includes: ['sys/types.h', 'netinet/tcp.h'], platform: 'darwin' },
  { codec: xucred, includes: ['sys/types.h', 'sys/ucred.h'], platform: 'darwin' },
  { codec: ipMreqSourceBsd, includes: netinet, platform: 'darwin' },
])

testLayouts('on FreeBSD', [
  { codec: tcpInfoFreebsd, includes: ['sys/types.h', 'netinet/tcp.h'], platform: 'freebsd' },
  { codec: xucred, includes: ['sys/types.h', 'sys/ucred.h'], size: null, platform: 'freebsd' },
  { codec: ipMreqSourceBsd, includes: netinet, platform: 'freebsd' },
])

testLayouts('on Windows', [
  { codec: lingerShort, includes: ['winsock2.h'], platform: 'win32' },
  { codec: tcpInfoWin32, includes: ['winsock2.h', 'mstcpip.h'], cStruct: 'TCP_INFO_v1', cNames: windowsNames, platform: 'win32' },
])

test('a wrong offset, size or bit-field is found out', context => {
  const wrong = struct('linger', 12, { onoff: [0, flag(i32)], linger: [6, i32] }, { prefix: 'l_' })
  const narrow = struct('linger', 8, { onoff: [0, flag(u8)], linger: [4, i32], zork: [0, u8] }, { prefix: 'l_' })
  const swapped = struct('tcphdr', 20, { source: [0, u32], fin: [13, bits(1, 1, 6, 1)], syn: [13, bits(1, 1, 6, 1)] })
  const [first, second, third] = compareLayouts([
    { codec: wrong, includes: ['sys/socket.h'] },
    { codec: narrow, includes: ['sys/socket.h'] },
    { codec: swapped, includes: ['linux/tcp.h'], platform: 'linux' },
  ])
  if (first?.skipped !== undefined) context.skip(first.skipped)
  expect(first?.disagree).toEqual([
    'l_linger is 4 bytes at 4 in C, 4 bytes at 6 in the codec',
    'sizeof(struct linger) is 8 in C, 12 in the codec',
  ])
  expect(second).toMatchObject({
    disagree: ['l_onoff is 4 bytes at 0 in C, 1 bytes at 0 in the codec'],
    agree: ['linger'],
    absent: ['zork'],
  })
  if (third?.skipped !== undefined) context.skip(third.skipped)
  expect(third?.disagree[0]).toBe('source is 2 bytes at 0 in C, 4 bytes at 0 in the codec')
  expect(third?.disagree[1]).toContain('the codec of fin does not cover the bits C sets')
  expect(third?.agree).toEqual(['syn'])
})
