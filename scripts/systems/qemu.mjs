/** WHICH systems have a kernel of their own? Machines under qemu-system, because qemu-user answers for socket options itself, and some wrongly. */
import { answerCommand, needsAnswers, placeAnswers } from './parts/answers.mjs'
import { needsBinary, placeBinary } from './parts/binary.mjs'
import { needsMachine, runOnMachine } from './parts/machine.mjs'
import { machines } from './parts/machines.mjs'

function runGuest(machine, folders) {
  placeBinary(folders.app, machine.binary)
  placeAnswers(folders.app, `${machine.triplet}-gcc`)
  const node = ['node', ...(machine.flags ?? [])].join(' ')
  return runOnMachine(machine, [`${node} esm.mjs certificates`, `${node} ${answerCommand}`], folders)
}

export const systems = machines.map(machine => ({
  name: machine.name,
  binary: machine.binary,
  isQuick: machine.isQuick ?? false,
  needs: () => needsMachine(machine) ?? needsBinary(machine.binary) ?? needsAnswers(`${machine.triplet}-gcc`),
  run: folders => runGuest(machine, folders),
}))
