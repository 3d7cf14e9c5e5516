/** Row security does not apply to it: what a read costs without. */
export const PLAIN_ROLE = 'bench_plain'
