/**
 * WHAT is heard on which interface? Runs in namespaces of its own (namespace.mjs): `near` and `near2` here, each joined to an interface of `far`.
 * Prints what was heard, and where a server listens.
 */
import { execFileSync, spawn } from 'node:child_process'
import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'
import { bind, listen } from '../../dist/index.js'
import { buildNetwork } from './namespace.mjs'

const ip = (...words) => execFileSync('ip', words, { stdio: ['ignore', 'ignore', 'pipe'] })
const [group4, group6] = ['239.77.0.1', 'ff15::77:1']
/** Addresses of `far`, by its interfaces. */
const far = { end: { udp4: '10.77.0.2', udp6: 'fd77::2' }, end2: { udp4: '10.78.0.2', udp6: 'fd78::2' } }

buildNetwork({})
ip('link', 'add', 'near2', 'type', 'veth', 'peer', 'name', 'end2', 'netns', 'far')
ip('address', 'add', '10.78.0.1/24', 'dev', 'near2')
ip('link', 'set', 'near2', 'up')
ip('-n', 'far', 'address', 'add', '10.78.0.2/24', 'dev', 'end2')
ip('-n', 'far', 'link', 'set', 'end2', 'up')
for (const [index, [near, end]] of [
  ['near', 'end'],
  ['near2', 'end2'],
].entries()) {
  ip('address', 'add', `fd7${7 + index}::1/64`, 'dev', near, 'nodad')
  ip('address', 'add', 'fe80::77/64', 'dev', near, 'nodad')
  ip('-n', 'far', 'address', 'add', `fd7${7 + index}::2/64`, 'dev', end, 'nodad')
}

/**
 * Sends the name of the interface to the group, out of that interface of `far`, and at last to `near2` alone: veth delivers while it is sent, so that whoever has
 * heard the last has heard all that there was for it.
 */
async function send(type, group, port, interfaces) {
  const code = `
    const socket = require('node:dgram').createSocket('${type}')
    socket.bind(0, '${type === 'udp4' ? '0.0.0.0' : '::'}', async () => {
      for (const [name, on] of ${JSON.stringify(interfaces)}) {
        socket.setMulticastInterface(on)
        await new Promise((resolve, reject) => socket.send(name, ${port}, '${group}', error => (error ? reject(error) : resolve())))
      }
      socket.send('last', ${port}, '${type === 'udp4' ? '10.78.0.1' : 'fd78::1'}', () => socket.close())
    })
  `
  const child = spawn('ip', ['netns', 'exec', 'far', process.execPath, '-e', code], { stdio: 'inherit' })
  const [status] = await once(child, 'exit')
  if (status !== 0) throw new Error(`the sender ended with ${status}`)
}

/** The interfaces of `far` from which a socket hears what is sent out of both. */
async function heardBy(type, options) {
  const group = type === 'udp4' ? group4 : group6
  const socket = bind(dgram.createSocket(type), options)
  await once(socket, 'listening')
  const heard = new Set()
  socket.on('message', message => heard.add(String(message)))
  const { port } = socket.address()
  const out = Object.entries(far).map(([name, addresses]) => [name, type === 'udp4' ? addresses.udp4 : `::%${name}`])
  await send(type, group, port, out)
  while (!heard.has('last')) await once(socket, 'message')
  socket.close()
  return [...heard].filter(name => name !== 'last').sort()
}

async function listenOn(options) {
  const server = listen(net.createServer(), { port: 0, ...options, socketOptions: { SO_PRIORITY: 5 } })
  await once(server, 'listening')
  const { address } = server.address()
  server.close()
  return address
}

const alone4 = { IP_MULTICAST_ALL: false }
const alone6 = { IPV6_MULTICAST_ALL: false }
const report = {
  both4: await heardBy('udp4', {
    socketOptions: alone4,
    memberships: [
      { group: group4, interface: 'near' },
      { group: group4, interface: 'near2' },
    ],
  }),
  first4: await heardBy('udp4', { socketOptions: alone4, memberships: [{ group: group4, interface: 'near' }] }),
  byAddress4: await heardBy('udp4', { socketOptions: alone4, memberships: [{ group: group4, interface: '10.78.0.1' }] }),
  source4: await heardBy('udp4', {
    socketOptions: alone4,
    memberships: ['near', 'near2'].map(on => ({ group: group4, interface: on, source: '10.78.0.2' })),
  }),
  both6: await heardBy('udp6', {
    socketOptions: alone6,
    memberships: [
      { group: group6, interface: 'near' },
      { group: group6, interface: '::%near2' },
    ],
  }),
  second6: await heardBy('udp6', { socketOptions: alone6, memberships: [{ group: group6, interface: 'near2' }] }),
  zone: await listenOn({ host: 'fe80::77%near2' }),
  device: await heardBy('udp4', { socketOptions: { SO_BINDTODEVICE: 'near2' }, memberships: [{ group: group4, interface: 'near2' }] }),
}
console.log(JSON.stringify(report))
