/** Which machines differ in their bytes? The ABIs that every codec is tested with, on any of them. */
import type { Abi } from '../../src/codec/codec.js'

const linux = { sockaddrHasLength: false, afInet6: 10 } as const

export const linuxX64: Abi = { littleEndian: true, wordSize: 8, timevalSize: 16, int64Alignment: 8, ...linux }
/** Big-endian, 64 bits. */
export const linuxS390x: Abi = { littleEndian: false, wordSize: 8, timevalSize: 16, int64Alignment: 8, ...linux }
/** 32 bits, a time_t of as many, and 64-bit numbers where 32-bit ones may lie. */
export const linuxIa32: Abi = { littleEndian: true, wordSize: 4, timevalSize: 8, int64Alignment: 4, ...linux }
/** 32 bits, and a time_t of 64: musl, and glibc with _TIME_BITS=64. */
export const linuxArmv7Time64: Abi = { littleEndian: true, wordSize: 4, timevalSize: 16, int64Alignment: 8, ...linux }
/** Big-endian, 32 bits. */
export const linuxMips: Abi = { littleEndian: false, wordSize: 4, timevalSize: 8, int64Alignment: 8, ...linux }
export const darwinArm64: Abi = {
  littleEndian: true,
  wordSize: 8,
  timevalSize: 16,
  int64Alignment: 8,
  sockaddrHasLength: true,
  afInet6: 30,
}
export const freebsdX64: Abi = { littleEndian: true, wordSize: 8, timevalSize: 16, int64Alignment: 8, sockaddrHasLength: true, afInet6: 28 }
/** A long of 32 bits where a pointer has 64. */
export const win32X64: Abi = { littleEndian: true, wordSize: 4, timevalSize: 8, int64Alignment: 8, sockaddrHasLength: false, afInet6: 23 }

export const abis = Object.freeze({ linuxX64, linuxS390x, linuxIa32, linuxArmv7Time64, linuxMips, darwinArm64, freebsdX64, win32X64 })
