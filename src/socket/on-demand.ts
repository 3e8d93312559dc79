/** WHICH targets are told apart only when no open socket of Node's is passed? Each import here is a file of its own in the built package (docs/package.md). */
import * as elsewhere from './elsewhere.js'
import { holders } from './holders.js'

export const loadElsewhere = (): typeof elsewhere => elsewhere
export const loadHolders = (): typeof holders => holders
