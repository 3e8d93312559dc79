/** WHAT came of all the programs that ran on one system? One outcome, as scripts/runtimes/run.mjs has them. */
import { judgeRun } from '../../runtimes/run.mjs'

/** The outcomes of a guest's commands, from the files of its report. */
export function outcomesOf(report, commands) {
  return commands.map((command, at) => {
    const [ended, output, errors] = ['ended', 'output', 'errors'].map(name => report.get(`${at}.${name}`))
    if (ended === undefined) return { passed: 0, hidden: [], absent: [], failed: [`${command} did not run`] }
    return judgeRun({ ended: Number(ended), output, errors })
  })
}

/** The runtime and its version are the first's; all else adds up. */
export function joinOutcomes(outcomes) {
  return {
    ...outcomes[0],
    passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
    ...Object.fromEntries(['hidden', 'absent', 'failed'].map(list => [list, outcomes.flatMap(outcome => outcome[list])])),
  }
}
