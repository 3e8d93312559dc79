/** HOW are the outcomes of all systems shown? As lines while they run, and as the table of docs/platforms.md. */
import { describe } from '../../runtimes/report.mjs'
import { tableOf, writeTable } from '../../written-table.mjs'
import { isBuilt } from './binary.mjs'

const runtimeOf = ({ runtime, version }) => (runtime === undefined ? '' : `${runtime} ${version}`)

/** Whether its binary was loaded. Without one even a check of errors may pass: this is told by the error that says so. */
const isLoaded = ({ passed = 0, failed = [] }) => passed > 0 && !failed.some(each => each.includes('getsockopt has no binary'))

export const describeSystem = outcome =>
  [outcome.kernel && `kernel ${outcome.kernel}`, runtimeOf(outcome), describe(outcome)].filter(Boolean).join(', ')

const yes = is => (is ? 'yes' : 'no')

function cellsOf({ system: { name, binary }, outcome }) {
  const tested = outcome.skipped === undefined && outcome.failed.length === 0
  const built = binary === undefined ? '' : isBuilt(binary) ? `\`${binary}\`` : 'no'
  return [name, outcome.kernel ?? '', runtimeOf(outcome), built, yes(isLoaded(outcome)), yes(tested), describe(outcome)]
}

export function writeSystems(rows) {
  const columns = ['system', 'kernel', 'runtime', 'built', 'loaded', 'tested', 'result']
  writeTable('platforms.md', 'npm run test:systems', tableOf(columns, rows.map(cellsOf)))
}
