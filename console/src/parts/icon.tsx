/**
 * The few signs the console has, drawn here on a grid of 16. They never stand alone: a word is beside
 * them, or the button has a label.
 *
 * @module
 */

const SIGNS = {
  overview: 'M2 13.5h12M3.5 11V8M6.5 11V4M9.5 11V6.5M12.5 11V2.5',
  users:
    'M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM1.5 13.5c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M10.5 3a2.2 2.2 0 0 1 0 4.2M12 9.8c1.6.5 2.5 1.8 2.5 3.7',
  suspended: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM6.3 5.8v4.4M9.7 5.8v4.4',
  groups: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11M5.5 2.5v11',
  activity: 'M1.5 8.5h3l2-5.5 3 10 2-4.5h3',
  connect:
    'M6 10 10 6M7 4.5l1.6-1.6a3 3 0 0 1 4.3 4.3L11.4 8.8M9 11.5l-1.6 1.6a3 3 0 0 1-4.3-4.3L4.6 7.2',
  try: 'M3 13.5h10M6 2.5v4L3.5 13M10 2.5v4l2.5 6.5M5 2.5h6',
  settings:
    'M2 4.5h7M12.5 4.5H14M2 11.5h1.5M7 11.5h7M10.7 6.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4ZM5.3 13.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4Z',
  person:
    'M8 7.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5ZM2.5 14c.3-2.8 2.6-4.3 5.5-4.3s5.2 1.5 5.5 4.3',
  menu: 'M2 4.5h12M2 8h12M2 11.5h12',
  more: 'M8 3.2v.1M8 8v.1M8 12.8v.1',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.3 10.3l3.2 3.2',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  check: 'M3 8.5 6.5 12 13 4.5',
  plus: 'M8 3v10M3 8h10',
  down: 'M4 6.5 8 10.5l4-4',
  right: 'M6.5 4 10.5 8l-4 4',
  left: 'M9.5 4 5.5 8l4 4',
  download: 'M8 2.5v8M4.5 7.5 8 11l3.5-3.5M2.5 13.5h11',
  out: 'M9.5 2.5h4v4M13.5 2.5 7.5 8.5M6.5 3.5h-4v10h10v-4',
  key: 'M5.2 10.8a2.9 2.9 0 1 0 0-5.8 2.9 2.9 0 0 0 0 5.8ZM8.1 8h6.2M12 8v2.6',
  warning: 'M8 2.3 14.5 13.5h-13zM8 6.5v3.2M8 11.6v.1',
  refresh: 'M13.5 3v3.5H10M13.2 6.3a5.5 5.5 0 1 0 .2 3.2',
} as const

export type Sign = keyof typeof SIGNS

export function Icon({ sign, size = 16 }: { readonly sign: Sign; readonly size?: number }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={sign === 'more' ? 2.4 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      className="icon"
    >
      <path d={SIGNS[sign]} />
    </svg>
  )
}
