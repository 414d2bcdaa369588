/**
 * `fold` and `instant` as functions of the database: the text of a migration.
 *
 * What a server of its own knows about letters depends on its version, its libraries and its locale.
 * So it is asked for nothing but NFC, and the letters are mapped by tables that come from our own
 * `fold`, code point by code point; that this is the same is shown by text.test.ts, which also keeps
 * the migration equal to this.
 *
 * Mapping a letter means going through its table, so the tables of the Latin letters come first, and
 * ASCII needs none. Code points that become several are few, and are replaced one by one.
 *
 * @module
 */

import { fold } from '../../protocol/text.ts'

/** The last code point of the Latin letters; none below it is composed of others or composes. */
const LATIN = 0x24f
const LAST = 0x10ffff

/** The whole text of the migration. */
export function textSql(): string {
  return `-- Made by text-sql.ts from src/protocol/text.ts; see there. Never edit it, and let text.test.ts tell
-- when another version of Unicode asks for another migration.

CREATE FUNCTION fold(given text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $body$
DECLARE
  folded text COLLATE "C";
BEGIN
  IF octet_length(given) = char_length(given) THEN
    RETURN lower(given COLLATE "C");
  END IF;
  -- Composition may yield a letter of ASCII.
  folded := lower(normalize(given, NFC) COLLATE "C");
  IF folded !~ '[^\\u0001-\\u${hex(LATIN)}]' THEN
    RETURN ${mapped(0x80, LATIN)};
  END IF;
  RETURN normalize(${mapped(0x80, LAST)}, NFC);
END
$body$;

${INSTANT}`
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

const hex = (point: number, digits = 4) => point.toString(16).padStart(digits, '0')

const INSTANT = `-- As src/protocol/instant.ts. Of the fraction of a second, 300 digits count.
CREATE FUNCTION instant(given text) RETURNS double precision
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $body$
DECLARE
  parts text[] := regexp_match(given COLLATE "C", '^([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]'
    '([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]+))?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))?$');
  year int := parts[1];
  month int := parts[2];
  day int := parts[3];
  hour int := parts[4];
  minute int := parts[5];
  second int := parts[6];
  fraction text := coalesce(parts[7], '');
  shift int := coalesce(parts[9]::int, 0) * 60 + coalesce(parts[10]::int, 0);
  seconds bigint;
BEGIN
  IF parts IS NULL OR year = 0 OR month NOT BETWEEN 1 AND 12 OR day < 1
    OR minute > 59 OR second > 59 OR hour > 24
    OR hour = 24 AND (minute > 0 OR second > 0 OR fraction ~ '[1-9]')
    OR shift > 840 OR coalesce(parts[10]::int, 0) > 59 THEN
    RETURN NULL;
  END IF;
  IF day > extract(day FROM make_date(year, month, 1) + interval '1 month - 1 day') THEN
    RETURN NULL;
  END IF;
  seconds := (make_date(year, month, day) - date '1970-01-01')::bigint * 86400
    + (hour * 60 + minute + CASE parts[8] WHEN '-' THEN shift ELSE -shift END) * 60 + second;
  RETURN (seconds * 1000)::double precision
    + (rpad(left(fraction, 3), 3, '0') || '.' || substr(fraction, 4, 300))::double precision;
END
$body$;
`
