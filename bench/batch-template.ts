/** A batch of `items` track calls whose ids and people are patched in place: no text is built while load is made. */
export type BatchTemplate = { bytes: Buffer; stamp(sequence: number): void }

const width = 12

/** Distinct message ids per `sequence`; people are drawn from `people` by a fixed stride. */
export function createTemplate(items: number, people: number, startedAt: number): BatchTemplate {
  const marks: { id: number; user: number; at: number }[] = []
  let text = '{"batch":['
  for (let at = 0; at < items; at++) {
    text += `${at ? ',' : ''}{"type":"track","event":"${names[at % names.length]}","messageId":"b-`
    const id = text.length
    text += `${'0'.repeat(width)}","userId":"u`
    const user = text.length
    text += `${'0'.repeat(width)}","timestamp":"`
    const time = text.length
    text += `${new Date(startedAt).toISOString()}","properties":{"course":"Course ${at % 30}","category":"c${at % 7}","revenue":${at % 500},"channel":"${channels[at % 4]}"},"context":{"library":{"name":"bench","version":"1"},"page":{"url":"https://example.com/course/${at % 30}"}}}`
    marks.push({ id, user, at: time })
  }
  const bytes = Buffer.from(`${text}],"sentAt":"${new Date(startedAt).toISOString()}"}`)
  return {
    bytes,
    stamp: (sequence) => {
      const now = new Date().toISOString()
      for (const [index, mark] of marks.entries()) {
        const number = sequence * items + index
        bytes.write(String(number).padStart(width, '0'), mark.id, 'latin1')
        bytes.write(String((number * 7919) % people).padStart(width, '0'), mark.user, 'latin1')
        bytes.write(now, mark.at, 'latin1')
      }
    },
  }
}

const names = ['Course Viewed', 'Lesson Started', 'Lesson Completed', 'Product Added', 'Order Completed']
const channels = ['douyin', 'baidu', 'wechat', 'seo']
