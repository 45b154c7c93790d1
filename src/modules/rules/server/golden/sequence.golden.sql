SELECT p.person AS person
FROM (
  SELECT person
  FROM t.people FINAL
  WHERE ws = {p6:UInt32}
    AND deleted = 0
) AS p
INNER JOIN (
  SELECT
    intDiv(unit, 10) AS person,
    groupArrayIf(toUnixTimestamp64Milli(time) * 32 + 30, (event = {p0:String} AND time >= fromUnixTimestamp64Milli({p3:Int64}, 'UTC'))) AS e0_k0,
    groupArrayIf(toUnixTimestamp64Milli(time) * 32 + 29, (event = {p1:String} AND time >= fromUnixTimestamp64Milli({p3:Int64}, 'UTC'))) AS e0_k1,
    groupArrayIf(toUnixTimestamp64Milli(time) * 32 + 28, (event = {p2:String} AND time >= fromUnixTimestamp64Milli({p3:Int64}, 'UTC'))) AS e0_k2,
    arraySort(arrayConcat(e0_k0, e0_k1)) AS e0_s1,
    arrayFilter((k, b) -> bitAnd(k, 31) = 29 AND bitAnd(b, 31) = 30 AND bitShiftRight(k, 5) - bitShiftRight(b, 5) <= {p4:Int64}, e0_s1, arrayPopBack(arrayPushFront(e0_s1, toInt64(-1)))) AS e0_r1,
    arraySort(arrayConcat(e0_r1, e0_k2)) AS e0_s,
    arrayExists((k, n) -> bitAnd(k, 31) = 29 AND bitShiftRight(k, 5) + {p4:Int64} <= {p5:Int64} AND (bitAnd(n, 31) = 29 OR bitShiftRight(n, 5) > bitShiftRight(k, 5) + {p4:Int64}), e0_s, arrayReverseFill(k -> NOT bitAnd(k, 31) = 29, e0_s)) AS e0
  FROM t.events
  WHERE ws = {p6:UInt32}
    AND event IN {p7:Array(String)} AND time >= fromUnixTimestamp64Milli({p3:Int64}, 'UTC')
    AND time <= fromUnixTimestamp64Milli({p5:Int64}, 'UTC')
  GROUP BY person
  HAVING e0
) AS e ON e.person = p.person
WHERE e0

-- {"p0":"Course Viewed","p1":"Cart Added","p2":"Order Completed","p3":1773403200000,"p4":259200000,"p5":1774008000000,"p6":1,"p7":["Course Viewed","Cart Added","Order Completed"]}
