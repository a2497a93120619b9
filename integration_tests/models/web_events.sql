select
    'e1' as event_id,
    'ann' as lead_id,
    'demo_requested' as event_type,
    cast('2026-02-28 23:00:00' as timestamp) as occurred_at
union all
select
    'e2' as event_id,
    'old_ben' as lead_id,
    'page_viewed' as event_type,
    cast('2026-02-27 23:00:00' as timestamp) as occurred_at
