SELECT p.person AS person, [toUInt8((a0 AND (a1 OR a2 OR (NOT e0)) AND e1)), toUInt8(e2)] AS bits, [arrayMin(arrayFilter(t -> t > 0, [e0_flip, e1_flip])), arrayMin(arrayFilter(t -> t > 0, [e2_flip]))] AS rechecks
FROM (
  SELECT person, (ifNull(dynamicElement(attrs.`city`, 'String') = {p0:String}, 0) OR arrayExists(x -> ifNull(x = {p0:String}, 0), dynamicElement(attrs.`city`, 'Array(Nullable(String))'))) AS a0, hasAny(tags, {p1:Array(String)}) AS a1, (isNotNull(attrs.`score`)) AS a2
  FROM t.people FINAL
  WHERE ws = {p16:UInt32}
    AND deleted = 0
    AND person IN {p15:Array(UInt64)}
) AS p
LEFT JOIN (
  SELECT
    intDiv(unit, 10) AS person,
    (countIf((event = {p2:String} AND time <= fromUnixTimestamp64Milli({p3:Int64}, 'UTC'))) >= {p4:UInt64}) AS e0,
    (countIf(((event = {p6:String} AND (ifNull(dynamicElement(props.`revenue`, 'Float64') >= toFloat64({p5:String}), 0) OR arrayExists(x -> ifNull(x >= toFloat64({p5:String}), 0), dynamicElement(props.`revenue`, 'Array(Nullable(Float64))')) OR ifNull(if(match(dynamicElement(props.`revenue`, 'String'), '^ *[+-]?[0-9]{1,30}([.][0-9]{1,30})?([eE][+-]?[0-9]{1,2})? *$'), toFloat64OrNull(trimBoth(dynamicElement(props.`revenue`, 'String'))), NULL) >= toFloat64({p5:String}), 0) OR arrayExists(x -> ifNull(if(match(x, '^ *[+-]?[0-9]{1,30}([.][0-9]{1,30})?([eE][+-]?[0-9]{1,2})? *$'), toFloat64OrNull(trimBoth(x)), NULL) >= toFloat64({p5:String}), 0), dynamicElement(props.`revenue`, 'Array(Nullable(String))')))) AND (time >= fromUnixTimestamp64Milli({p7:Int64}, 'UTC') AND time <= fromUnixTimestamp64Milli({p3:Int64}, 'UTC')))) >= {p8:UInt64}) AS e1,
    groupArrayIf(toUnixTimestamp64Milli(time) * 32 + 30, (event = {p10:String} AND (time >= fromUnixTimestamp64Milli({p12:Int64}, 'UTC') AND time <= fromUnixTimestamp64Milli({p3:Int64}, 'UTC')))) AS e2_k0,
    groupArrayIf(toUnixTimestamp64Milli(time) * 32 + 29, (event = {p11:String} AND (time >= fromUnixTimestamp64Milli({p12:Int64}, 'UTC') AND time <= fromUnixTimestamp64Milli({p3:Int64}, 'UTC')))) AS e2_k1,
    groupArrayIf(toUnixTimestamp64Milli(time) * 32 + 28, (event = {p6:String} AND (time >= fromUnixTimestamp64Milli({p12:Int64}, 'UTC') AND time <= fromUnixTimestamp64Milli({p3:Int64}, 'UTC')))) AS e2_k2,
    arraySort(arrayConcat(e2_k0, e2_k1)) AS e2_s1,
    arrayFilter((k, b) -> bitAnd(k, 31) = 29 AND bitAnd(b, 31) = 30 AND bitShiftRight(k, 5) - bitShiftRight(b, 5) <= {p13:Int64}, e2_s1, arrayPopBack(arrayPushFront(e2_s1, toInt64(-1)))) AS e2_r1,
    arraySort(arrayConcat(e2_r1, e2_k2)) AS e2_s,
    arrayExists((k, n) -> bitAnd(k, 31) = 29 AND bitShiftRight(k, 5) + {p13:Int64} <= {p3:Int64} AND (bitAnd(n, 31) = 29 OR bitShiftRight(n, 5) > bitShiftRight(k, 5) + {p13:Int64}), e2_s, arrayReverseFill(k -> NOT bitAnd(k, 31) = 29, e2_s)) AS e2,
    arrayMin(arrayFilter(t -> t > {p3:Int64}, arrayConcat([minIf(toUnixTimestamp64Milli(time), (event = {p2:String} AND time > fromUnixTimestamp64Milli({p3:Int64}, 'UTC')))]))) AS e0_flip,
    arrayMin(arrayFilter(t -> t > {p3:Int64}, arrayConcat([minIf(toUnixTimestamp64Milli(time), ((event = {p6:String} AND (ifNull(dynamicElement(props.`revenue`, 'Float64') >= toFloat64({p5:String}), 0) OR arrayExists(x -> ifNull(x >= toFloat64({p5:String}), 0), dynamicElement(props.`revenue`, 'Array(Nullable(Float64))')) OR ifNull(if(match(dynamicElement(props.`revenue`, 'String'), '^ *[+-]?[0-9]{1,30}([.][0-9]{1,30})?([eE][+-]?[0-9]{1,2})? *$'), toFloat64OrNull(trimBoth(dynamicElement(props.`revenue`, 'String'))), NULL) >= toFloat64({p5:String}), 0) OR arrayExists(x -> ifNull(if(match(x, '^ *[+-]?[0-9]{1,30}([.][0-9]{1,30})?([eE][+-]?[0-9]{1,2})? *$'), toFloat64OrNull(trimBoth(x)), NULL) >= toFloat64({p5:String}), 0), dynamicElement(props.`revenue`, 'Array(Nullable(String))')))) AND time > fromUnixTimestamp64Milli({p3:Int64}, 'UTC') AND time >= fromUnixTimestamp64Milli({p7:Int64}, 'UTC')))], [minIf(toUnixTimestamp64Milli(time) + {p9:Int64}, ((event = {p6:String} AND (ifNull(dynamicElement(props.`revenue`, 'Float64') >= toFloat64({p5:String}), 0) OR arrayExists(x -> ifNull(x >= toFloat64({p5:String}), 0), dynamicElement(props.`revenue`, 'Array(Nullable(Float64))')) OR ifNull(if(match(dynamicElement(props.`revenue`, 'String'), '^ *[+-]?[0-9]{1,30}([.][0-9]{1,30})?([eE][+-]?[0-9]{1,2})? *$'), toFloat64OrNull(trimBoth(dynamicElement(props.`revenue`, 'String'))), NULL) >= toFloat64({p5:String}), 0) OR arrayExists(x -> ifNull(if(match(x, '^ *[+-]?[0-9]{1,30}([.][0-9]{1,30})?([eE][+-]?[0-9]{1,2})? *$'), toFloat64OrNull(trimBoth(x)), NULL) >= toFloat64({p5:String}), 0), dynamicElement(props.`revenue`, 'Array(Nullable(String))')))) AND (time >= fromUnixTimestamp64Milli({p7:Int64}, 'UTC') AND time <= fromUnixTimestamp64Milli({p3:Int64}, 'UTC'))))]))) AS e1_flip,
    arrayMin(arrayFilter(t -> t > {p3:Int64}, arrayConcat([minIf(toUnixTimestamp64Milli(time), ((event = {p10:String} OR event = {p11:String} OR event = {p6:String}) AND time > fromUnixTimestamp64Milli({p3:Int64}, 'UTC') AND time >= fromUnixTimestamp64Milli({p12:Int64}, 'UTC')))], [minIf(toUnixTimestamp64Milli(time) + {p14:Int64}, ((event = {p10:String} OR event = {p11:String} OR event = {p6:String}) AND (time >= fromUnixTimestamp64Milli({p12:Int64}, 'UTC') AND time <= fromUnixTimestamp64Milli({p3:Int64}, 'UTC'))))], arrayMap(k -> bitShiftRight(k, 5) + {p13:Int64}, e2_k1)))) AS e2_flip
  FROM t.events
  WHERE ws = {p16:UInt32}
    AND event IN {p20:Array(String)}
    AND ((event IN {p17:Array(String)}) OR (event IN {p18:Array(String)} AND time >= fromUnixTimestamp64Milli({p7:Int64}, 'UTC')) OR (event IN {p19:Array(String)} AND time >= fromUnixTimestamp64Milli({p12:Int64}, 'UTC')))
    AND unit IN {p21:Array(UInt64)}
    AND person IN {p15:Array(UInt64)}
  GROUP BY person
) AS e ON e.person = p.person

-- {"p0":"Beijing","p1":["intent","high intent"],"p2":"Order Refunded","p3":1774008000000,"p4":1,"p5":"30","p6":"Order Completed","p7":1771416000000,"p8":2,"p9":2592000001,"p10":"Course Viewed","p11":"Cart Added","p12":1773403200000,"p13":259200000,"p14":604800001,"p15":[1,2],"p16":1,"p17":["Order Refunded"],"p18":["Order Completed"],"p19":["Course Viewed","Cart Added"],"p20":["Order Refunded","Order Completed","Course Viewed","Cart Added"],"p21":[10,11,20]}
