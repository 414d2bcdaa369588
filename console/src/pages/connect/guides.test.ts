/** Who follows a setup link has no account, and is sent to no page that wants one. */

import { expect, test } from 'vitest'
import { GUIDES } from './guides.ts'

test.each(GUIDES)('the guide of $name sends a guest to no page of the console', ({ steps }) => {
  const texts = steps.flatMap(({ text = '' }) => text)
  expect(texts.join('\n')).not.toMatch(/person under Users|Overview shows|under Activity/)
})
