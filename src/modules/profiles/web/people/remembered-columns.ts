const key = 'headwater.people-columns'

/** The columns this browser chose last; an address that names columns wins over them. */
export const rememberedColumns = (): string[] | undefined => {
  const text = localStorage.getItem(key)
  return text === null ? undefined : text.split(',').filter(Boolean)
}

export const rememberColumns = (ids: string[]): void => localStorage.setItem(key, ids.join(','))
