/**
 * `fold` as a function of the database: the text of a migration.
 *
 * What a server of its own knows about letters depends on its version, its libraries and its locale.
 * So it is asked for nothing but NFC, and the letters are mapped by tables that come from our own
 * `fold`, code point by code point; that this is the same is shown by text.test.ts, which also keeps
 * the migration equal to this.
 *
 * Mapping a letter means going through its table, so the table of the Latin letters comes first, and is
 * left alone where no letter is in it: most names have small letters with marks at most. ASCII needs
 * none. Code points that become several are few, and are replaced one by one.
 *
 * @module
 */

import { fold } from '../../protocol/text.ts'

/** The last code point of the Latin letters; none below it is composed of others or composes. */
const LATIN = 0x24f
const LAST = 0x10ffff
const BEYOND_LATIN = `'[^\\u0001-\\u${hex(LATIN)}]'`

/** The whole text of the migration. */
export function textSql(): string {
  return `-- Made by text-sql.ts from src/protocol/text.ts; see there. Never edit it, and let text.test.ts tell
-- when another version of Unicode asks for another migration.

CREATE OR REPLACE FUNCTION fold(given text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $body$
DECLARE
  folded text COLLATE "C" := lower(given COLLATE "C");
BEGIN
  IF octet_length(given) = char_length(given) THEN
    RETURN folded;
  END IF;
  IF folded ~ ${BEYOND_LATIN} THEN
    -- Composition may yield a letter of ASCII.
    folded := lower(normalize(given, NFC) COLLATE "C");
  END IF;
  IF folded !~ ${BEYOND_LATIN} THEN
    IF folded !~ ${anyOf(mapping(0x80, LATIN))} THEN
      RETURN folded;
    END IF;
    RETURN ${mapped(0x80, LATIN)};
  END IF;
  RETURN normalize(${mapped(0x80, LAST)}, NFC);
END
$body$;
`
}

// What fold does to one code point among others, before it composes them again.
function mapping(from: number, to: number): readonly (readonly [string, string])[] {
  const pairs: [string, string][] = []
  for (let point = from; point <= to; point++) {
    if (point >= 0xd800 && point <= 0xdfff) continue
    const char = String.fromCodePoint(point)
    const image = char.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ')
    if (image !== char && fold(char) !== char) pairs.push([char, image])
  }
  return pairs
}

function mapped(from: number, to: number): string {
  const pairs = mapping(from, to)
  const single = pairs.filter(([, image]) => Array.from(image).length === 1)
  const several = pairs.filter(([, image]) => Array.from(image).length > 1)
  const [left, right] = [0, 1].map((side) => literal(single.map((pair) => pair[side]).join('')))
  return several.reduce(
    (inner, [char, image]) => `replace(${inner},\n      ${literal(char)}, ${literal(image)})`,
    `translate(folded,\n      ${left},\n      ${right})`,
  )
}

const anyOf = (pairs: ReturnType<typeof mapping>) =>
  literal(`[${pairs.map(([char]) => char).join('')}]`)

// SQL joins literals that stand in lines of their own.
function literal(text: string): string {
  const lines = ['']
  for (const char of text) {
    const next = escaped(char.codePointAt(0) as number)
    if (`${lines.at(-1)}${next}`.length > 90) lines.push('')
    lines.push(`${lines.pop()}${next}`)
  }
  return `E'${lines.join("'\n      '")}'`
}

const escaped = (point: number) =>
  point < 0x80
    ? String.fromCodePoint(point)
    : point > 0xffff
      ? `\\U${hex(point, 8)}`
      : `\\u${hex(point)}`

function hex(point: number, digits = 4): string {
  return point.toString(16).padStart(digits, '0')
}
