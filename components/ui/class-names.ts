import { clsx, type ClassValue } from 'clsx'
import { createTailwindMerge } from 'tailwind-merge'

const any = () => true
const isSize = (value: string) => /^(xs|sm|base|lg|\d?xl|\[\d.*\])$/.test(value)
const isShadow = (value: string) => isSize(value) || value.startsWith('[')
const isWidth = (value: string) => /^\d+$/.test(value)
const sides = (name: string) => ({ [name]: [{ [name]: [any] }], [`${name}x`]: [{ [`${name}x`]: [any] }], [`${name}y`]: [{ [`${name}y`]: [any] }], ...Object.fromEntries(['s', 'e', 't', 'b', 'l', 'r'].map((side) => [name + side, [{ [name + side]: [any] }]])) })
const covers = (name: string) => ({ [name]: ['x', 'y', 's', 'e', 't', 'b', 'l', 'r'].map((side) => name + side), [`${name}x`]: ['s', 'e', 'l', 'r'].map((side) => name + side), [`${name}y`]: ['t', 'b'].map((side) => name + side) })
const ALIGNED = ['start', 'center', 'end', 'between', 'baseline', 'stretch']

// The whole of the library's own table of classes is a twelfth of what a page may weigh: these are the kinds that are overridden here.
const merge = createTailwindMerge(() => ({
  cacheSize: 500,
  theme: {},
  classGroups: {
    display: ['block', 'inline', 'inline-block', 'flex', 'inline-flex', 'grid', 'inline-grid', 'contents', 'hidden'],
    position: ['static', 'fixed', 'absolute', 'relative', 'sticky'],
    size: [{ size: [any] }], w: [{ w: [any] }], h: [{ h: [any] }],
    'min-w': [{ 'min-w': [any] }], 'min-h': [{ 'min-h': [any] }], 'max-w': [{ 'max-w': [any] }], 'max-h': [{ 'max-h': [any] }],
    ...sides('p'), ...sides('m'),
    gap: [{ gap: [any] }], 'gap-x': [{ 'gap-x': [any] }], 'gap-y': [{ 'gap-y': [any] }],
    justify: [{ justify: ALIGNED }], items: [{ items: ALIGNED }],
    weight: [{ font: ['normal', 'medium', 'semibold', 'bold'] }],
    'text-align': [{ text: ['start', 'center', 'end', 'left', 'right'] }],
    'text-wrap': [{ text: ['balance', 'pretty', 'nowrap', 'wrap'] }],
    'text-size': [{ text: [isSize] }],
    'text-colour': [{ text: [any] }],
    background: [{ bg: [any] }],
    overflow: [{ overflow: [any] }], 'overflow-x': [{ 'overflow-x': [any] }], 'overflow-y': [{ 'overflow-y': [any] }],
    direction: [{ flex: ['row', 'col', 'row-reverse', 'col-reverse'] }], shrink: [{ shrink: ['', any] }], flex: [{ flex: ['auto', 'none', 'initial', isWidth] }], clamp: [{ 'line-clamp': [any] }], shadow: [{ shadow: ['none', isShadow] }],
    inset: [{ inset: [any] }], 'inset-x': [{ 'inset-x': [any] }], 'inset-y': [{ 'inset-y': [any] }], start: [{ start: [any] }], end: [{ end: [any] }], top: [{ top: [any] }], bottom: [{ bottom: [any] }], left: [{ left: [any] }], right: [{ right: [any] }],
    z: [{ z: [any] }], select: [{ select: [any] }], whitespace: [{ whitespace: [any] }], family: [{ font: ['sans', 'mono'] }], fill: [{ fill: [any] }],
    transition: [{ transition: ['', any] }], origin: [{ origin: [any] }], rounded: [{ rounded: ['', any] }],
    'border-width': [{ border: ['', isWidth] }], 'border-width-s': [{ 'border-s': ['', isWidth] }], 'border-width-e': [{ 'border-e': ['', isWidth] }], 'border-width-t': [{ 'border-t': ['', isWidth] }], 'border-width-b': [{ 'border-b': ['', isWidth] }],
    'border-collapse': ['border-collapse', 'border-separate'], 'border-style': [{ border: ['solid', 'dashed', 'dotted', 'none'] }], 'border-colour': [{ border: [any] }],
    ring: [{ ring: ['', isWidth] }], 'ring-colour': [{ ring: [any] }],
  },
  conflictingClassGroups: { clamp: ['display', 'overflow'], flex: ['shrink'], size: ['w', 'h'], gap: ['gap-x', 'gap-y'], overflow: ['overflow-x', 'overflow-y'], inset: ['inset-x', 'inset-y', 'start', 'end', 'top', 'bottom', 'left', 'right'], 'inset-x': ['start', 'end', 'left', 'right'], 'inset-y': ['top', 'bottom'], 'border-width': ['border-width-s', 'border-width-e', 'border-width-t', 'border-width-b'], ...covers('p'), ...covers('m') },
  conflictingClassGroupModifiers: {},
  postfixLookupClassGroups: [],
  orderSensitiveModifiers: ['before', 'after', 'placeholder', 'file', 'marker', 'selection', 'first-line', 'first-letter', 'backdrop', '*', '**'],
}))

/** Joins class names; a later Tailwind class replaces an earlier one of the same kind. */
export function classNames(...values: ClassValue[]) {
  return merge(clsx(values))
}
