/**
 * A real Chromium, out of a package: it was made for machines that have nothing, so it carries its own
 * libraries and fonts. It unpacks them, and sets the loader's path to them, when it believes to be on
 * such a machine; so it is told that it is.
 *
 * @module
 */

import { type Browser, chromium } from 'playwright-core'

export async function launch(): Promise<Browser> {
  return await chromium.launch({
    executablePath: await unpacked(),
    // Its sandbox needs rights that a container, or root, does not have. The pages are our own.
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
  })
}

async function unpacked(): Promise<string> {
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs24.x'
  // Where tests write may be a folder in memory that runs no programs; see vitest.config.ts.
  const { TMPDIR, ROLLCALL_TEST_DISK = TMPDIR } = process.env
  if (ROLLCALL_TEST_DISK !== undefined) process.env.TMPDIR = ROLLCALL_TEST_DISK
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    return await packed.executablePath()
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
  }
}
