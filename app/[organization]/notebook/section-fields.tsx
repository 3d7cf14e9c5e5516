'use client'

import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'
import { isObject, type Json, type JsonObject } from '@/lib/notebook/merge'

type Row = { key: number; name: string; value: string; isText: boolean }

// Text stays text; everything else is shown as JSON, and what is typed is text unless it stood there as something else.
const rowOf = ([name, value]: [string, Json], key: number): Row => ({ key, name, value: typeof value === 'string' ? value : JSON.stringify(value), isText: typeof value === 'string' })

function valueOf({ value, isText }: Row): Json {
  if (isText) return value
  try {
    return JSON.parse(value) as Json
  } catch {
    return value
  }
}

/** The names and values of a section, to be filled in; or the same as JSON. Sent as JSON in the field `data`. */
export function SectionFields({ initial, error }: { initial: string; error?: string[] }) {
  const [start] = useState(() => read(initial))
  const [isJson, setIsJson] = useState(start === null)
  const [text, setText] = useState(initial)
  const [rows, setRows] = useState<Row[]>(() => withOne(Object.entries(start ?? {}).map(rowOf)))
  const [next, setNext] = useState(1000)
  const written = JSON.stringify(Object.fromEntries(rows.filter(({ name }) => name.trim()).map((row) => [row.name.trim(), valueOf(row)])), null, 2)
  const change = (key: number, part: Partial<Row>) => setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)))
  function turn() {
    if (!isJson) {
      setText(written)
      return setIsJson(true)
    }
    const object = read(text)
    if (!object) return
    setRows(withOne(Object.entries(object).map(rowOf)))
    setIsJson(false)
  }
  const turnable = !isJson || read(text) !== null
  return (
    <fieldset className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <legend className="float-left font-medium">What is noted</legend>
        <Button size="sm" variant="ghost" onClick={turn} disabled={!turnable} title={turnable ? undefined : 'This is no JSON object yet.'}>{isJson ? 'As a form' : 'As JSON'}</Button>
      </div>
      {isJson ? (
        <Field label="JSON" required error={error}><Textarea name="data" rows={10} value={text} onChange={(event) => setText(event.target.value)} spellCheck={false} className="font-mono text-[0.8125rem]" /></Field>
      ) : (
        <>
          <input type="hidden" name="data" value={written} />
          {rows.map((row, at) => (
            <div key={row.key} className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2 sm:grid-cols-[minmax(0,11rem)_minmax(0,1fr)_auto]">
              <Field label={`Name ${at + 1}`} labelHidden><Input value={row.name} onChange={(event) => change(row.key, { name: event.target.value })} placeholder="Name" maxLength={200} autoComplete="off" /></Field>
              <div className="max-sm:order-last max-sm:col-span-2">
                <Field label={`Value ${at + 1}`} labelHidden><Textarea rows={1} value={row.value} onChange={(event) => change(row.key, { value: event.target.value })} placeholder="What you know" className="min-h-9!" /></Field>
              </div>
              <IconButton size="sm" variant="ghost" label={`Remove ${row.name || `line ${at + 1}`}`} icon={<X />} onClick={() => setRows(withOne(rows.filter(({ key }) => key !== row.key)))} />
            </div>
          ))}
          {error && <p className="text-[0.8125rem] text-danger">{error.join(' ')}</p>}
          <div><Button size="sm" icon={<Plus />} onClick={() => { setRows([...rows, { key: next, name: '', value: '', isText: true }]); setNext(next + 1) }}>Another line</Button></div>
        </>
      )}
    </fieldset>
  )
}

const withOne = (rows: Row[]) => (rows.length ? rows : [{ key: 999, name: '', value: '', isText: true }])

function read(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text || '{}') as Json
    return isObject(value) ? value : null
  } catch {
    return null
  }
}
