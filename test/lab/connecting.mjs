/**
 * `node connecting.mjs dead|winner OPTIONS`: what becomes of connections that have OPTIONS before their SYN? Runs in namespaces of its own (namespace.mjs),
 * where nobody answers at one address. Prints one line for each way to connect: `dead` when and how it ended, and what explainTimeouts said; `winner` the
 * options of the connection that was made to the second address, and how many were tried.
 */
import { readFileSync } from 'node:fs'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import tls from 'node:tls'
import { Agent, fetch, request } from 'undici'
import { connect, connector, createConnection, explainTimeouts, getsockopt, prepareSocket } from '../../dist/index.js'
import { buildNetwork, nobody } from './namespace.mjs'

const [, , scene, text] = process.argv
const socketOptions = JSON.parse(text)
const pem = name => readFileSync(new URL(`../support/certificates/${name}.pem`, import.meta.url))
const certificate = { cert: pem('certificate'), key: pem('key') }
const trust = { ca: certificate.cert, servername: 'localhost' }

buildNetwork({})

const listening = server => new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server.address().port)))
const answer = (_, response) => response.end('x')
const plain = await listening(http.createServer(answer))
const secure = await listening(https.createServer(certificate, answer))
const secure2 = await listening(http2.createSecureServer(certificate, answer))

/** An address that does not answer; for the winner, one more that does. */
const addresses = (scene === 'dead' ? [nobody] : [nobody, '127.0.0.1']).map(address => ({ address, family: 4 }))
const lookup = (_, { all }, callback) => process.nextTick(() => (all ? callback(null, addresses) : callback(null, nobody, 4)))
const to = { host: 'localhost', lookup }
const agentOf = Agent => Object.assign(new Agent(trust), { createConnection: createConnection(socketOptions) })

const finished = (emitter, event) => new Promise((resolve, reject) => emitter.once(event, resolve).once('error', reject))
const dispatcher = note => {
  const make = connector(socketOptions, { ...trust, lookup })
  return new Agent({ connect: (options, callback) => note(make(options, callback)) })
}
const socketOfRequest = (note, request) => {
  request.once('socket', note)
  return finished(request, 'response')
}

/** Each begins to connect, tells `note` of its socket, and waits for what it wants. */
const ways = {
  net: note => finished(note(connect({ ...to, port: plain, socketOptions })), 'connect'),
  tls: note => finished(note(prepareSocket(tls.connect({ ...trust, ...to, port: secure }), socketOptions)), 'secureConnect'),
  http: note => socketOfRequest(note, http.get({ ...to, port: plain, agent: agentOf(http.Agent) })),
  https: note => socketOfRequest(note, https.get({ ...to, port: secure, agent: agentOf(https.Agent) })),
  http2: note => {
    const create = (...words) => note(createConnection(socketOptions)(...words))
    return finished(http2.connect(`https://localhost:${secure2}`, { ...trust, lookup, createConnection: create }), 'connect')
  },
  undici: note => request(`http://localhost:${plain}`, { dispatcher: dispatcher(note) }),
  'undici over TLS': note => request(`https://localhost:${secure}`, { dispatcher: dispatcher(note) }),
  fetch: note => fetch(`https://localhost:${secure}`, { dispatcher: dispatcher(note) }),
}

/** The explanation of a connection whose SYN has just left. */
const explain = socket =>
  new Promise(resolve => socket.once('connectionAttempt', () => process.nextTick(() => resolve(explainTimeouts(socket)))))

async function look([way, begin]) {
  let socket
  let explanation
  const note = noted => {
    socket ??= noted
    explanation ??= explain(noted)
    return noted
  }
  const error = await begin(note).then(
    () => undefined,
    failure => failure.cause ?? failure,
  )
  const options = error ? undefined : Object.fromEntries(Object.keys(socketOptions).map(name => [name, getsockopt(socket, name)]))
  const { at, ends } = await explanation
  const tried = socket.autoSelectFamilyAttemptedAddresses?.length ?? 1
  return { way, code: error?.code, syscall: error?.syscall, took: performance.now() - at, ends, options, tried }
}

for (const line of await Promise.all(Object.entries(ways).map(look))) console.log(JSON.stringify(line))
process.exit()
