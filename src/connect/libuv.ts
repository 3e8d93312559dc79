/** WHICH number does libuv have for an error of the system? On Unix the same one; on Windows it has numbers of its own for Winsock's. */
import { constants } from 'node:os'
import { getSystemErrorMap } from 'node:util'
import { describeErrno } from '../errors.js'

/** Negative, as Node's handles return it; EINVAL's where there is none. */
export function toLibuv(errno: number | undefined): number {
  const number = errno ?? -constants.errno.EINVAL
  const table = getSystemErrorMap()
  if (table.has(number)) return number
  const { code } = describeErrno(number)
  return [...table].find(([, [name]]) => name === code)?.[0] ?? number
}
