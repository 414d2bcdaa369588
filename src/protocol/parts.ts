/** Long texts that are put together from parts, and need not be joined before they are sent. */

/** A text, or the parts of a long one, which are cheaper to encode one by one than as a whole. */
export type Text = string | readonly string[]

export const whole = (text: Text): string => (typeof text === 'string' ? text : text.join(''))
