/** TIPC_GROUP_JOIN. */
import { expect, it } from 'vitest'
import { tipcGroupReq } from '../../../src/codec/tipc.js'
import { decodeHex, encodeHex, fuzzEncode, refusedValue } from '../../support/codecs.js'

const request = { type: 4711, instance: 1, scope: 'TIPC_CLUSTER_SCOPE', flags: ['TIPC_GROUP_LOOPBACK'] } as const

it('a group is joined by type, instance and scope', () => {
  expect(encodeHex(tipcGroupReq, request)).toBe('67120000010000000200000001000000')
  expect(decodeHex(tipcGroupReq, '67120000010000000200000001000000')).toEqual(request)
  expect(refusedValue(tipcGroupReq, { type: 4711, instance: 1 })).toMatchObject({ reason: 'type', part: 'scope' })
  expect(fuzzEncode(tipcGroupReq, [request]).encoded).toBeGreaterThan(0)
})

it('of the group that was joined only the type comes back', () => {
  expect(decodeHex(tipcGroupReq, '67120000')).toEqual({ type: 4711 })
})
