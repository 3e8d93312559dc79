/** Do this machine's headers lay out the structs of packet, netlink, XDP, TCP-AO, TLS, SCTP, CAN and the other protocols as the codecs do? */
import * as bluetooth from '../../src/codec/bluetooth.js'
import * as bsd from '../../src/codec/bsd.js'
import * as can from '../../src/codec/can.js'
import * as darwin from '../../src/codec/darwin.js'
import * as dmabuf from '../../src/codec/dmabuf.js'
import * as ip from '../../src/codec/ip.js'
import * as mroute from '../../src/codec/mroute.js'
import * as netlink from '../../src/codec/netlink.js'
import * as packet from '../../src/codec/packet.js'
import * as rds from '../../src/codec/rds.js'
import * as sctp from '../../src/codec/sctp.js'
import * as tcpAo from '../../src/codec/tcp-ao.js'
import * as tcpMd5 from '../../src/codec/tcp-md5.js'
import * as tcpRepair from '../../src/codec/tcp-repair.js'
import * as tcpZerocopy from '../../src/codec/tcp-zerocopy.js'
import * as tipc from '../../src/codec/tipc.js'
import * as tls from '../../src/codec/tls.js'
import * as win32 from '../../src/codec/win32.js'
import * as xdp from '../../src/codec/xdp.js'
import * as xfrm from '../../src/codec/xfrm.js'
import * as xtables from '../../src/codec/xtables.js'
import { type LayoutCase, testLayouts } from './headers.js'

type Rest = Omit<LayoutCase, 'codec' | 'includes'>
const on =
  (platform: NodeJS.Platform | undefined, ...includes: readonly string[]) =>
  (codec: LayoutCase['codec'], rest: Rest = {}): LayoutCase => ({ codec, includes, ...(platform && { platform }), ...rest })

const linux = (...includes: readonly string[]) => on('linux', ...includes)

const inet = linux('linux/in.h', 'linux/in6.h', 'linux/ipv6.h', 'linux/icmp.h', 'linux/icmpv6.h')
testLayouts('IPPROTO_IP, IPPROTO_IPV6, ICMP', [
  inet(ip.in6Pktinfo),
  inet(ip.ip6Mtuinfo),
  inet(ip.in6FlowlabelReq),
  inet(ip.icmpFilter),
  inet(ip.icmp6Filter),
])

const multicast = linux('linux/in.h', 'linux/in6.h', 'linux/mroute.h', 'linux/mroute6.h')
testLayouts('multicast routing', [
  multicast(mroute.vifctl),
  multicast(mroute.mfcctl),
  multicast(mroute.mif6ctl, { cNames: { threshold: 'vifc_threshold', rateLimit: 'vifc_rate_limit' } }),
  multicast(mroute.mf6cctl),
])

const tables = linux('netinet/in.h', 'linux/netfilter_ipv4/ip_tables.h')
const tables6 = linux('netinet/in.h', 'linux/netfilter_ipv6/ip6_tables.h')
const ipset = linux('netinet/in.h', 'linux/netfilter/ipset/ip_set.h')
testLayouts('netfilter', [
  tables(xtables.iptGetinfo),
  tables6(xtables.ip6tGetinfo),
  tables(xtables.iptGetEntries, { size: 40 }),
  tables6(xtables.ip6tGetEntries, { size: 40 }),
  tables(xtables.xtCounters, { size: 40 }),
  ipset(xtables.ipSetReqVersion),
  ipset(xtables.ipSetReqGetSet, { cNames: { name: 'set.name', index: 'set.index' } }),
  ipset(xtables.ipSetReqGetSetFamily, { cNames: { name: 'set.name', index: 'set.index' } }),
])

const ipsec = linux('linux/in.h', 'linux/pfkeyv2.h', 'linux/xfrm.h')
testLayouts('IPsec', [
  ipsec(xfrm.sadbXPolicy, { size: 16 }),
  ipsec(xfrm.xfrmUserpolicyInfo),
  ipsec(xfrm.xfrmSelector),
  ipsec(xfrm.xfrmLifetimeCfg),
  ipsec(xfrm.xfrmLifetimeCur),
  ipsec(xfrm.xfrmUserTmpl, { cNames: { daddr: 'id.daddr', spi: 'id.spi', proto: 'id.proto' } }),
])

const tcp = linux('linux/tcp.h')
testLayouts('IPPROTO_TCP', [
  tcp(tcpRepair.tcpRepairOpt),
  tcp(tcpRepair.tcpRepairWindow),
  tcp(tcpMd5.tcpMd5sig),
  tcp(tcpZerocopy.tcpZerocopyReceive),
  tcp(tcpAo.tcpAoAdd),
  tcp(tcpAo.tcpAoDel),
  tcp(tcpAo.tcpAoInfo),
  tcp(tcpAo.tcpAoKeys),
  tcp(tcpAo.tcpAoRepair),
  linux('linux/uio.h')(dmabuf.dmabufToken),
])

testLayouts('SOL_TLS', [
  linux('linux/tls.h')(tls.tlsCryptoInfo, { size: 4 }),
  ...Object.values(tls.tlsCryptoInfos).map(codec =>
    linux('linux/tls.h')(codec, { cNames: { version: 'info.version', cipherType: 'info.cipher_type' } }),
  ),
])

const ring = linux('linux/if_packet.h')
const umem = linux('linux/if_xdp.h')
testLayouts('SOL_PACKET, SOL_NETLINK, SOL_XDP', [
  // The header has room for 8 bytes of address, the kernel takes 32.
  ring(packet.packetMreq, { size: 16, cNames: { address: null } }),
  ring(packet.tpacketReq),
  ring(packet.tpacketStats),
  ring(packet.rolloverStats),
  // type and flags are the two bytes of type_flags.
  ring(packet.fanoutArgs, { cNames: { type: null, flags: null } }),
  linux('linux/netlink.h')(netlink.nlMmapReq),
  umem(xdp.xdpMmapOffsets),
  umem(xdp.xdpStatistics),
  // Read as one u64, written by nobody.
  umem(xdp.xdpUmemReg),
])

const assoc = linux('netinet/in.h', 'linux/sctp.h')
testLayouts('IPPROTO_SCTP', [
  assoc(sctp.sctpRtoinfo),
  assoc(sctp.sctpAssocparams),
  assoc(sctp.sctpInitmsg),
  assoc(sctp.sctpSetadaptation),
  assoc(sctp.sctpSndrcvinfo),
  assoc(sctp.sctpSndinfo),
  assoc(sctp.sctpSackInfo),
  assoc(sctp.sctpAssocValue),
  assoc(sctp.sctpEventSubscribe),
  assoc(sctp.sctpEvent),
  assoc(sctp.sctpAssocIds, { size: 4 }),
  assoc(sctp.sctpPeeloffArg, { cStruct: 'sctp_peeloff_arg_t' }),
  assoc(sctp.sctpPeeloffFlagsArg, { cStruct: 'sctp_peeloff_flags_arg_t', cNames: { associd: 'p_arg.associd', sd: 'p_arg.sd' } }),
  assoc(sctp.sctpSetpeerprim),
  assoc(sctp.sctpPrim),
  assoc(sctp.sctpPaddrparams),
  assoc(sctp.sctpPaddrinfo),
  assoc(sctp.sctpStatus),
  assoc(sctp.sctpPaddrthlds),
  assoc(sctp.sctpPaddrthldsV2),
  assoc(sctp.sctpUdpencaps),
  assoc(sctp.sctpProbeinterval),
  assoc(sctp.sctpGetaddrs, { size: 8 }),
  assoc(sctp.sctpAssocStats),
  assoc(sctp.sctpAuthchunk),
  assoc(sctp.sctpHmacalgo, { size: 4 }),
  assoc(sctp.sctpAuthkey, { size: 8 }),
  assoc(sctp.sctpAuthkeyid),
  assoc(sctp.sctpAuthchunks, { size: 8 }),
  assoc(sctp.sctpStreamValue),
  assoc(sctp.sctpResetStreams, { size: 8 }),
  assoc(sctp.sctpAddStreams),
  assoc(sctp.sctpDefaultPrinfo),
  assoc(sctp.sctpPrstatus),
])

const isotp = linux('linux/can/isotp.h')
testLayouts('SOL_CAN_RAW, SOL_CAN_ISOTP, SOL_CAN_J1939', [
  linux('linux/can.h')(can.canFilter),
  linux('linux/can/raw.h')(can.canRawVcid),
  isotp(can.canIsotpOptions),
  isotp(can.canIsotpFc),
  isotp(can.canIsotpLl),
  linux('linux/can/j1939.h')(can.j1939Filter),
])

const reliable = linux('linux/rds.h')
testLayouts('SOL_TIPC, SOL_RDS', [
  linux('linux/tipc.h')(tipc.tipcGroupReq),
  reliable(rds.rdsGetMrArgs),
  reliable(rds.rdsGetMrForDestArgs),
  reliable(rds.rdsFreeMrArgs),
  reliable(rds.rdsRxTraceSo),
])

const bluez = linux('sys/socket.h', 'bluetooth/bluetooth.h')
const l2cap = linux('sys/socket.h', 'bluetooth/bluetooth.h', 'bluetooth/l2cap.h')
const sco = linux('sys/socket.h', 'bluetooth/bluetooth.h', 'bluetooth/sco.h')
testLayouts('Bluetooth', [
  bluez(bluetooth.btSecurity),
  bluez(bluetooth.btPower),
  bluez(bluetooth.btVoice),
  bluez(bluetooth.btIsoIoQos),
  bluez(bluetooth.btIsoUcastQos),
  bluez(bluetooth.btIsoBcastQos),
  bluez(bluetooth.btIsoQos),
  bluez(bluetooth.btCodec),
  l2cap(bluetooth.l2capOptions),
  l2cap(bluetooth.l2capConninfo),
  sco(bluetooth.scoOptions),
  sco(bluetooth.scoConninfo),
  linux('sys/socket.h', 'bluetooth/bluetooth.h', 'bluetooth/rfcomm.h')(bluetooth.rfcommConninfo),
  // BlueZ has the struct under the name that the kernel keeps for its own, wider one.
  linux('sys/socket.h', 'bluetooth/bluetooth.h', 'bluetooth/hci.h')(bluetooth.hciUfilter, { cStruct: 'struct hci_filter' }),
])

const freebsd = on('freebsd', 'sys/types.h', 'sys/socket.h', 'netinet/tcp.h')
const netbsd = on('netbsd', 'sys/types.h', 'sys/socket.h', 'sys/un.h')
testLayouts('the BSDs', [
  freebsd(bsd.acceptFilterArg),
  freebsd(bsd.tcpFunctionSet),
  freebsd(bsd.tcpPerfInfo),
  freebsd(bsd.splice),
  netbsd(bsd.unpcbid),
])

const macos = on('darwin', 'sys/types.h', 'sys/socket.h', 'mach/message.h')
testLayouts('macOS', [
  macos(darwin.soNpExtensions),
  macos(darwin.auditToken, {
    cStruct: 'audit_token_t',
    cNames: {
      auid: 'val[0]',
      euid: 'val[1]',
      egid: 'val[2]',
      ruid: 'val[3]',
      rgid: 'val[4]',
      pid: 'val[5]',
      asid: 'val[6]',
      pidversion: 'val[7]',
    },
  }),
])

const winsock = on('win32', 'winsock2.h', 'ws2tcpip.h', 'mstcpip.h')
const hungarian = {
  serviceFlags1: 'dwServiceFlags1',
  serviceFlags2: 'dwServiceFlags2',
  serviceFlags3: 'dwServiceFlags3',
  serviceFlags4: 'dwServiceFlags4',
  providerFlags: 'dwProviderFlags',
  providerId: 'ProviderId',
  catalogEntryId: 'dwCatalogEntryId',
  protocolChain: 'ProtocolChain',
  version: 'iVersion',
  addressFamily: 'iAddressFamily',
  maxSockAddr: 'iMaxSockAddr',
  minSockAddr: 'iMinSockAddr',
  socketType: 'iSocketType',
  protocol: 'iProtocol',
  protocolMaxOffset: 'iProtocolMaxOffset',
  networkByteOrder: 'iNetworkByteOrder',
  securityScheme: 'iSecurityScheme',
  messageSize: 'dwMessageSize',
  providerReserved: 'dwProviderReserved',
  protocolName: 'szProtocol',
}
testLayouts('Windows', [
  winsock(win32.wsaProtocolInfoA, { cStruct: 'WSAPROTOCOL_INFOA', cNames: hungarian }),
  winsock(win32.wsaProtocolInfoW, { cStruct: 'WSAPROTOCOL_INFOW', cNames: hungarian }),
  winsock(win32.tcpKeepaliveVals),
  winsock(win32.tcpInitialRto, {
    cStruct: 'TCP_INITIAL_RTO_PARAMETERS',
    cNames: { rtt: 'Rtt', maxSynRetransmissions: 'MaxSynRetransmissions' },
  }),
])
