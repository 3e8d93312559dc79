/** Do the members of enums and flags, in options and in their structs, have the numbers of this machine's headers? */
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type Abi, type Codec, Refusal } from '../../src/codec/codec.js'
import type { Field } from '../../src/codec/field.js'
import { linuxX64 } from '../support/abis.js'
import { compareByRunning, hasCompiler, printFindings } from './numbers.js'

const compiler = process.env.CC ?? 'cc'

/** One unit per line: the kernel's headers and the C library's exclude each other. */
const units = [
  ['sys/socket.h', 'netinet/in.h', 'fcntl.h', 'time.h'],
  ['linux/socket.h', 'linux/tcp.h', 'linux/in.h', 'linux/in6.h', 'linux/udp.h', 'linux/net_tstamp.h', 'linux/tls.h', 'linux/icmp.h'],
  ['linux/mroute.h'],
  ['linux/mroute6.h'],
  ['netinet/in.h', 'linux/netfilter/ipset/ip_set.h', 'linux/ipsec.h'],
  ['linux/in.h', 'linux/xfrm.h'],
  ['linux/if_packet.h', 'linux/if_xdp.h', 'linux/tipc.h', 'linux/rds.h'],
  ['sys/socket.h', 'linux/phonet.h'],
  ['sys/socket.h', 'linux/rxrpc.h'],
  ['linux/if_pppol2tp.h'],
  ['stdint.h', 'sys/socket.h', 'linux/sctp.h'],
  ['linux/can.h', 'linux/can/raw.h', 'linux/can/isotp.h', 'linux/can/error.h'],
  ['sys/socket.h', 'bluetooth/bluetooth.h', 'bluetooth/l2cap.h', 'bluetooth/rfcomm.h'],
]

/** What another system numbers (`index` and `of-` repeat it all), and the flags that the header has eight bits higher (their low byte is the type). */
const elsewhere = /^(index|on-demand|of-|bsd|darwin|win32|tcp-info-(darwin|freebsd|win32))/
const others = new Set(['enum PMTUD_STATE'])
/** States are named without a prefix (SYN_SENT), and C has no such symbols; TFO_* are the value of a bit-field, not of its byte. */
const skipped = /^(SYN|FIN|TIME|CLOSE|LAST|NEW|TFO)_/
const shifted = /^PACKET_FANOUT_FLAG_/

type Write = (value: unknown, view: DataView, abi: Abi) => void

/** Where a value is written: some fields look at their neighbours. */
const middle = 512

/** The names that a refused value is told to be one of. */
function namesOf(write: Write, wrap: (name: string) => unknown): readonly string[] {
  try {
    write(wrap('?'), new DataView(new ArrayBuffer(1024)), linuxX64)
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    if (refusal.reason !== 'range') return []
    const [, names] = /^(?:one of|an array of) (.+) \(or (?:its number|numbers)\)$/.exec(refusal.expected) ?? []
    return names?.split(', ') ?? []
  }
  return []
}

function readNumber(view: DataView, size: number): number {
  if (size === 1) return view.getUint8(middle)
  return size === 2 ? view.getUint16(middle, true) : view.getInt32(middle, true)
}

function collect(write: Write, size: number, into: Map<string, number>): void {
  for (const wrap of [(name: string) => name, (name: string) => [name]]) {
    for (const name of namesOf(write, wrap).filter(one => /^[A-Z0-9]{2,}\d?_/.test(one) && !skipped.test(one))) {
      const view = new DataView(new ArrayBuffer(1024))
      write(wrap(name), view, linuxX64)
      const number = shifted.test(name) ? readNumber(view, size) << 8 : readNumber(view, size)
      const known = into.get(name)
      if (known !== undefined && known !== number) throw new Error(`${name} is both ${known} and ${number}`)
      into.set(name, number)
    }
  }
}

async function membersOfCodecs(): Promise<Map<string, number>> {
  const members = new Map<string, number>()
  const folder = new URL('../../src/codec/', import.meta.url)
  for (const file of readdirSync(fileURLToPath(folder)).filter(name => !elsewhere.test(name))) {
    const module = (await import(new URL(file, folder).href)) as Record<string, unknown>
    for (const value of Object.values(module)) {
      if (typeof value !== 'object' || value === null || !('encode' in value)) continue
      const codec = value as Codec<unknown, unknown>
      if (others.has(codec.name)) continue
      if (codec.isInt) collect((one, view, abi) => codec.encode(one, view, middle, abi), codec.size, members)
      for (const [, field] of Object.values(codec.layout?.fields ?? {})) {
        const { size, write } = field as Field<unknown, unknown>
        if (typeof write === 'function') collect((one, view, abi) => write(one, view, middle, abi, 'field'), size, members)
      }
    }
  }
  return members
}

test('every member is in the headers of this machine as it is in the codec', async context => {
  if (process.platform !== 'linux') context.skip('only Linux has these headers')
  if (!hasCompiler(compiler)) context.skip(`no C compiler (${compiler})`)
  const findings = compareByRunning(await membersOfCodecs(), units, compiler)
  printFindings('members of enums and flags', findings)
  expect(findings.disagree).toEqual([])
  expect(findings.compared.length).toBeGreaterThan(250)
})
