/**
 * The console's own files, as its build left them.
 *
 * They are read once, compressed when first asked for, and kept. What has a hash in its name may be
 * kept by browsers for ever; `index.html`, which names the rest, is asked for each time, and answers
 * every path that is a page of the console. A page may load nothing from elsewhere and run no script
 * that is written into it.
 *
 * @module
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'

export interface Site {
  /** The file at a path, or the page for a path that is none; `undefined` when neither is meant. */
  answer(request: Request, path: string): Promise<Response | undefined>
}

/** Where the build leaves them. */
export const DIST = fileURLToPath(new URL('../../../console/dist', import.meta.url))

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}
const COMPRESSED = new Set(['.html', '.js', '.css', '.json', '.webmanifest', '.svg', '.txt'])

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "manifest-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ')

const SECURITY = {
  'Content-Security-Policy': POLICY,
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
}

interface File {
  readonly bytes: Buffer<ArrayBuffer>
  readonly type: string
  readonly isCompressible: boolean
  readonly isHashed: boolean
  readonly compressed: Map<string, Promise<Buffer<ArrayBuffer>>>
}

const ENCODERS = { br: promisify(brotliCompress), gzip: promisify(gzip) }

/** For a year, as browsers ask of whoever means it; other hosts below this one are not ours to bind. */
const ONLY_TLS = { 'Strict-Transport-Security': 'max-age=31536000' }

/**
 * `undefined` when nothing was built.
 *
 * @param publicUrl Where it is served: with `https`, browsers are told to come no other way.
 */
export function consoleSite(publicUrl: string, folder: string = DIST): Site | undefined {
  if (!existsSync(join(folder, 'index.html'))) return undefined
  const files = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name)
        return [path.slice(folder.length).replaceAll(sep, '/'), fileAt(path)]
      }),
  )
  const page = files.get('/index.html') as File
  const security = publicUrl.startsWith('https:') ? { ...SECURITY, ...ONLY_TLS } : SECURITY
  return {
    async answer(request, path) {
      const file = path === '/' ? undefined : files.get(path)
      if (file !== undefined) return await answer(file, request, security)
      return wantsPage(request) ? await answer(page, request, security) : undefined
    },
  }
}

/** Whether somebody looks at this with a browser. */
export function wantsPage(request: Request): boolean {
  return (request.headers.get('Accept') ?? '').includes('text/html')
}

function fileAt(path: string): File {
  const extension = extname(path)
  return {
    bytes: readFileSync(path),
    type: TYPES[extension] ?? 'application/octet-stream',
    isCompressible: COMPRESSED.has(extension),
    // e.g. /assets/index-B7PI925R.js
    isHashed: /[/\\]assets[/\\][^/\\]+-[\w-]{8}\.\w+$/.test(path),
    compressed: new Map(),
  }
}

async function answer(
  file: File,
  request: Request,
  security: Readonly<Record<string, string>>,
): Promise<Response> {
  const accepted = request.headers.get('Accept-Encoding') ?? ''
  const encoding = (['br', 'gzip'] as const).find(
    (name) => file.isCompressible && accepted.includes(name),
  )
  const bytes = encoding === undefined ? file.bytes : await compressed(file, encoding)
  return new Response(request.method === 'HEAD' ? null : bytes, {
    headers: {
      ...security,
      'Content-Type': file.type,
      'Content-Length': String(bytes.byteLength),
      'Cache-Control': file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(file.isCompressible ? { Vary: 'Accept-Encoding' } : {}),
      ...(encoding === undefined ? {} : { 'Content-Encoding': encoding }),
    },
  })
}

function compressed(file: File, encoding: keyof typeof ENCODERS): Promise<Buffer<ArrayBuffer>> {
  const made = file.compressed.get(encoding) ?? ENCODERS[encoding](file.bytes)
  file.compressed.set(encoding, made)
  return made
}
