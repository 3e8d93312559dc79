/** WHICH machines can be emulated, and which Debian do they run? One entry makes a system. */

/**
 * `node` and `kernel` are suites of Debian. The emulated machine is the one that this kernel starts on without a disk; `console` is its serial line's name.
 * Older and newer kernels are on x64, where they are the fastest.
 */
export const machines = [
  {
    name: 'Linux arm64, glibc',
    architecture: 'arm64',
    node: 'trixie',
    kernel: ['bookworm', 'linux-image-arm64'],
    binary: 'linux-arm64/getsockopt.glibc.node',
    triplet: 'aarch64-linux-gnu',
    qemu: ['qemu-system-aarch64', 'qemu-system-arm'],
    machine: ['-M', 'virt', '-cpu', 'cortex-a57'],
    console: 'ttyAMA0',
  },
  {
    name: 'Linux armv7, glibc',
    architecture: 'armhf',
    node: 'trixie',
    kernel: ['trixie', 'linux-image-armmp-lpae'],
    binary: 'linux-arm/getsockopt.armv7.glibc.node',
    triplet: 'arm-linux-gnueabihf',
    qemu: ['qemu-system-arm', 'qemu-system-arm'],
    machine: ['-M', 'virt', '-cpu', 'cortex-a15'],
    console: 'ttyAMA0',
  },
  {
    name: 'Linux ppc64le, pages of 64 KiB, glibc',
    architecture: 'ppc64el',
    node: 'forky',
    kernel: ['forky', 'linux-image-powerpc64le-64k'],
    binary: 'linux-ppc64/getsockopt.glibc.node',
    triplet: 'powerpc64le-linux-gnu',
    qemu: ['qemu-system-ppc64', 'qemu-system-ppc'],
    machine: ['-M', 'pseries', '-cpu', 'power9'],
    console: 'hvc0',
  },
  {
    name: 'Linux s390x (big-endian), glibc',
    architecture: 's390x',
    node: 'forky',
    kernel: ['forky', 'linux-image-s390x'],
    binary: 'linux-s390x/getsockopt.glibc.node',
    triplet: 's390x-linux-gnu',
    qemu: ['qemu-system-s390x', 'qemu-system-misc'],
    machine: ['-M', 's390-ccw-virtio', '-cpu', 'max'],
    console: 'ttysclp0',
    // qemu 7.2 kills V8's own machine code: illegal instructions, or a fault, never at the same place.
    flags: ['--jitless'],
    isQuick: true,
  },
  {
    name: 'Linux riscv64, glibc',
    architecture: 'riscv64',
    node: 'trixie',
    kernel: ['trixie', 'linux-image-riscv64'],
    binary: 'linux-riscv64/getsockopt.glibc.node',
    triplet: 'riscv64-linux-gnu',
    qemu: ['qemu-system-riscv64', 'qemu-system-misc opensbi'],
    machine: ['-M', 'virt'],
    console: 'ttyS0',
  },
  ...[
    ['11', 'bullseye', 'linux-image-amd64'],
    ['12', 'bookworm', 'linux-image-cloud-amd64'],
    ['14', 'forky', 'linux-image-cloud-amd64'],
  ].map(([version, ...kernel]) => ({
    name: `Linux x64, glibc, kernel of Debian ${version}`,
    architecture: 'amd64',
    node: 'trixie',
    kernel,
    binary: 'linux-x64/getsockopt.glibc.node',
    triplet: 'x86_64-linux-gnu',
    qemu: ['qemu-system-x86_64', 'qemu-system-x86'],
    machine: ['-M', 'q35', '-cpu', 'max'],
    console: 'ttyS0',
  })),
]
