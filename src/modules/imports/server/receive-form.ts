import { createWriteStream } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyFileStream } from '@fastify/busboy'
import type { FastifyRequest } from 'fastify'
import { AppError } from '#platform/errors.ts'
import { isForm } from '#platform/http/server.ts'

export type Form = { name: string; bytes: number; spec: string | undefined }

// Not a matter of memory, which it never fills: a slip that sends a disk image should end early.
export const mostFileBytes = 4 * 1024 ** 3
const mostSpecBytes = 1024 * 1024

/** Writes the form's file to `path` as it comes in, and answers its name and the field `spec`. */
export async function receiveForm(request: FastifyRequest, path: string): Promise<Form> {
  if (!isForm(request))
    throw new AppError(
      'import.no_form',
      'unsupported',
      'Send the file as multipart/form-data, in a part named file.',
    )
  const busboy = openBusboy(request)
  const form: Form = { name: '', bytes: 0, spec: undefined }
  let written: Promise<void> | undefined
  let fault: AppError | undefined
  busboy.on('file', (field, stream, name) => {
    if (field !== 'file' || written) return void stream.resume()
    form.name = nameOf(name)
    written = write(stream, path, form)
    // Told below; until then it must not count as unheard of.
    written.catch(() => undefined)
  })
  busboy.on('field', (field, value, _nameCut, valueCut) => {
    if (field !== 'spec') return
    if (valueCut) fault = new AppError('import.bad_spec', 'invalid', 'The spec is too long.')
    form.spec = value
  })
  await pipeline(request.raw, busboy).catch((error: unknown) => {
    throw new AppError('import.bad_form', 'malformed', 'The form breaks off or is no form.', { cause: error })
  })
  await written
  if (fault) throw fault
  if (!written) throw new AppError('import.no_file', 'invalid', 'The form has no part named file.')
  return form
}

function openBusboy(request: FastifyRequest) {
  try {
    return new Busboy({
      headers: { ...request.headers, 'content-type': request.headers['content-type'] ?? '' },
      limits: { fileSize: mostFileBytes, fieldSize: mostSpecBytes, files: 2, fields: 20, parts: 22 },
    })
  } catch (error) {
    throw new AppError('import.bad_form', 'malformed', 'The form has no boundary.', { cause: error })
  }
}

async function write(stream: BusboyFileStream, path: string, form: Form): Promise<void> {
  stream.on('data', (bytes: Buffer) => {
    form.bytes += bytes.length
  })
  await pipeline(stream, createWriteStream(path))
  if (stream.truncated)
    throw new AppError('import.file_too_large', 'too_large', 'A file may have 4 GB at most.')
}

/** The last part of a path, without what no store keeps. */
const nameOf = (name: string | undefined) =>
  basename((name ?? '').replaceAll('\\', '/'))
    .toWellFormed()
    .replace(/\p{Cc}/gu, '')
    .slice(0, 200) || 'import'
