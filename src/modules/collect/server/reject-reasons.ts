/** Why an item was not stored, or not again. The UI translates by code; these are the English sentences. */
const reasons: Record<string, string> = {
  'event.not_an_object': 'An item of a batch must be a JSON object.',
  'event.unknown_type': 'type must be track, page, screen, identify, group or alias.',
  'event.no_name': 'A track call needs an event name.',
  'event.name_too_long': 'An event name may have 500 characters at most.',
  'event.bad_time': 'timestamp is not a time (RFC 3339, or seconds or milliseconds since 1970).',
  'event.message_id_too_long': 'messageId may have 1,000 bytes at most.',
  'event.too_large': 'One item may have 256 kB at most.',
  'event.too_deep': 'An item may nest 100 levels at most.',
  'event.no_identifier':
    'No usable identifier: userId, anonymousId, mail and phone are all missing, blocked or unreadable.',
  'event.conflict': 'This messageId is stored already with another content; the first one counts.',
  'event.duplicate': 'This item is stored already; repeats are not counted again.',
  'projection.failed':
    'Storing this item failed every time, which is a defect of this program. It was set aside so that the others go on; send it again after an update.',
  'event.erased': 'The person it was about was erased, and with them what it said.',
  'event.violates_plan': 'It breaks the tracking plan, which blocks what differs.',
  'event.rejected': 'The item was not stored.',
}

export const reasonText = (code: string): string => reasons[code] ?? code
