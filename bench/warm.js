/** What does a process look like in which everything has been used? Benchmarks of one call alone flatter: V8 knows then what comes next. */

/** Reads every option of the catalogue on several kinds of targets, so that no place in the library has seen one kind only. */
export function useEverything({ getsockopt, options, SocketOptionError }, { client, server, descriptor }) {
  let read = 0
  for (const name of Object.keys(options)) {
    for (const target of [client, server, descriptor]) {
      try {
        getsockopt(target, name)
        read++
      } catch (error) {
        // Most options are of other kinds of sockets, or of other systems.
        if (!(error instanceof SocketOptionError)) throw error
      }
    }
  }
  for (let turn = 0; turn < 2000; turn++) {
    for (const name of ['SO_LINGER', 'TCP_NODELAY', 'TCP_CONGESTION', 'SO_RCVTIMEO', 'SO_COOKIE']) getsockopt(client, name)
    read += getsockopt(client, 'TCP_INFO').rtt > 0 ? 1 : 0
    getsockopt(server, 'SO_TYPE')
    getsockopt(descriptor, 'SO_SNDBUF')
    getsockopt(client, 1, 8)
  }
  return read
}
