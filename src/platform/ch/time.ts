/** Milliseconds as a quoted JSON value for DateTime64(3): ISO text, since bare seconds before 2001 are misread. */
export const jsonTime = (ms: number): string => `"${new Date(ms).toISOString()}"`
