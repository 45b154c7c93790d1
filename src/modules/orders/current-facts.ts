/**
 * SELECT of the facts that count: the latest revision of every sale without surplus lines, refunds and
 * cancellations. The workspace is bound as {ws:UInt32}.
 */
export const currentFactsSql = `
SELECT f.* FROM (SELECT * FROM order_fact FINAL WHERE ws = {ws:UInt32}) AS f
INNER JOIN (
  SELECT order_id, type, report, max(version) AS latest FROM order_fact FINAL
  WHERE ws = {ws:UInt32} AND line = 'order' GROUP BY order_id, type, report) AS r
  ON f.order_id = r.order_id AND f.type = r.type AND f.report = r.report AND f.version = r.latest`
