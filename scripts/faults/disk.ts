import { execFileSync } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, symlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const ROOM_MB = 96
const PIECE = Buffer.alloc(1_048_576, 1)

export type SmallDisk = { files: string; fill: () => void; free: () => void; close: () => void }

/**
 * Moves what a stopped PostgreSQL keeps to a disk of its own with little room, in memory, with a place for files beside it; `close`
 * brings it back. Null where no disk may be mounted.
 */
export function mountSmallDisk(directory: string, data: string): SmallDisk | null {
  const disk = join(directory, 'disk')
  const kept = `${data}.kept`
  mkdirSync(disk, { recursive: true })
  const usedMb = Number(execFileSync('du', ['-sm', data], { encoding: 'utf8' }).split('\t')[0])
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${usedMb + ROOM_MB}m,mode=755`, 'tmpfs', disk], { stdio: 'ignore' })
  } catch {
    return null
  }
  const [there, files, ballast] = [join(disk, 'postgres'), join(disk, 'files'), join(disk, 'ballast')]
  execFileSync('cp', ['-a', data, there])
  renameSync(data, kept)
  symlinkSync(there, data)
  mkdirSync(files)
  return {
    files,
    fill: () => fillUp(ballast),
    free: () => rmSync(ballast),
    close: () => {
      rmSync(data)
      execFileSync('cp', ['-a', there, data])
      execFileSync('umount', [disk])
      rmSync(kept, { recursive: true })
    },
  }
}

/** Writes until nothing more goes in, to the last byte. */
function fillUp(path: string): void {
  const file = openSync(path, existsSync(path) ? 'a' : 'w')
  try {
    for (let size = PIECE.length; size >= 1;) {
      try {
        if (writeSync(file, PIECE, 0, size) < size) size = Math.floor(size / 2)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
        size = Math.floor(size / 2)
      }
    }
  } finally {
    closeSync(file)
  }
}
