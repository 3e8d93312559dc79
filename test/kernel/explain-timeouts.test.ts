/** `explainTimeouts` and `audit` on real sockets: what they answer before anything dies. */
import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { audit, explainTimeouts, setsockopt, setTimeouts } from '../../src/index.js'
import { isLinux, needs } from '../support/needs.js'
import { caught, closeAfterEach, opened } from '../support/opened.js'
import { httpPair, listener, tcpPair, tlsPair, udpPair } from '../support/sockets.js'

closeAfterEach()

const onLinux = 'what is explained are the timers of Linux'

describe('explainTimeouts', () => {
  it('says that nothing ends an idle connection without keep-alive', async context => {
    needs(context, isLinux, onLinux)
    const { client } = await opened(tcpPair())
    const { state, ends, others, unknown, text } = explainTimeouts(client)
    expect({ state, ends, others, unknown }).toEqual({ state: 'ESTABLISHED', ends: null, others: [], unknown: [] })
    expect(text).toMatch(/^ESTABLISHED: nothing will end it/)
  })

  it('gives the window of keep-alive, in ms from a reading of performance.now()', async context => {
    needs(context, isLinux, onLinux)
    const { client } = await opened(tcpPair())
    setTimeouts(client, { keepAlive: { idle: 60_000, interval: 10_000, count: 3 } })
    const before = performance.now()
    const { at, ends } = explainTimeouts(client)
    expect(at).toBeGreaterThanOrEqual(before)
    expect(at).toBeLessThanOrEqual(performance.now())
    expect(ends).toMatchObject({ mechanism: 'keep-alive', code: 'ETIMEDOUT' })
    // 60 s of silence, and 10 s for each of 3 probes; the timer wheel adds up to 3 s.
    expect(ends?.earliest).toBeGreaterThan(89_900)
    expect(ends?.latest).toBeGreaterThan(90_000)
    expect(ends?.latest).toBeLessThan(95_000)
  })

  it('takes whatever has a socket', async context => {
    needs(context, isLinux, onLinux)
    const [http, tls, server] = [await opened(httpPair()), await opened(tlsPair()), await opened(listener('tcp'))]
    const states = [http.client, http.accepted, tls.client, server.server].map(target => explainTimeouts(target).state)
    expect(states).toEqual(['ESTABLISHED', 'ESTABLISHED', 'ESTABLISHED', 'LISTEN'])
  })

  it("has Node's own timers too", async context => {
    needs(context, isLinux, onLinux)
    const { accepted } = await opened(httpPair())
    const { ends, others } = explainTimeouts(accepted)
    expect([ends, ...others].map(ending => ending?.mechanism)).toContain('server.requestTimeout')
  })

  it('is plain data: frozen, and the same after JSON', async () => {
    const { client } = await opened(tcpPair())
    setsockopt(client, 'SO_KEEPALIVE', true)
    const explanation = explainTimeouts(client)
    expect([explanation, explanation.others, explanation.unknown, explanation.findings].every(Object.isFrozen)).toBe(true)
    const { ends, ...rest } = explanation
    expect(JSON.parse(JSON.stringify(rest))).toEqual(rest)
  })

  it('says of a UDP socket that it has none of these timers', async () => {
    const { client } = await opened(udpPair())
    const { state, ends, unknown } = explainTimeouts(client)
    expect({ state, ends }).toEqual({ state: 'UNKNOWN', ends: null })
    expect(unknown).toContain('the socket is not TCP')
  })

  it('throws as every other function for what has no descriptor', async () => {
    expect(caught(() => explainTimeouts(new Socket())).code).toBe('ERR_SOCKOPT_NOT_OPEN')
    expect(caught(() => explainTimeouts({} as never)).code).toBe('ERR_SOCKOPT_TARGET')
    expect(caught(() => explainTimeouts(-1)).code).toBe('ERR_SOCKOPT_RANGE')
    expect(caught(() => explainTimeouts(1_048_575)).code).toBe('EBADF')
  })
})

describe('audit', () => {
  it('has the findings of one socket', async context => {
    needs(context, isLinux, onLinux)
    const { client } = await opened(tcpPair())
    setsockopt(client, 'SO_RCVTIMEO', 5000)
    const findings = audit(client)
    expect(findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['dead-peer-unnoticed', 'receive-timeout-without-effect']))
    expect(findings.every(({ index }) => index === 0)).toBe(true)
  })

  it('has those of many, worst first, each with the place of its socket', async context => {
    needs(context, isLinux, onLinux)
    const { client, accepted } = await opened(tcpPair())
    setTimeouts(client, { user: 30_000, keepAlive: { idle: 10_000, interval: 5000, count: 3 } })
    const findings = audit([client, accepted])
    const rank = ['high', 'medium', 'low']
    expect(findings.map(({ severity }) => rank.indexOf(severity))).toEqual(
      findings.map(({ severity }) => rank.indexOf(severity)).toSorted(),
    )
    expect(findings.filter(({ code }) => code === 'dead-peer-unnoticed').map(({ index }) => index)).toEqual([1])
    expect(audit([])).toEqual([])
  })

  it('throws where one of them has no descriptor', async () => {
    const { client } = await opened(tcpPair())
    expect(caught(() => audit([client, new Socket()])).code).toBe('ERR_SOCKOPT_NOT_OPEN')
  })
})
