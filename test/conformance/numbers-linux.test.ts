/** Are Linux's numbers those of the installed headers, the kernel's and the C library's? */
import { expect, test } from 'vitest'
import { platformOf } from '../../src/platform/index.js'
import { whole } from '../../src/platform/platform.js'
import { compareByRunning, hasCompiler, printFindings, symbolsOf } from './numbers.js'

const compiler = process.env.CC ?? 'cc'

/** One unit per line: the kernel's headers and the C library's define the same symbols and exclude each other. */
const units = [
  ['sys/socket.h', 'netinet/in.h', 'netinet/tcp.h', 'netinet/udp.h', 'netinet/icmp6.h'],
  ['sys/socket.h', 'bluetooth/bluetooth.h', 'bluetooth/l2cap.h', 'bluetooth/sco.h', 'bluetooth/rfcomm.h', 'bluetooth/hci.h'],
  ['asm/socket.h', 'linux/tcp.h', 'linux/in.h', 'linux/in6.h', 'linux/udp.h', 'linux/icmp.h', 'linux/icmpv6.h'],
  ['linux/netfilter_ipv4/ip_tables.h', 'linux/netfilter_ipv4.h', 'linux/netfilter/ipset/ip_set.h'],
  ['linux/netfilter_ipv6/ip6_tables.h', 'linux/netfilter_ipv6.h'],
  ['linux/mroute.h'],
  ['linux/mroute6.h'],
  ['linux/if_packet.h', 'linux/netlink.h', 'linux/vm_sockets.h', 'linux/if_xdp.h', 'linux/tls.h', 'linux/tipc.h', 'linux/rds.h'],
  ['linux/mptcp.h'],
  ['stdint.h', 'sys/socket.h', 'linux/sctp.h'],
  ['linux/can.h', 'linux/can/raw.h', 'linux/can/isotp.h', 'linux/can/j1939.h', 'linux/if_alg.h', 'linux/kcm.h', 'linux/smc.h'],
  ['linux/rxrpc.h', 'linux/llc.h', 'linux/phonet.h', 'linux/nfc.h', 'linux/mctp.h', 'linux/x25.h', 'linux/atm.h'],
  ['linux/if_pppol2tp.h', 'linux/if_pppox.h'],
]

test('every number of Linux is the one in the headers of this machine', context => {
  if (process.platform !== 'linux') context.skip('only Linux has these headers')
  if (!hasCompiler(compiler)) context.skip(`no C compiler (${compiler})`)
  const findings = compareByRunning(symbolsOf(whole(platformOf('linux', process.arch, undefined))), units, compiler)
  printFindings(`Linux, ${process.arch}`, findings)
  expect(findings.disagree).toEqual([])
  expect(findings.compared.length).toBeGreaterThan(300)
})

test('a wrong number is found', context => {
  if (process.platform !== 'linux') context.skip('only Linux has these headers')
  if (!hasCompiler(compiler)) context.skip(`no C compiler (${compiler})`)
  const findings = compareByRunning(new Map([['TCP_KEEPIDLE', 5]]), [['netinet/tcp.h']], compiler)
  expect(findings.disagree).toEqual(['TCP_KEEPIDLE is 4 in <netinet/tcp.h> and 5 in the table'])
})
