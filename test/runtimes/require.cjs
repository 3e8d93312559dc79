/** DOES `require` work? */
const library = require('getsockopt')

import('./smoke.mjs').then(({ main }) => main(library))
