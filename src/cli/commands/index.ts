/** Which commands are there? One verb, one file, one entry. */
import type { Command } from './command.js'
import { demo } from './demo.js'
import { explain } from './explain.js'
import { helpOn } from './help.js'
import { list } from './list.js'
import { show } from './show.js'
import { timeouts } from './timeouts.js'

const verbs = { list, show, explain, timeouts, demo }

export const commands = { ...verbs, help: helpOn(verbs) } satisfies Record<string, Command>
export type Commands = Readonly<Record<keyof typeof commands, Command>>
export type CommandName = keyof Commands
