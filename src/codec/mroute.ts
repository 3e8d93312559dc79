/** Which interfaces and routes does the multicast routing daemon give the kernel? */
import { inAddr } from './address.js'
import { array, bitSet } from './array.js'
import { flags } from './choice.js'
import { codec, Refusal } from './codec.js'
import { i32, nested, optional, u8, u16, u32 } from './field.js'
import { sockaddrIn6 } from './sockaddr.js'
import { struct } from './struct.js'

const viff = { VIFF_TUNNEL: 0x1, VIFF_SRCRT: 0x2, VIFF_REGISTER: 0x4, VIFF_USE_IFINDEX: 0x8 } as const
const vifFlags = flags('VIFF', viff, 1)

const vif = struct(
  'vifctl',
  16,
  {
    vifi: [0, u16],
    flags: [2, optional(nested(vifFlags))],
    threshold: [3, optional(u8), 'hops'],
    rateLimit: [4, optional(u32)],
    lclAddr: [8, optional(nested(inAddr))],
    lclIfindex: [8, optional(i32)],
    rmtAddr: [12, optional(nested(inAddr))],
  },
  { prefix: 'vifc_' },
)

/** MRT_ADD_VIF, MRT_DEL_VIF. The interface is lclAddr, or lclIfindex if VIFF_USE_IFINDEX says so: they are the same four bytes. */
export const vifctl: typeof vif = codec({
  ...vif,
  encode(value, view, at, abi) {
    const bytes = vif.encode(value, view, at, abi)
    const byIndex = (view.getUint8(at + 2) & viff.VIFF_USE_IFINDEX) !== 0
    const { lclAddr, lclIfindex } = value
    if (lclAddr !== undefined && lclIfindex !== undefined) throw new Refusal('range', 'nothing beside lclAddr', 'lclIfindex')
    if (lclIfindex !== undefined && !byIndex) throw new Refusal('range', 'VIFF_USE_IFINDEX among them, with lclIfindex', 'flags')
    if (lclAddr !== undefined && byIndex) throw new Refusal('range', 'lclIfindex, with VIFF_USE_IFINDEX', 'lclAddr')
    return bytes
  },
})

/** MRT_ADD_MFC, MRT_DEL_MFC and their _PROXY forms. `ttls[vifi]` is the least TTL that is forwarded there; 0 and 255 forward nothing. */
export const mfcctl = struct(
  'mfcctl',
  60,
  {
    origin: [0, nested(inAddr)],
    mcastgrp: [4, nested(inAddr)],
    parent: [8, optional(u16)],
    ttls: [10, optional(array(u8, 32)), 'hops'],
    pktCnt: [44, optional(u32), 'packets'],
    byteCnt: [48, optional(u32), 'bytes'],
    wrongIf: [52, optional(u32), 'packets'],
    expire: [56, optional(i32)],
  },
  { prefix: 'mfcc_' },
)

/** MRT6_ADD_MIF. `pifi` is the interface's index, which has to fit 16 bits here. */
export const mif6ctl = struct(
  'mif6ctl',
  12,
  {
    mifi: [0, u16],
    flags: [2, optional(nested(flags('MIFF', { MIFF_REGISTER: 0x1 }, 1)))],
    threshold: [3, optional(u8), 'hops'],
    pifi: [4, optional(u16)],
    rateLimit: [8, optional(u32)],
  },
  { prefix: 'mif6c_' },
)

/** MRT6_ADD_MFC, MRT6_DEL_MFC and their _PROXY forms. `ifset` are the numbers of the outgoing mifs. */
export const mf6cctl = struct(
  'mf6cctl',
  92,
  {
    origin: [0, nested(sockaddrIn6)],
    mcastgrp: [28, nested(sockaddrIn6)],
    parent: [56, optional(u16)],
    ifset: [60, optional(bitSet(8))],
  },
  { prefix: 'mf6cc_' },
)
