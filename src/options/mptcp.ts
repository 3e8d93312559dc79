/** WHAT can be read of an MPTCP connection (level SOL_MPTCP)? */
import { mptcpFullInfo, mptcpInfo, mptcpSubflowAddrs, mptcpTcpinfo } from '../codec/mptcp.js'
import { group, ro } from './define.js'

const afterFallback = 'EOPNOTSUPP after a fallback to TCP, while SO_PROTOCOL still says IPPROTO_MPTCP.'
const header = 'The header in the buffer says how large an element may be.'

export const mptcp = group('SOL_MPTCP', () => ({
  MPTCP_INFO: ro(mptcpInfo, 'State and counters of the connection, all subflows together.', { since: '5.16', quirks: [afterFallback] }),
  MPTCP_TCPINFO: ro(mptcpTcpinfo, 'TCP_INFO of each subflow.', { since: '5.16', inOut: true, quirks: [header, afterFallback] }),
  MPTCP_SUBFLOW_ADDRS: ro(mptcpSubflowAddrs, 'Local and remote address of each subflow.', { since: '5.16', inOut: true, quirks: [header, afterFallback] }),
  MPTCP_FULL_INFO: ro(mptcpFullInfo, 'MPTCP_INFO, and TCP_INFO and addresses of each subflow, at once.', { since: '6.5', inOut: true, quirks: ['Takes the addresses of two arrays: not usable from JavaScript.'] }),
}))
