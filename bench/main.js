/**
 * What does it all cost? `npm run bench -- [questions] [--quick] [--check] [--json]` asks the questions of this folder, all or the named ones, and
 * prints the answers. A run of all, neither quick nor as JSON, writes docs/benchmarks.md and what the README quotes of it.
 *
 * `--check` exits with 1 if a target is missed; `--quick` takes few rounds, and exits with 1 if a target is missed by far; in any case 1 if a
 * question failed, 2 if there is no such question, 130 after Ctrl-C.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { ask } from './ask.js'
import { isBad, judge, leaveOut } from './judge.js'
import { machine } from './machine.js'
import { FAR } from './pace.js'
import { replaceBetween, writePage } from './page.js'
import { chooseQuestions, UnknownQuestion } from './questions.js'
import { writeQuotes } from './quote.js'
import { show } from './show.js'

const page = new URL('../docs/benchmarks.md', import.meta.url)
const readme = new URL('../README.md', import.meta.url)
const markers = ['<!-- written by npm run bench -->', '<!-- end -->']

const rewrite = (file, lines) => writeFileSync(file, replaceBetween(readFileSync(file, 'utf8'), markers, lines))

/** Why a question is left out of this run, or undefined. Who names it wants it. */
const leftOut = ({ leftOutOfQuick }, { quick }, names) => (quick && names.length === 0 ? leftOutOfQuick : undefined)

async function askAll(questions, values, names, signal) {
  const reports = []
  for (const question of questions) {
    const reason = leftOut(question, values, names)
    const report =
      reason === undefined ? judge(question, await ask(question, { isQuick: values.quick, signal })) : leaveOut(question, reason)
    reports.push(report)
    if (!values.json) console.log(show(report))
  }
  return reports
}

async function main(values, names) {
  const questions = await chooseQuestions(names)
  const interruption = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => interruption.abort(signal))
  if (!values.json) console.log(machine())
  try {
    const reports = await askAll(questions, values, names, interruption.signal)
    if (values.json) console.log(JSON.stringify({ machine: machine(), reports }, undefined, 2))
    else if (!values.quick && names.length === 0) {
      rewrite(page, writePage(machine(), reports))
      rewrite(readme, writeQuotes(questions, reports))
    }
    const limit = values.check ? 1 : values.quick ? FAR : Number.POSITIVE_INFINITY
    return isBad(reports, limit) ? 1 : 0
  } catch (error) {
    if (error !== interruption.signal.reason) throw error
    console.error('interrupted; nothing was written')
    return 130
  }
}

if (process.platform !== 'linux') {
  console.log(`not run: the benchmarks are written for Linux, and this is ${process.platform}`)
  process.exit()
}
const flag = { type: 'boolean', default: false }
try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: flag, check: flag, quick: flag } })
  process.exitCode = await main(values, positionals)
} catch (error) {
  if (!(error instanceof UnknownQuestion) && error.code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') throw error
  console.error(error.message)
  process.exitCode = 2
}
