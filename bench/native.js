/** What does the system itself take? The loops in C that the library is measured against. */
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** The compiled reference of the tests: `loopGet`, `bareGet`, `getsockopt`. */
export const probe = require('../test/support/native/build/Release/probe.node')
/** The loops of this folder: `loopCalls`, `loopSet`. */
export const loop = require('./native/build/Release/loop.node')

/** FIONREAD, TIOCOUTQ, SIOCOUTQNSD on Linux: what a snapshot asks of the queues. */
export const queueControls = [0x541b, 0x5411, 0x894b]

/** The kinds of step in bench/native/loop.cc. */
const kinds = { option: 0, localAddress: 1, peerAddress: 2, control: 3 }
const ADDRESS = 128

export const option = ({ level, number, capacity }) => [kinds.option, level, number, capacity]
export const localAddress = () => [kinds.localAddress, 0, 0, ADDRESS]
export const peerAddress = () => [kinds.peerAddress, 0, 0, ADDRESS]
export const control = number => [kinds.control, 0, number, 0]
