/** Do options that read their buffer first answer a question? Each is asked by the library, by value and in bytes, and by C in the same bytes. */
import { describe, expect, test } from 'vitest'
import { getsockopt } from '../../src/index.js'
import { family } from '../support/addresses.js'
import { type ClosedKind, type Kind, type OpenSocket, openApart, openKind } from '../support/kinds.js'
import { isLinux, skipVisibly } from '../support/needs.js'
import { decode, exchange, plain, questionOf, rowOf } from '../support/rows.js'
import type { Absence } from './lacking.js'
import { stillValue } from './moving.js'
import { get } from './trials.js'

interface Query {
  readonly on: Kind | (() => OpenSocket | ClosedKind)
  /** The question, or how it follows from what the socket answers to another one. */
  readonly input: unknown
  /** What the answer has, at least. */
  readonly answers: unknown
  /** The kernel wants optlen to be the length of the question, no more. */
  readonly isExact?: true
  /** What an older or smaller kernel may lack. */
  readonly absent?: Absence
}

const tables: Absence = [['ENOENT', 'ENOPROTOOPT'], 'legacy iptables (CONFIG_IP_NF_IPTABLES_LEGACY)']
const ipv4 = (): OpenSocket | ClosedKind => openApart('raw4', family.ipv4, 255)
const ipv6 = (): OpenSocket | ClosedKind => openApart('raw6', family.ipv6, 255)
const loopback = expect.objectContaining({ address: '127.0.0.1' })

/** A table of a new network namespace has a policy for each of its three hooks, and the error rule that ends it. */
const filterTable = { name: 'filter', numEntries: 4 }

/** The rules of a table are asked for with their size, which the table's description tells. */
const entriesOf = (info: string) => (fd: number, skipAbsent: (code: string) => void) => {
  const name = 'filter'
  const question = new Uint8Array(84)
  question.set(Buffer.from(name))
  const answer = exchange(rowOf(info), fd, question, question.length)
  if (typeof answer === 'string') skipAbsent(answer)
  return { name, size: (get(fd, rowOf(info).name, { name }) as { size: number }).size }
}

const queries: readonly (readonly [key: string, Query])[] = [
  ['SOL_PACKET.PACKET_HDRLEN', { on: 'packet-raw', input: 0, answers: 32 }],
  ['SOL_PACKET.PACKET_HDRLEN', { on: 'packet-raw', input: 1, answers: 32 }],
  ['SOL_PACKET.PACKET_HDRLEN', { on: 'packet-raw', input: 2, answers: 48 }],
  [
    'SOL_MPTCP.MPTCP_TCPINFO',
    { on: 'mptcp4-conn', input: {}, answers: { numSubflows: 1, subflows: [expect.objectContaining({ state: 'ESTABLISHED' })] } },
  ],
  [
    'SOL_MPTCP.MPTCP_SUBFLOW_ADDRS',
    { on: 'mptcp4-conn', input: {}, answers: { numSubflows: 1, subflows: [{ local: loopback, remote: loopback }] } },
  ],
  ['IPPROTO_IP.IPT_SO_GET_INFO', { on: ipv4, input: { name: 'filter' }, answers: filterTable, absent: tables }],
  [
    'IPPROTO_IP.IPT_SO_GET_ENTRIES',
    { on: ipv4, input: entriesOf('IPPROTO_IP.IPT_SO_GET_INFO'), answers: { name: 'filter' }, isExact: true, absent: tables },
  ],
  [
    'IPPROTO_IP.SO_IP_SET',
    {
      on: ipv4,
      input: { op: 'IP_SET_OP_VERSION' },
      answers: { op: 'IP_SET_OP_VERSION', version: expect.any(Number) },
      isExact: true,
      absent: [['ENOPROTOOPT'], 'ip_set'],
    },
  ],
  ['IPPROTO_IPV6.IP6T_SO_GET_INFO', { on: ipv6, input: { name: 'filter' }, answers: filterTable, absent: tables }],
  [
    'IPPROTO_IPV6.IP6T_SO_GET_ENTRIES',
    { on: ipv6, input: entriesOf('IPPROTO_IPV6.IP6T_SO_GET_INFO'), answers: { name: 'filter' }, isExact: true, absent: tables },
  ],
]

describe.runIf(isLinux)('an in/out option answers', () => {
  test.for(queries)('%s', ([key, { on, answers, isExact, absent, ...query }], context) => {
    const row = rowOf(key)
    const socket = typeof on === 'string' ? openKind(on) : on()
    if ('reason' in socket) skipVisibly(context, `${socket.kind}: ${socket.reason}`)
    context.onTestFinished(() => socket.close())
    const { fd } = socket
    const skipAbsent = (code: string): void => {
      if (absent?.[0].includes(code)) skipVisibly(context, `${code}: this kernel has no ${absent[1]}`)
    }
    const input = typeof query.input === 'function' ? query.input(fd, skipAbsent) : query.input
    const question = questionOf(row, input)
    const optlen = isExact ? question.length : row.codec.size
    const expected = exchange(row, fd, question, optlen)
    if (typeof expected === 'string') {
      skipAbsent(expected)
      throw new Error(`C gets ${expected}`)
    }
    const byNumber = getsockopt(fd, row.level, row.number, optlen, { input: question })
    expect(byNumber).toHaveLength(expected.length)
    expect(stillValue(row, decode(row, fd, byNumber))).toEqual(stillValue(row, decode(row, fd, expected)))
    const byName = plain(get(fd, row.name, input))
    expect(byName).toEqual(typeof answers === 'object' ? expect.objectContaining(answers as object) : answers)
    expect(stillValue(row, byName)).toEqual(stillValue(row, decode(row, fd, expected)))
  })

  test('PACKET_HDRLEN refuses a format that is none, as C is refused', context => {
    const socket = openKind('packet-raw')
    if ('reason' in socket) skipVisibly(context, socket.reason)
    context.onTestFinished(() => socket.close())
    expect(() => get(socket.fd, 'PACKET_HDRLEN', 3)).toThrow(expect.objectContaining({ code: 'EINVAL', option: 'PACKET_HDRLEN' }))
  })
})
