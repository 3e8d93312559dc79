/** What do the codecs of options' structs make of bytes that no kernel wrote, and of values that nobody should pass? */
import { describe, expect, it } from 'vitest'
import * as bluetooth from '../../../src/codec/bluetooth.js'
import * as bsd from '../../../src/codec/bsd.js'
import * as can from '../../../src/codec/can.js'
import type { Abi, Codec } from '../../../src/codec/codec.js'
import * as darwin from '../../../src/codec/darwin.js'
import * as dmabuf from '../../../src/codec/dmabuf.js'
import * as enums from '../../../src/codec/enums.js'
import * as enumsBsd from '../../../src/codec/enums-bsd.js'
import * as enumsFamilies from '../../../src/codec/enums-families.js'
import * as enumsWindows from '../../../src/codec/enums-windows.js'
import * as ip from '../../../src/codec/ip.js'
import * as mroute from '../../../src/codec/mroute.js'
import * as netlink from '../../../src/codec/netlink.js'
import * as packet from '../../../src/codec/packet.js'
import * as pointer from '../../../src/codec/pointer.js'
import * as rds from '../../../src/codec/rds.js'
import * as rxrpc from '../../../src/codec/rxrpc.js'
import * as sctp from '../../../src/codec/sctp.js'
import * as tcpAo from '../../../src/codec/tcp-ao.js'
import * as tcpMd5 from '../../../src/codec/tcp-md5.js'
import * as tcpRepair from '../../../src/codec/tcp-repair.js'
import * as tcpZerocopy from '../../../src/codec/tcp-zerocopy.js'
import * as tipc from '../../../src/codec/tipc.js'
import * as tls from '../../../src/codec/tls.js'
import * as win32 from '../../../src/codec/win32.js'
import * as xdp from '../../../src/codec/xdp.js'
import * as xfrm from '../../../src/codec/xfrm.js'
import * as xtables from '../../../src/codec/xtables.js'
import { darwinArm64, linuxMips, linuxS390x, linuxX64 } from '../../support/abis.js'
import { accepts, decodeBytes, encodeBytes, strangeValues } from '../../support/codecs.js'
import { integerFrom, randomBytes, seeded } from '../../support/random.js'

/** Both byte orders, both word sizes, both forms of a sockaddr. */
const machines: readonly Abi[] = [linuxX64, linuxS390x, linuxMips, darwinArm64]

const modules = {
  bluetooth,
  bsd,
  can,
  darwin,
  dmabuf,
  enums,
  enumsBsd,
  enumsFamilies,
  enumsWindows,
  ip,
  mroute,
  netlink,
  packet,
  pointer,
  rds,
  rxrpc,
  sctp,
  tcpAo,
  tcpMd5,
  tcpRepair,
  tcpZerocopy,
  tipc,
  tls,
  win32,
  xdp,
  xfrm,
  xtables,
}

const isCodec = (value: unknown): value is Codec<unknown, unknown> =>
  typeof value === 'object' && value !== null && 'decode' in value && 'encode' in value

const codecs = Object.values(modules).flatMap(module => [
  ...Object.entries(module as Record<string, unknown>),
  ...Object.entries(tls.tlsCryptoInfos).filter(() => module === tls),
])
const named = codecs.filter((entry): entry is [string, Codec<unknown, unknown>] => isCodec(entry[1]))

/** The families, ciphers, operations and counts that chance would rarely hit. */
function seedBytes(bytes: Uint8Array, next: () => number, abi: Abi): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const choice = integerFrom(next, 0, 5)
  const at = integerFrom(next, 0, 20) * 4
  if (at + 4 > bytes.length) return
  if (choice === 0) view.setUint16(at, integerFrom(next, 0, 45), abi.littleEndian)
  else if (choice === 1) view.setUint16(at + 2, integerFrom(next, 51, 58), abi.littleEndian)
  else if (choice === 2) view.setUint32(at, integerFrom(next, 0, 12), abi.littleEndian)
  else if (choice === 3) view.setUint8(at, integerFrom(next, 0, 40))
  else if (choice === 4) bytes.fill(0)
}

/** Everything a value has, read. */
const touch = (value: unknown) => JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? String(part) : part))

describe('every codec of the structs', () => {
  it('is among those that are tried', () => {
    expect(named.length).toBeGreaterThan(150)
  })

  it.each(named)('%s decodes random bytes of every length, or refuses them', (_name, codec) => {
    const next = seeded(codec.size * 31 + codec.name.length)
    const longest = Math.min(codec.size, 600)
    let tried = 0
    for (const abi of machines) {
      for (let length = 0; length <= longest; length++) {
        const bytes = randomBytes(next, length)
        seedBytes(bytes, next, abi)
        accepts(() => touch(decodeBytes(codec, bytes, abi)))
        tried++
      }
    }
    expect(tried).toBe((longest + 1) * machines.length)
  })

  it.each(named)('%s encodes strange values within its size, or refuses them', (_name, codec) => {
    let tried = 0
    for (const abi of machines) {
      for (const value of strangeValues) {
        accepts(() => encodeBytes(codec, value, abi))
        tried++
      }
      for (const field of Object.keys(codec.layout?.fields ?? {})) {
        for (const value of strangeValues) accepts(() => encodeBytes(codec, { [field]: value }, abi))
      }
    }
    expect(tried).toBe(strangeValues.length * machines.length)
  })

  it.each(named)('%s takes back what it decoded, or says why not', (_name, codec) => {
    const next = seeded(7 + codec.size)
    let tried = 0
    for (const abi of machines) {
      for (let attempt = 0; attempt < 20; attempt++) {
        const bytes = randomBytes(next, Math.min(codec.size, 600))
        seedBytes(bytes, next, abi)
        let value: unknown
        if (accepts(() => (value = decodeBytes(codec, bytes, abi)))) accepts(() => encodeBytes(codec, value, abi))
        tried++
      }
    }
    expect(tried).toBe(20 * machines.length)
  })
})
