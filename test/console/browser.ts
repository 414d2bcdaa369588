/**
 * A real Chromium, out of a package: it was made for machines that have nothing, so it carries its own
 * libraries and fonts. It unpacks them, and sets the loader's path to them, when it believes to be on
 * such a machine; so it is told that it is.
 *
 * @module
 */

import { type Browser, chromium } from 'playwright-core'

export async function launch(): Promise<Browser> {
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs24.x'
  const { default: packed } = await import('@sparticuz/chromium')
  return await chromium.launch({
    executablePath: await packed.executablePath(),
    // Its sandbox needs rights that a container, or root, does not have. The pages are our own.
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
  })
}
