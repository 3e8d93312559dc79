/** DOES `import` work? */
import * as library from 'getsockopt'
import { main } from './smoke.mjs'

main(library)
