'use client'

import { UNREACHABLE } from './use-member-action'

export type Sent<T> = { ok: true; data: T } | { ok: false; message: string; code: string }

/** Sends a file by itself and says how much of it is under way, which fetch does not. */
export function sendFile<T>(url: string, file: File, { onProgress, signal }: { onProgress?: (share: number) => void; signal?: AbortSignal } = {}): Promise<Sent<T>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.responseType = 'json'
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total ? loaded / total : 0)
    const fail = (message: string, code = 'unreachable') => resolve({ ok: false, message, code })
    request.onload = () => {
      const answer = request.response as (T & { error?: { message: string; code: string } }) | null
      if (request.status >= 200 && request.status < 300 && answer) return resolve({ ok: true, data: answer })
      fail(answer?.error?.message ?? (request.status === 413 ? 'This file is too large.' : UNREACHABLE), answer?.error?.code)
    }
    request.onerror = () => fail(UNREACHABLE)
    request.onabort = () => fail('Cancelled.', 'cancelled')
    signal?.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}
