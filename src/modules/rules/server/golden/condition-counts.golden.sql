SELECT count() AS total, [countIf((a0 AND (a1 OR a2 OR (NOT e0)) AND e1)), countIf(a0), countIf((a1 OR a2 OR (NOT e0))), countIf(a1), countIf(a2), countIf((NOT e0)), countIf(e0), countIf(e1)] AS counts
FROM (
  SELECT person, (ifNull(dynamicElement(attrs.`city`, 'String') = {p0:String}, 0) OR arrayExists(x -> ifNull(x = {p0:String}, 0), dynamicElement(attrs.`city`, 'Array(Nullable(String))'))) AS a0, hasAny(tags, {p1:Array(String)}) AS a1, (isNotNull(attrs.`score`)) AS a2
  FROM t.people FINAL
  WHERE ws = {p8:UInt32}
    AND deleted = 0
) AS p
LEFT JOIN (
  SELECT
    intDiv(unit, 10) AS person,
    (countIf(event = {p2:String}) >= {p3:UInt64}) AS e0,
    (countIf(((event = {p5:String} AND (ifNull(dynamicElement(props.`revenue`, 'Float64') >= toFloat64({p4:String}), 0) OR arrayExists(x -> ifNull(x >= toFloat64({p4:String}), 0), dynamicElement(props.`revenue`, 'Array(Nullable(Float64))')) OR ifNull(if(match(dynamicElement(props.`revenue`, 'String'), '^ *[+-]?[0-9]{1,30}([.][0-9]{1,30})?([eE][+-]?[0-9]{1,2})? *$'), toFloat64OrNull(trimBoth(dynamicElement(props.`revenue`, 'String'))), NULL) >= toFloat64({p4:String}), 0) OR arrayExists(x -> ifNull(if(match(x, '^ *[+-]?[0-9]{1,30}([.][0-9]{1,30})?([eE][+-]?[0-9]{1,2})? *$'), toFloat64OrNull(trimBoth(x)), NULL) >= toFloat64({p4:String}), 0), dynamicElement(props.`revenue`, 'Array(Nullable(String))')))) AND time >= fromUnixTimestamp64Milli({p6:Int64}, 'UTC'))) >= {p7:UInt64}) AS e1
  FROM t.events
  WHERE ws = {p8:UInt32}
    AND event IN {p11:Array(String)}
    AND ((event IN {p9:Array(String)}) OR (event IN {p10:Array(String)} AND time >= fromUnixTimestamp64Milli({p6:Int64}, 'UTC')))
    AND time <= fromUnixTimestamp64Milli({p12:Int64}, 'UTC')
  GROUP BY person
  HAVING e0 OR e1
) AS e ON e.person = p.person

-- {"p0":"Beijing","p1":["intent","high intent"],"p2":"Order Refunded","p3":1,"p4":"30","p5":"Order Completed","p6":1771416000000,"p7":2,"p8":1,"p9":["Order Refunded"],"p10":["Order Completed"],"p11":["Order Refunded","Order Completed"],"p12":1774008000000}
