/** WHICH codec reads an option where the platform disagrees with the catalogue? */
import { describe, expect, it } from 'vitest'
import { adapt, expectRow } from '../../../src/access/plan.js'
import { dwordMilliseconds } from '../../../src/codec/duration.js'
import { lingerShort, lingerTicks } from '../../../src/codec/linger.js'
import { ipMreqSourceBsd } from '../../../src/codec/membership.js'
import { bool, int } from '../../../src/codec/scalar.js'
import { tcpConnectionInfo } from '../../../src/codec/tcp-info-darwin.js'
import { tcpInfoFreebsd } from '../../../src/codec/tcp-info-freebsd.js'
import { tcpInfoWin32 } from '../../../src/codec/tcp-info-win32.js'
import { platforms } from '../../../src/platform/index.js'
import type { Platform } from '../../../src/platform/platform.js'

const on = (platform: string, name: string) => adapt(expectRow(name), platforms[platform] as Platform)

it.each([
  ['darwin', 'SO_LINGER', lingerTicks],
  ['darwin', 'TCP_CONNECTION_INFO', tcpConnectionInfo],
  ['darwin', 'TCP_FASTOPEN', bool],
  ['darwin', 'IP_ADD_SOURCE_MEMBERSHIP', ipMreqSourceBsd],
  ['freebsd', 'TCP_INFO', tcpInfoFreebsd],
  ['freebsd', 'TCP_KEEPIDLE', int],
  ['freebsd', 'IP_ADD_SOURCE_MEMBERSHIP', ipMreqSourceBsd],
  ['win32', 'SO_LINGER', lingerShort],
  ['win32', 'SO_RCVTIMEO', dwordMilliseconds],
  ['win32', 'SO_SNDTIMEO', dwordMilliseconds],
  ['win32', 'SIO_TCP_INFO', tcpInfoWin32],
  ['win32', 'TCP_KEEPIDLE', int],
  ['win32', 'IP_ADD_SOURCE_MEMBERSHIP', ipMreqSourceBsd],
])('%s reads %s by its own codec', (platform, name, codec) => {
  expect(on(platform, name)?.codec).toBe(codec)
})

it.each([
  ['darwin', 'SO_ACCEPTCONN'],
  ['darwin', 'IP_MSFILTER'],
  ['freebsd', 'IP_MSFILTER'],
  ['win32', 'SO_SNDLOWAT'],
  ['win32', 'SO_TIMESTAMP'],
  ['linux', 'IPV6_HOPLIMIT'],
])('%s has a number for %s, and no option', (platform, name) => {
  expect(on(platform, name)?.access).toBe('none')
})

it("macOS' own TCP_INFO is bytes: its struct is private", () => {
  expect(on('darwin', 'TCP_INFO')?.codec).toMatchObject({ size: 512 })
})

describe.each(Object.keys(platforms))('on %s', name => {
  it('every quirk is of an option that is there', () => {
    const { quirks } = platforms[name] as Platform
    expect(Object.keys(quirks).filter(option => on(name, option) === undefined)).toEqual([])
  })
})
