/** What does code look like that uses this option? The lines that read and set it, with a value that means something. */
import { hazards } from '../access/hazards.js'
import type { Abi, Codec } from '../codec/codec.js'
import type { Access } from '../options/define.js'

interface Subject {
  readonly name: string
  readonly access: Access
  readonly unit: string | undefined
  readonly codec: Codec<any, any>
  readonly inOut: boolean
}

const membership = "{ multiaddr: '224.0.0.251', address: '0.0.0.0', ifindex: 0 }"
const source = "{ multiaddr: '232.1.1.1', interface: '0.0.0.0', sourceaddr: '192.0.2.1' }"
const membership6 = "{ multiaddr: 'ff02::fb', ifindex: 0 }"

/** Where no rule finds a value that the kernel would take; null where there is no value that would do for everybody. */
const written: Readonly<Record<string, string | null>> = {
  SO_LINGER: '{ onoff: true, linger: 0 }',
  SO_BINDTODEVICE: "'lo'",
  SO_PEEK_OFF: '0',
  SO_INCOMING_CPU: '0',
  SO_BUSY_POLL: '50',
  SO_TIMESTAMPING: "{ flags: ['SOF_TIMESTAMPING_RX_SOFTWARE', 'SOF_TIMESTAMPING_SOFTWARE'], bindPhc: 0 }",
  SO_TXTIME: "{ clockid: 'CLOCK_MONOTONIC', flags: [] }",
  TCP_CONGESTION: "'reno'",
  TCP_MAXSEG: '1200',
  TCP_ULP: "'tls'",
  IP_TOS: '16',
  IP_MULTICAST_IF: "'127.0.0.1'",
  IP_LOCAL_PORT_RANGE: '{ low: 40000, high: 50000 }',
  IP_ADD_MEMBERSHIP: membership,
  IP_DROP_MEMBERSHIP: membership,
  IP_ADD_SOURCE_MEMBERSHIP: source,
  IP_DROP_SOURCE_MEMBERSHIP: source,
  IP_BLOCK_SOURCE: source,
  IP_UNBLOCK_SOURCE: source,
  IPV6_ADD_MEMBERSHIP: membership6,
  IPV6_DROP_MEMBERSHIP: membership6,
  IPV6_ADDRFORM: "'AF_INET'",
  IPV6_CHECKSUM: '2',
  UDP_SEGMENT: '1200',
  UDP_ENCAP: "'UDP_ENCAP_ESPINUDP'",
  SO_ATTACH_BPF: null,
  SO_ATTACH_REUSEPORT_EBPF: null,
}

/** Plausible in a unit; elsewhere 1. */
const byUnit: Readonly<Record<string, number>> = { ms: 5000, s: 60, us: 50_000, bytes: 65_536, hops: 64, probes: 3, retransmissions: 3 }

/** Names stand in the words of what is accepted: `one of IP_PMTUDISC_DONT, ...`, `an array of SOF_..., ...`. */
function named(accepts: string): string[] {
  const [, one] = /^one of ([A-Za-z_]\w*)/.exec(accepts) ?? []
  const [, several] = /^an array of ([A-Z][A-Z\d]*_\w+)/.exec(accepts) ?? []
  return [...(one === undefined ? [] : [`'${one}'`]), ...(several === undefined ? [] : [`['${several}']`])]
}

function isTaken(value: unknown, { size, encode }: Codec<any, any>, abi: Abi): boolean {
  try {
    encode(value, new DataView(new ArrayBuffer(size)), 0, abi)
    return true
  } catch {
    return false
  }
}

/** A value as source text, or undefined where the type alone tells of none. */
function sampleOf({ name, codec, unit }: Subject, abi: Abi): string | undefined {
  if (Object.hasOwn(written, name)) return written[name] ?? undefined
  const [first] = named(codec.accepts)
  if (first !== undefined) return first
  return [true, byUnit[unit ?? ''] ?? 1, 1, undefined].filter(value => isTaken(value, codec, abi)).map(String)[0]
}

const consents: Readonly<Record<string, string>> = { destroys: ', { consume: true }', creates: ', { adopt: true }' }

function reading({ name, inOut, codec }: Subject): string[] {
  const danger = hazards[name]?.read
  if (danger === 'pointers') return []
  if (inOut) return [`getsockopt(socket, '${name}', { input })   // input: ${codec.accepts}`]
  return [`getsockopt(socket, '${name}'${consents[danger ?? ''] ?? ''})`]
}

function setting(subject: Subject, abi: Abi): string[] {
  const { name, codec } = subject
  if (hazards[name]?.write !== undefined || codec.name === 'pointer') return []
  const sample = sampleOf(subject, abi)
  return [
    sample === undefined ? `setsockopt(socket, '${name}', value)   // value: ${codec.accepts}` : `setsockopt(socket, '${name}', ${sample})`,
  ]
}

/** The lines that read and set it, as far as it can be read and set. */
export function examplesOf(subject: Subject, abi: Abi): readonly string[] {
  const { access } = subject
  return [
    ...(access === 'rw' || access === 'ro' ? reading(subject) : []),
    ...(access === 'rw' || access === 'wo' ? setting(subject, abi) : []),
  ]
}
