/** Something wrong with a text, before it is said in words. */
export type Found = { code: string; line: number | null; said: string }
