/**
 * What a query may call: functions whose answer depends on nothing but their arguments (and the time), by the name the
 * engine has for them. Whatever reads files, addresses, dictionaries, tables, settings or the machine is not here, nor is
 * what waits or makes rows out of nothing, nor what takes the square of a text's length (two long ones keep a thread for minutes,
 * and nothing ends it). A function the engine gains is not allowed until it stands here.
 */
const scalar = `
  plus minus multiply divide intDiv intDivOrZero modulo positiveModulo negate abs gcd lcm greatest least sign
  exp exp2 exp10 log log2 log10 log1p sqrt cbrt pow power sin cos tan asin acos atan atan2 hypot sinh cosh tanh degrees radians pi e
  round roundBankers floor ceil ceiling trunc truncate roundToExp2 roundDuration roundAge widthBucket
  isNaN isInfinite isFinite ifNotFinite bitAnd bitOr bitXor bitNot bitShiftLeft bitShiftRight bitTest bitCount
  equals notEquals less greater lessOrEquals greaterOrEquals and or xor not if multiIf
  isNull isNotNull ifNull nullIf coalesce assumeNotNull toNullable isZeroOrNull 
  empty notEmpty length lengthUTF8 char_length character_length lower upper lowerUTF8 upperUTF8 lcase ucase reverse reverseUTF8
  concat concatWithSeparator concat_ws substring substr mid substringUTF8 substringIndex substringIndexUTF8 left right leftUTF8 rightUTF8
  trim trimLeft trimRight trimBoth ltrim rtrim startsWith endsWith startsWithUTF8 endsWithUTF8 appendTrailingCharIfAbsent
  position positionCaseInsensitive positionUTF8 positionCaseInsensitiveUTF8 locate hasToken hasTokenCaseInsensitive
  hasSubsequence hasSubsequenceUTF8 countSubstrings countSubstringsCaseInsensitive countMatches countMatchesCaseInsensitive
  multiSearchAny multiSearchAnyCaseInsensitive multiSearchFirstIndex multiSearchFirstPosition multiSearchAllPositions
  like notLike ilike notILike match extract extractAll extractAllGroups extractAllGroupsVertical extractAllGroupsHorizontal extractGroups
  replace replaceOne replaceAll replaceRegexpOne replaceRegexpAll translate translateUTF8 regexpQuoteMeta regexpExtract
  splitByChar splitByString splitByRegexp splitByWhitespace splitByNonAlpha alphaTokens ngrams tokens initcap initcapUTF8 ascii soundex
  toValidUTF8 isValidUTF8 normalizeUTF8NFC normalizeUTF8NFKC stringJaccardIndex
  ngramDistance ngramDistanceUTF8
  format hex unhex bin base64Encode base64Decode tryBase64Decode base64URLEncode base58Encode
  encodeURLComponent decodeURLComponent encodeXMLComponent decodeXMLComponent decodeHTMLComponent extractTextFromHTML
  protocol domain domainWithoutWWW topLevelDomain firstSignificantSubdomain cutToFirstSignificantSubdomain port path pathFull queryString
  fragment queryStringAndFragment netloc extractURLParameter extractURLParameters extractURLParameterNames URLHierarchy URLPathHierarchy
  cutWWW cutQueryString cutFragment cutQueryStringAndFragment cutURLParameter
  IPv4NumToString IPv4StringToNum IPv4StringToNumOrNull isIPv4String isIPv6String isIPAddressInRange toIPv4OrNull toIPv6OrNull
  cityHash64 sipHash64 sipHash128 xxHash32 xxHash64 murmurHash3_64 farmHash64 halfMD5 MD5 SHA1 SHA256 crc32 intHash64
  now now64 today yesterday toDate toDate32 toDateTime toDateTime64 toDateOrNull toDateOrZero toDateTimeOrNull toDateTimeOrZero
  toDateTime64OrNull parseDateTime parseDateTimeOrNull parseDateTimeBestEffort parseDateTimeBestEffortOrNull parseDateTime64BestEffort parseDateTime64BestEffortOrNull
  toTimeZone toTimezone timeZoneOffset toUnixTimestamp toUnixTimestamp64Milli toUnixTimestamp64Micro toUnixTimestamp64Second fromUnixTimestamp fromUnixTimestamp64Milli fromUnixTimestamp64Second
  toYear toQuarter toMonth toDayOfYear toDayOfMonth toDayOfWeek toHour toMinute toSecond toMillisecond toISOWeek toISOYear toWeek toYearWeek
  year quarter month day dayOfWeek dayOfMonth dayOfYear hour minute second week
  toStartOfYear toStartOfISOYear toStartOfQuarter toStartOfMonth toLastDayOfMonth toMonday toStartOfWeek toLastDayOfWeek toStartOfDay toStartOfHour
  toStartOfMinute toStartOfSecond toStartOfFiveMinutes toStartOfTenMinutes toStartOfFifteenMinutes toStartOfInterval timeSlot date_trunc dateTrunc
  toYYYYMM toYYYYMMDD toYYYYMMDDhhmmss toRelativeDayNum toRelativeWeekNum toRelativeMonthNum toRelativeHourNum
  dateDiff date_diff timestampDiff age addYears addQuarters addMonths addWeeks addDays addHours addMinutes addSeconds
  subtractYears subtractQuarters subtractMonths subtractWeeks subtractDays subtractHours subtractMinutes subtractSeconds    
  formatDateTime dateName monthName makeDate makeDate32 makeDateTime toTime 
  toIntervalSecond toIntervalMinute toIntervalHour toIntervalDay toIntervalWeek toIntervalMonth toIntervalQuarter toIntervalYear
  toString toBool toUUID toUUIDOrNull toFixedString toDecimal32 toDecimal64 toDecimal128 toDecimal64OrNull toDecimal64OrZero toTypeName
  toInt8 toInt16 toInt32 toInt64 toInt128 toUInt8 toUInt16 toUInt32 toUInt64 toUInt128 toFloat32 toFloat64
  toInt32OrNull toInt64OrNull toInt32OrZero toInt64OrZero toUInt32OrNull toUInt64OrNull toUInt32OrZero toUInt64OrZero
  toFloat32OrNull toFloat64OrNull toFloat32OrZero toFloat64OrZero
  array tuple map mapFromArrays mapKeys mapValues mapContains mapAdd mapSubtract tupleElement tupleConcat tupleToNameValuePairs
  arrayElement arrayConcat arrayPopBack arrayPopFront arrayPushBack arrayPushFront arraySlice arrayReverse arrayFlatten arrayCompact
  arrayDistinct arrayUniq arrayEnumerate arrayEnumerateUniq arrayEnumerateDense arrayDifference arrayCumSum arrayCumSumNonNegative arrayProduct
  arraySum arrayAvg arrayMin arrayMax arrayCount arrayExists arrayAll arrayMap arrayFilter arrayFill arrayReverseFill arraySplit arrayReverseSplit
  arrayFirst arrayFirstOrNull arrayLast arrayLastOrNull arrayFirstIndex arrayLastIndex arraySort arrayReverseSort arrayPartialSort arrayZip
  arrayIntersect arrayUnion arrayExcept arrayJaccardIndex arrayStringConcat arrayShiftLeft arrayShiftRight arrayRotateLeft arrayRotateRight arrayFold
  has hasAll hasAny hasSubstr indexOf countEqual arrayAUC arrayJoin emptyArrayString emptyArrayToSingle reverse
  JSONHas JSONLength JSONType JSONExtractString JSONExtractInt JSONExtractUInt JSONExtractFloat JSONExtractBool JSONExtractRaw
  JSONExtractArrayRaw JSONExtractKeys JSONExtractKeysAndValuesRaw JSON_VALUE JSON_EXISTS isValidJSON
  visitParamHas visitParamExtractString visitParamExtractInt visitParamExtractFloat visitParamExtractBool
  simpleJSONHas simpleJSONExtractString simpleJSONExtractInt simpleJSONExtractFloat simpleJSONExtractBool toJSONString
  transform bar formatReadableQuantity formatReadableDecimalSize formatReadableTimeDelta toModifiedJulianDay
  geoDistance greatCircleDistance`

const aggregate = `
  count sum avg min max any anyLast any_value first_value last_value argMin argMax sumKahan sumWithOverflow   
  uniq uniqExact uniqCombined uniqCombined64 uniqHLL12 quantile quantiles quantileExact quantilesExact quantileExactInclusive
  quantilesExactInclusive quantileExactExclusive quantileExactLow quantileExactHigh quantileTDigest quantilesTDigest quantileTiming
   quantileExactWeighted median medianExact medianTDigest
  varPop varSamp stddevPop stddevSamp covarPop covarSamp corr skewPop skewSamp kurtPop kurtSamp simpleLinearRegression
  groupArray groupUniqArray groupArraySorted groupArrayMovingAvg groupArrayMovingSum groupConcat groupBitAnd groupBitOr groupBitXor
  topK topKWeighted approx_top_k windowFunnel retention sequenceMatch sequenceCount entropy deltaSum deltaSumTimestamp
  sumCount avgWeighted rankCorr mannWhitneyUTest studentTTest welchTTest boundingRatio uniqUpTo
  intervalLengthSum maxIntersections maxIntersectionsPosition`

const window = `row_number rank dense_rank percent_rank cume_dist ntile lag lead lagInFrame leadInFrame nth_value`

/** Functions that make a text or list as long as a number says: that number must stand there, and be small. */
export const bounded: Record<string, { arg: number; most: number }> = {
  repeat: { arg: 1, most: 1000 },
  space: { arg: 0, most: 1000 },
  leftPad: { arg: 1, most: 1000 },
  rightPad: { arg: 1, most: 1000 },
  lpad: { arg: 1, most: 1000 },
  rpad: { arg: 1, most: 1000 },
  leftPadUTF8: { arg: 1, most: 1000 },
  rightPadUTF8: { arg: 1, most: 1000 },
  arrayResize: { arg: 1, most: 10_000 },
  arrayWithConstant: { arg: 0, most: 10_000 },
}

/**
 * Functions that may be given a time zone, with the place from which on one may stand. It must stand there as one: the
 * engine takes the name of a file for a zone, too, and opens it.
 */
const zoned: Record<string, number> = { now: 0 }
const zonesFrom: [from: number, names: string][] = [
  [
    1,
    `now64 toTimeZone toTimezone toDate toDate32 toDateTime toDateTime64 toDateOrNull toDateOrZero toDateTimeOrNull toDateTimeOrZero
     toDateTime64OrNull parseDateTimeBestEffort parseDateTimeBestEffortOrNull parseDateTime64BestEffort parseDateTime64BestEffortOrNull
     toUnixTimestamp fromUnixTimestamp64Milli fromUnixTimestamp64Second toString toTime timeZoneOffset timeSlot toModifiedJulianDay
     toYear toQuarter toMonth toDayOfYear toDayOfMonth toDayOfWeek toHour toMinute toSecond toMillisecond toISOWeek toISOYear toWeek toYearWeek
     year quarter month day dayOfWeek dayOfMonth dayOfYear hour minute second week
     toStartOfYear toStartOfISOYear toStartOfQuarter toStartOfMonth toLastDayOfMonth toMonday toStartOfWeek toLastDayOfWeek toStartOfDay
     toStartOfHour toStartOfMinute toStartOfSecond toStartOfFiveMinutes toStartOfTenMinutes toStartOfFifteenMinutes toStartOfInterval
     toYYYYMM toYYYYMMDD toYYYYMMDDhhmmss toRelativeDayNum toRelativeWeekNum toRelativeMonthNum toRelativeHourNum monthName`,
  ],
  [2, 'date_trunc dateTrunc formatDateTime parseDateTime parseDateTimeOrNull dateName fromUnixTimestamp'],
  [3, 'dateDiff date_diff timestampDiff age makeDate makeDate32'],
  [6, 'makeDateTime'],
]
for (const [from, names] of zonesFrom)
  for (const name of names.split(/\s+/)) if (name !== '') zoned[name] = from

/** The place from which on an argument of the function may be a time zone. */
export const zoneFrom = (name: string): number | undefined =>
  Object.hasOwn(zoned, name) ? zoned[name] : undefined

/** Ours: what a property holds, as a number, as true or false, as a list of texts. */
export const readings = ['num', 'bool', 'list'] as const

const namesIn = (text: string) => text.split(/\s+/).filter((name) => name !== '')

const combinators = ['If', 'Array', 'Map', 'Distinct', 'OrNull', 'OrDefault', 'ForEach']

export type FunctionKind = 'scalar' | 'aggregate' | 'window'
const known = new Map<string, { name: string; kind: FunctionKind }>()
for (const [kind, text] of Object.entries({ scalar: `${scalar} range`, aggregate, window }) as [
  FunctionKind,
  string,
][])
  for (const name of namesIn(text)) known.set(name.toLowerCase(), { name, kind })
for (const name of Object.keys(bounded)) known.set(name.toLowerCase(), { name, kind: 'scalar' })

/** Names to choose from, by kind. */
export const functionNames = (kind: FunctionKind): string[] =>
  [...known.values()]
    .filter((one) => one.kind === kind)
    .map((one) => one.name)
    .sort((a, b) => a.localeCompare(b))

/** The function as the engine calls it, in whatever case it is written; combinators of aggregates are followed. */
export function lookUp(given: string): { name: string; kind: FunctionKind } | undefined {
  const found = known.get(given.toLowerCase())
  if (found) return found
  let rest = given.toLowerCase()
  const suffixes: string[] = []
  while (suffixes.length < 3) {
    const combinator = combinators.find((one) => rest.endsWith(one.toLowerCase()))
    if (!combinator) return undefined
    suffixes.unshift(combinator)
    rest = rest.slice(0, -combinator.length)
    const base = known.get(rest)
    if (base?.kind === 'aggregate') return { name: base.name + suffixes.join(''), kind: 'aggregate' }
  }
  return undefined
}
