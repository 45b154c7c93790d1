/** Hands a file to the reader, as if they had clicked a link to it. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

/** A name every file system takes: what it forbids becomes a hyphen. */
export const fileName = (text: string, ending: string): string =>
  `${
    text
      .replaceAll(/[\\/:*?"<>|\s]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 80) || 'headwater'
  }.${ending}`
