export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json | undefined }
export type Fields = { readonly [key: string]: Json | undefined }

/** One item of the Segment tracking API, as it goes into `/v1/batch` (https://segment.com/docs/connections/spec). */
export type Message = {
  type: 'identify' | 'track' | 'page' | 'screen' | 'group' | 'alias'
  messageId: string
  timestamp: string
  anonymousId?: string
  userId?: string
  previousId?: string
  groupId?: string
  event?: string
  name?: string
  properties?: Fields
  traits?: Fields
  context: Fields
}
