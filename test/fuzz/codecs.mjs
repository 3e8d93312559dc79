/**
 * CAN bytes or values break a codec? Coverage-guided: what takes a branch that nothing before took is kept and changed further.
 *
 *   node test/fuzz/codecs.mjs [--runs N] [--seed S] [--codec NAME] [--uncovered]
 *
 * Decoding any bytes, for any machine, gives plain data that JSON can hold, or a Refusal; it reads nothing beyond `length` and writes nothing; what did
 * not come back is undefined. Encoding any value writes within `size`, or refuses; what it wrote reads as a value that no longer changes. Each codec
 * has its own seed, so `--codec` with the same `--seed` and `--runs` repeats its runs. `--uncovered` prints the branches that no run took;
 * `--planted guided` and `--planted blind` only look for a planted mistake.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { transpileFile } from '../support/transpile.mjs'
import { fuzzCodec } from './codec-fuzz.mjs'
import { namedCodecs } from './codec-list.mjs'
import { buildCountingTree } from './instrument.mjs'
import { plantedSource, searchPlanted } from './planted.mjs'
import { root } from './tree.mjs'

const { values: flags } = parseArgs({
  options: {
    runs: { type: 'string', default: '400000' },
    seed: { type: 'string', default: '1' },
    codec: { type: 'string' },
    uncovered: { type: 'boolean', default: false },
    planted: { type: 'string' },
  },
})
/** It reads 8 bytes more than the kernel says there are, because that forgets to count them (src/codec/sctp-address.ts). */
const readingOn = ['sctpLocalAddrs']
/** Two of their fields are the same bytes (`union { char name[32]; u16 index; }`): a value that has both is read as another one. */
const unions = ['ipSetReqGetSet', 'ipSetReqGetSetFamily']

const [runs, seed] = [Number(flags.runs), Number(flags.seed)]

const tree = buildCountingTree('codec', { 'codec/planted.js': plantedSource })
try {
  writeFileSync(join(tree.folder, 'src', 'abis.js'), transpileFile(join(root, 'test/support/abis.ts')))
  const { Refusal } = await tree.load('codec/codec.js')
  const { abis } = await tree.load('abis.js')
  const all = await namedCodecs(tree.load)
  const isAmong = names => {
    const codecs = new Set(all.filter(([name]) => names.includes(name)).map(([, codec]) => codec))
    return codec => codecs.has(codec)
  }
  const exceptions = { readsOn: isAmong(readingOn), hasUnion: isAmong(unions) }
  const shared = { seed, counters: tree.counters, machines: Object.values(abis), Refusal, ...exceptions }
  const fuzzPlanted = (codec, parameters) => fuzzCodec(codec, { ...shared, ...parameters })
  if (flags.planted !== undefined) console.log(JSON.stringify(await searchPlanted(tree, fuzzPlanted, flags.planted === 'guided', runs)))
  else await fuzzAll(all, shared, fuzzPlanted)
} finally {
  tree.remove()
}

async function fuzzAll(all, shared, fuzzPlanted) {
  const chosen = flags.codec === undefined ? all : all.filter(([name]) => name === flags.codec)
  if (chosen.length === 0) throw new Error(`there is no codec ${flags.codec}`)
  const reached = new Uint8Array(tree.counters.length)
  // Branches that are taken while modules load.
  for (let at = 0; at < tree.branches; at++) reached[at] = tree.counters[at]
  if (flags.codec === undefined) {
    const { isFound } = await searchPlanted(tree, fuzzPlanted, true)
    if (!isFound) throw new Error('a planted mistake is not found: the search is not guided')
  }

  const each = Math.ceil(runs / all.length)
  const totals = {}
  const failures = []
  const begin = performance.now()
  for (const [name, codec] of chosen) {
    const number = all.findIndex(([other]) => other === name) + 1
    const { failures: found, ...counts } = fuzzCodec(codec, { ...shared, number, runs: each, reached })
    for (const [key, count] of Object.entries(counts)) totals[key] = (totals[key] ?? 0) + count
    for (const { run, what, error } of found) {
      const repeat = `repeat: node test/fuzz/codecs.mjs --seed ${seed} --runs ${runs} --codec '${name}'`
      failures.push(`${name}: run ${run}, ${what}\n  ${repeat}\n  ${error?.stack ?? error}`)
    }
  }
  const seconds = (performance.now() - begin) / 1000
  const done = each * chosen.length
  if (flags.uncovered) for (let at = 0; at < tree.branches; at++) if (reached[at] === 0) console.log(`never taken: ${tree.where(at)}`)
  for (const failure of failures) console.log(`FAILED: ${failure}\n`)
  const taken = reached.subarray(0, tree.branches).filter(count => count !== 0).length
  const figures = {
    codecs: chosen.length,
    runs: done,
    perSecond: Math.round(done / seconds),
    branches: tree.branches,
    taken,
    seed,
    ...totals,
  }
  console.log(JSON.stringify({ ...figures, failures: failures.length }))
  if (failures.length > 0) process.exitCode = 1
}
