/** An address on one line: `127.0.0.1:80`, `[::1]:80`, a path. */
import { inspect } from 'node:util'
import type { SocketAddress } from '../codec/sockaddr.js'

export function formatAddress(address: SocketAddress | undefined): string {
  if (address === undefined) return '-'
  if (address.family === 'AF_INET' && 'port' in address) return `${address.address}:${address.port}`
  if (address.family === 'AF_INET6' && 'port' in address) return `[${address.address}]:${address.port}`
  if (address.family === 'AF_UNIX' && 'path' in address) {
    if (address.path === '') return '(unnamed)'
    return address.path.startsWith('\0') ? `@${address.path.slice(1)}` : address.path
  }
  return inspect(address, { breakLength: Number.POSITIVE_INFINITY })
}
