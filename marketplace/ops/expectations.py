"""What must be in the books, told from what happened: orders, cash, hand-overs and payouts, by their own rows.

It is written in another language than the posting rules and shares nothing with them but the chart of accounts, so that
one mistake cannot be made in both. Debits are positive. What belongs to no order has none.
"""

from typing import Final

DISAGREEMENTS: Final = """
WITH sent AS (
    SELECT order_id, sum(line_total_minor) AS goods, sum(tax_minor) AS tax, sum(fee_minor) AS fee,
           sum(fee_vat_minor) AS vat
    FROM order_lines WHERE state NOT IN ('rejected', 'expired', 'canceled') GROUP BY order_id
), priced AS (
    SELECT o.id, o.store_id, o.buyer_store_id, o.currency, o.delivered_at, o.settled_at, s.fee, s.vat,
           s.goods + o.shipping_minor + CASE WHEN o.tax_is_inside THEN 0 ELSE s.tax + o.shipping_tax_minor END AS total
    FROM orders o JOIN sent s ON s.order_id = o.id
    WHERE o.delivered_at IS NOT NULL OR o.settled_at IS NOT NULL
), sold AS (
    SELECT o.*, o.total - o.fee - o.vat AS earned, p.order_id IS NOT NULL AS has_matured,
           coalesce(c.agent_id::text, 'unknown') AS agent
    FROM priced o
    LEFT JOIN payout_orders p ON p.order_id = o.id
    LEFT JOIN cash_collections c ON c.order_id = o.id
), brought AS (
    SELECT h.id, h.agent_id, h.counted_minor, h.currency, coalesce(sum(c.amount_minor), 0) AS collected
    FROM hand_overs h LEFT JOIN cash_collections c ON c.hand_over_id = h.id
    WHERE h.state = 'accepted' GROUP BY h.id
), entries (order_id, account, currency, minor) AS (
    SELECT id, '2100:store:' || store_id, currency, -earned FROM sold WHERE delivered_at IS NOT NULL
    UNION ALL SELECT id, '4000', currency, -fee FROM sold WHERE delivered_at IS NOT NULL
    UNION ALL SELECT id, '2200', currency, -vat FROM sold WHERE delivered_at IS NOT NULL
    UNION ALL SELECT id, '1200:store:' || buyer_store_id, currency, total FROM sold WHERE settled_at IS NULL
    UNION ALL SELECT id, '2000:store:' || buyer_store_id, currency, -total FROM sold WHERE delivered_at IS NULL
    UNION ALL SELECT id, '1020:agent:' || agent, currency, total FROM sold WHERE settled_at IS NOT NULL
    UNION ALL SELECT id, '2100:store:' || store_id, currency, earned FROM sold WHERE has_matured
    UNION ALL SELECT id, '2110:store:' || store_id, currency, -earned FROM sold WHERE has_matured
    UNION ALL SELECT NULL, '1020:agent:' || agent_id, currency, amount_minor - due_minor FROM cash_collections
    UNION ALL SELECT NULL, '5050', currency, due_minor - amount_minor FROM cash_collections
    UNION ALL SELECT NULL, '1020:agent:' || agent_id, currency, -collected FROM brought
    UNION ALL SELECT NULL, '1010', currency, counted_minor FROM brought
    UNION ALL SELECT NULL, '5050', currency, collected - counted_minor FROM brought
    UNION ALL SELECT NULL, '2110:store:' || store_id, currency, amount_minor FROM payouts WHERE state = 'paid'
    UNION ALL SELECT NULL, '1000', currency, -amount_minor FROM payouts WHERE state = 'paid'
), both_sides (order_id, account, currency, expected, actual) AS (
    SELECT order_id, account, currency, minor, 0 FROM entries
    UNION ALL
    SELECT t.order_id, p.account, p.currency, 0, p.amount_minor
    FROM postings p JOIN transactions t ON t.id = p.transaction_id
)
SELECT o.number, b.account, b.currency, sum(b.expected)::bigint AS expected, sum(b.actual)::bigint AS actual
FROM both_sides b LEFT JOIN orders o ON o.id = b.order_id
GROUP BY b.order_id, o.number, b.account, b.currency
HAVING sum(b.expected) <> sum(b.actual)
ORDER BY o.number, b.account
LIMIT :most
"""

COUNTED: Final = """
SELECT (SELECT count(*) FROM orders WHERE delivered_at IS NOT NULL OR settled_at IS NOT NULL) AS orders,
       (SELECT count(*) FROM transactions) AS transactions,
       (SELECT count(DISTINCT account) FROM postings) AS accounts
"""

CASH: Final = """
WITH taken AS (
    SELECT c.agent_id, c.currency, sum(c.amount_minor) AS collected,
           coalesce(sum(c.amount_minor) FILTER (WHERE h.state = 'accepted'), 0) AS handed_over
    FROM cash_collections c LEFT JOIN hand_overs h ON h.id = c.hand_over_id GROUP BY c.agent_id, c.currency
), booked AS (
    SELECT account, currency, sum(amount_minor) AS minor FROM postings
    WHERE account LIKE '1020:agent:%' GROUP BY account, currency
)
SELECT split_part(coalesce(b.account, '1020:agent:' || t.agent_id), ':', 3) AS owner,
       coalesce(t.currency, b.currency) AS currency, coalesce(t.collected, 0)::bigint AS came,
       coalesce(t.handed_over, 0)::bigint AS went, coalesce(b.minor, 0)::bigint AS booked
FROM taken t FULL JOIN booked b ON b.account = '1020:agent:' || t.agent_id AND b.currency = t.currency
ORDER BY owner
"""

PAYABLE: Final = """
WITH earned AS (
    SELECT p.store_id, p.currency, sum(p.amount_minor) AS matured,
           coalesce(sum(p.amount_minor) FILTER (WHERE o.state = 'paid'), 0) AS paid
    FROM payout_orders p LEFT JOIN payouts o ON o.id = p.payout_id GROUP BY p.store_id, p.currency
), booked AS (
    SELECT account, currency, -sum(amount_minor) AS minor FROM postings
    WHERE account LIKE '2110:store:%' GROUP BY account, currency
)
SELECT split_part(coalesce(b.account, '2110:store:' || e.store_id), ':', 3) AS owner,
       coalesce(e.currency, b.currency) AS currency, coalesce(e.matured, 0)::bigint AS came,
       coalesce(e.paid, 0)::bigint AS went, coalesce(b.minor, 0)::bigint AS booked
FROM earned e FULL JOIN booked b ON b.account = '2110:store:' || e.store_id AND b.currency = e.currency
ORDER BY owner
"""
