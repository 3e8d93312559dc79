/** WHOSE tables are loaded when they are first asked for? Each import here is a file of its own in the built package (docs/package.md). */
import { tcpInfoFor } from '../codec/tcp-info.js'
import { darwin } from './darwin.js'
import { freebsd } from './freebsd.js'
import { linux } from './linux.js'
import { linuxArchNumbers } from './linux-arch-numbers.js'
import { linuxRareNumbers } from './linux-rare-numbers.js'
import { win32 } from './win32.js'

export const loadDarwin = () => darwin
export const loadFreebsd = () => freebsd
export const loadLinux = () => linux
export const loadLinuxArchNumbers = () => linuxArchNumbers
export const loadLinuxRareNumbers = (): Readonly<Record<string, number>> => linuxRareNumbers
export const loadTcpInfoFor = () => tcpInfoFor
export const loadWin32 = () => win32
