/** WHICH descriptor has a socket in a cluster worker? The primary holds the listening socket of a round-robin server, which is every server but on Windows. */
import cluster from 'node:cluster'
import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'
import * as library from 'getsockopt'
import { judged } from './smoke.mjs'
import { listening } from './targets.mjs'

async function inWorker() {
  const { expect, outcome } = judged(library)
  const shared = await listening(net.createServer())
  const { port } = shared.address()
  const heldByPrimary = { code: 'ERR_SOCKOPT_CLUSTER_WORKER', message: /listen with \{ exclusive: true \}/ }
  expect('net.Server, shared', shared, cluster.schedulingPolicy === cluster.SCHED_RR ? heldByPrimary : { port })
  const arrival = once(shared, 'connection')
  const client = net.connect(port, '127.0.0.1')
  const [accepted] = await arrival
  expect('net.Socket, accepted', accepted, { port })
  client.destroy()
  accepted.destroy()
  const exclusive = await listening(net.createServer(), { port: 0, host: '127.0.0.1', exclusive: true })
  expect('net.Server, exclusive', exclusive, { port: exclusive.address().port })
  const datagram = dgram.createSocket('udp4').bind(0, '127.0.0.1')
  await once(datagram, 'listening')
  expect('dgram.Socket', datagram, { port: datagram.address().port })
  return outcome
}

if (cluster.isPrimary) {
  const worker = cluster.fork()
  const [outcome] = await once(worker, 'message')
  worker.process.kill()
  console.log(JSON.stringify(outcome))
  process.exitCode = outcome.failed.length === 0 ? 0 : 1
} else process.send(await inWorker())
