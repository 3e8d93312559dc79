/** WHICH codecs are there for options of macOS and FreeBSD alone? */

export * from './bsd.js'
export * from './darwin.js'
export * from './enums-bsd.js'
export * from './tcp-info-darwin.js'
export * from './tcp-info-freebsd.js'
