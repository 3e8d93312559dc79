// Opens files until no descriptor is left; then listens and binds, by the library and by Node, and prints what each says.
import dgram from 'node:dgram'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import net from 'node:net'
import { bind, listen } from '../../dist/index.js'

const host = '127.0.0.1'
const path = '/nowhere/s'
// What takes a descriptor to be loaded is loaded now; the class of a unix socket's handle is not known yet.
const server = listen(net.createServer(), { port: 0, host: '::1' })
const datagrams = bind(dgram.createSocket('udp4'), { address: host })
await Promise.all([server, datagrams].map(each => once(each, 'listening')))
await Promise.all([server, datagrams].map(each => new Promise(resolve => each.close(resolve))))

const files = []
function fill() {
  try {
    for (;;) files.push(openSync('/dev/null'))
  } catch ({ code }) {
    if (code !== 'EMFILE') throw new Error(code)
  }
}

async function sayings(listenTo, bindTo) {
  const started = [listenTo({ port: 0, host }), listenTo({ path }), listenTo({ port: 0 }), bindTo({ address: host })]
  return (await Promise.all(started.map(each => once(each, 'error')))).map(([error]) => error.message)
}

fill()
const ours = await sayings(
  options => listen(net.createServer(), options),
  options => bind(dgram.createSocket('udp4'), options),
)
const node = await sayings(
  options => net.createServer().listen(options),
  options => dgram.createSocket('udp4').bind(options),
)
for (const file of files) closeSync(file)
console.log(JSON.stringify({ ours, node }))
