/** WHICH inputs lead somewhere new? Those whose run took a branch that none before took, or took it more often: they are kept, and changed further. */

/** How often a branch was taken, in the classes that AFL uses: 0, 1, 2, 3, 4.., 8.., 16.., 32.., 128.. */
const classes = Uint8Array.from({ length: 256 }, (_, count) =>
  count < 4 ? [0, 1, 2, 4][count] : 1 << Math.min(7, Math.floor(Math.log2(count)) + 1),
)

const MOST = 500

/** `isGuided` is false only to show what chance alone finds: then nothing is kept. */
export class Corpus {
  inputs = []
  #seen
  #counters
  #words
  #isGuided

  constructor(counters, isGuided) {
    this.#counters = counters
    this.#words = new Uint32Array(counters.buffer)
    this.#seen = new Uint8Array(counters.length)
    this.#isGuided = isGuided
  }

  /** Forgets the counts before a run. */
  start() {
    this.#counters.fill(0)
  }

  /** Keeps the input if its run took a branch as never before. */
  finish(input) {
    let isNew = false
    for (let word = 0; word < this.#words.length; word++) {
      if (this.#words[word] === 0) continue
      for (let at = word * 4; at < word * 4 + 4; at++) {
        const seen = classes[this.#counters[at]]
        if ((seen & ~this.#seen[at]) === 0) continue
        this.#seen[at] |= seen
        isNew = true
      }
    }
    if (isNew && this.#isGuided && this.inputs.length < MOST) this.inputs.push(input)
  }

  /** One of the inputs, half of the time one of the newest: they lead furthest. */
  pick({ chance, below, pick }) {
    return chance(50) ? this.inputs.at(-1 - below(Math.min(3, this.inputs.length))) : pick(this.inputs)
  }

  /** Marks in `all` what was taken. */
  mark(all) {
    for (let at = 0; at < all.length; at++) if (this.#seen[at] !== 0) all[at] = 1
  }
}
