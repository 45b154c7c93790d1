SELECT p.person AS person
FROM (
  SELECT person
  FROM t.people FINAL
  WHERE ws = {p3:UInt32}
    AND deleted = 0
    AND person > {p2:UInt64}
) AS p
LEFT JOIN (
  SELECT
    intDiv(unit, 10) AS person,
    (countIf(event = {p0:String}) >= {p1:UInt64}) AS e0
  FROM t.events
  WHERE ws = {p3:UInt32}
    AND event IN {p4:Array(String)}
    AND time <= fromUnixTimestamp64Milli({p5:Int64}, 'UTC')
  GROUP BY person
  HAVING e0
) AS e ON e.person = p.person
WHERE (NOT e0)
ORDER BY person
LIMIT {p6:UInt64}

-- {"p0":"Order Refunded","p1":1,"p2":5,"p3":1,"p4":["Order Refunded"],"p5":1774008000000,"p6":10}
