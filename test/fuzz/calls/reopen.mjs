/** Descriptors that are closed, and numbers that are another socket's a moment later. */

export const calls = () => ({
  reopen: {
    weight: 1,
    prepare: ({ sockets, random }) => ({
      text: () => 'a descriptor is closed, and another socket takes its number',
      run: () => sockets.reopen(random),
    }),
  },

  destroy: {
    weight: 0.2,
    prepare: ({ sockets, random }) => ({
      text: () => "a socket of Node's is destroyed, and stays among the targets",
      run: () => sockets.destroyOne(random),
    }),
  },
})
