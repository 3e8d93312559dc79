/** WHICH codecs are there for options of Windows alone? */

export * from './enums-windows.js'
export * from './tcp-info-win32.js'
export * from './win32.js'
