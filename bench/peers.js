/** How does a program read a socket option without this library? Each with the fastest way that its documentation shows. */
import { createRequire } from 'node:module'
import { getsockopt } from '../dist/index.js'

const [SOL_SOCKET, SO_RCVBUF] = [1, 8]

/** `socket` is connected; the result makes so many calls, and returns a number that depends on what they returned. */
const readers = {
  sockopt({ getsockopt }, socket) {
    return calls => {
      let sum = 0
      for (let call = 0; call < calls; call++) sum += getsockopt(socket, SOL_SOCKET, SO_RCVBUF)
      return sum
    }
  },
  koffi(koffi, socket) {
    const native = koffi.load('libc.so.6').func('int getsockopt(int fd, int level, int name, _Out_ void *value, _Inout_ uint32_t *length)')
    const value = Buffer.alloc(4)
    const length = Uint32Array.of(4)
    return calls => {
      let sum = 0
      for (let call = 0; call < calls; call++) {
        length[0] = 4
        if (native(socket._handle.fd, SOL_SOCKET, SO_RCVBUF, value, length) !== 0) throw new Error(`errno ${koffi.errno()}`)
        sum += value.readInt32LE(0)
      }
      return sum
    }
  },
  'net-keepalive'({ getUserTimeout }, socket) {
    return calls => {
      let sum = 0
      for (let call = 0; call < calls; call++) sum += getUserTimeout(socket)
      return sum
    }
  },
  'node:ffi'({ dlopen, getRawPointer }, socket) {
    const signature = { arguments: ['i32', 'i32', 'i32', 'pointer', 'pointer'], return: 'i32' }
    const native = dlopen('libc.so.6', { getsockopt: signature }).functions.getsockopt
    const value = Buffer.alloc(4)
    const length = Uint32Array.of(4)
    // Addresses of memory that stays where it is: to pass the arrays themselves takes longer.
    const [valueAt, lengthAt] = [getRawPointer(value), getRawPointer(length)]
    return calls => {
      let sum = 0
      for (let call = 0; call < calls; call++) {
        length[0] = 4
        if (native(socket._handle.fd, SOL_SOCKET, SO_RCVBUF, valueAt, lengthAt) !== 0) throw new Error('getsockopt failed')
        sum += value.readInt32LE(0)
      }
      return sum
    }
  },
}

/** What is measured, in these versions; that of node:ffi is Node's. */
export const versions = { sockopt: '2.0.1', koffi: '3.3.4', 'net-keepalive': '4.0.28' }

export const titleOf = name => (versions[name] === undefined ? name : `${name} ${versions[name]}`)

const ownRequire = createRequire(import.meta.url)

/** @param require of a program that has the package; that of node:ffi is anybody's */
export const readerOf = (name, socket, require = ownRequire) => readers[name](require(name), socket)

export const oursOf = option => `getsockopt(socket, '${option}')`

/** This library, beside them. */
export const ours = (socket, option) => ({
  name: oursOf(option),
  run(calls) {
    let sum = 0
    for (let call = 0; call < calls; call++) sum += getsockopt(socket, option)
    return sum
  },
})
