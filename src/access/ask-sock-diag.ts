/** Which timer of this TCP socket is armed? One exchange with sock_diag(7), which needs no privilege and sees the sockets of this network namespace. */
import { type DiagQuery, decodeDiagAnswer, encodeDiagQuery, type InetDiagMessage } from '../codec/inet-diag.js'
import { ask, ensure, Operation, scratch } from '../native/scratch.js'

/** More than the kernel puts into one part of an answer: two pages (NLMSG_GOODSIZE of linux/netlink.h). */
const CAPACITY = 16 * 1024

/** What sock_diag tells of the socket; -errno where it refused (ENOENT: no such socket here); undefined where the answer is not about it. */
export function askSockDiag(query: DiagQuery): InetDiagMessage | number | undefined {
  ensure(CAPACITY)
  const input = encodeDiagQuery(query, scratch.view, scratch.body, scratch.abi)
  const answered = ask(0, Operation.askSockDiag, 0, 0, CAPACITY, 1, input)
  if (answered < 0) return answered
  return decodeDiagAnswer(scratch.view, scratch.body, scratch.body + Math.min(answered, CAPACITY), query.cookie, scratch.abi)
}
