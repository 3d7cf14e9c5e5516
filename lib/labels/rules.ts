export const LABEL_COLOURS = ['#2563eb', '#0f766e', '#7c3aed', '#b45309', '#be185d', '#4d7c0f', '#b91c1c', '#475569'] as const
