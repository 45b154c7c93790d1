SELECT count() AS count
FROM (
  SELECT person, (ifNull(dynamicElement(attrs.`city`, 'String') = {p0:String}, 0) OR arrayExists(x -> ifNull(x = {p0:String}, 0), dynamicElement(attrs.`city`, 'Array(Nullable(String))'))) AS a0
  FROM t.people FINAL
  WHERE ws = {p1:UInt32}
    AND deleted = 0
) AS p
WHERE a0

-- {"p0":"Beijing","p1":1}
