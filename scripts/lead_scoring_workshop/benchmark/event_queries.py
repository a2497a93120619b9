"""The SQL that makes up events; parameters and macros as in data_queries.

An event is first a number, a version, and two instants. Then all else follows from its number.
"""

# The commonest first. event_type, channel, has_url, has_asset, has_quantity, is_activity, is_click.
EVENT_TYPES = (
    ("page_viewed", "web", True, False, False, True, False),
    ("email_opened", "email", False, True, False, False, False),
    ("email_clicked", "email", True, True, False, True, True),
    ("product_signed_in", "product", False, False, True, True, False),
    ("search_used", "web", True, False, True, True, False),
    ("pricing_page_viewed", "web", True, False, False, True, False),
    ("advert_clicked", "advert", True, False, False, True, True),
    ("report_run", "product", False, True, True, True, False),
    ("blog_read", "web", True, False, False, True, False),
    ("video_watched", "web", True, True, True, True, False),
    ("asset_downloaded", "web", True, True, False, True, False),
    ("help_page_viewed", "web", True, False, False, True, False),
    ("social_engaged", "social", True, False, False, True, False),
    ("newsletter_clicked", "email", True, True, False, True, True),
    ("form_started", "web", True, False, False, True, False),
    ("comparison_viewed", "web", True, False, False, True, False),
    ("case_study_read", "web", True, True, False, True, False),
    ("chat_started", "web", True, False, False, True, False),
    ("webinar_registered", "web", True, True, False, True, False),
    ("webinar_attended", "web", False, True, True, True, False),
    ("email_replied", "email", False, False, False, True, False),
    ("file_imported", "product", False, False, True, True, False),
    ("dashboard_shared", "product", False, False, True, True, False),
    ("teammate_invited", "product", False, False, True, True, False),
    ("form_submitted", "web", True, False, False, True, False),
    ("documentation_read", "web", True, False, False, True, False),
    ("roadmap_viewed", "web", True, False, False, True, False),
    ("review_site_visited", "web", True, False, False, True, False),
    ("careers_page_viewed", "web", True, False, False, True, False),
    ("email_bounced", "email", False, False, False, False, False),
    ("trial_started", "product", False, False, False, True, False),
    ("demo_requested", "web", True, False, False, True, False),
    ("meeting_booked", "sales", False, False, False, True, False),
    ("meeting_missed", "sales", False, False, False, False, False),
    ("call_answered", "sales", False, False, True, True, False),
    ("trade_fair_visited", "sales", False, True, False, True, False),
    ("plan_limit_reached", "product", False, False, True, False, False),
    ("quote_opened", "sales", False, True, False, True, False),
    ("email_unsubscribed", "email", False, False, False, True, False),
    ("partner_referred", "sales", False, False, False, False, False),
)

# Three kinds of browser, each in many builds, and four programs.
AGENTS = """
create or replace macro agent(number) as case
    when draw(number, 50) < 0.01 then pick(number, 51, [
        'Mozilla/5.0 (compatible; Googlebot/2.1)', 'Mozilla/5.0 (compatible; bingbot/2.0)',
        'python-requests/2.32', 'curl/8.9'
    ])
    else format(
        'Mozilla/5.0 ({}) Build/{:d}',
        pick(number, 52, ['Windows NT 10.0; Win64; x64', 'Macintosh', 'X11; Linux x86_64']),
        below(number, 53, 60)
    )
end;
-- of a thousand events the first four are a burst: one lead's clicks within 1.2 seconds
create or replace macro happened_at(number, begins_at, ends_at, first_number, events) as later(
    begins_at,
    epoch(ends_at - begins_at)
    * (number - first_number - case when number % 1000 < 4 then number % 1000 else 0 end)
    / events
    + case when number % 1000 < 4 then 0.4 * (number % 1000) else 0 end
);
-- seconds until the warehouse got it: one in a hundred comes up to ten days late
create or replace macro delay(number) as case
    when draw(number, 54) < 0.01 then 864000 * draw(number, 55) else 5 + 55 * draw(number, 55)
end;
"""

# The story so far. 0.3 % come twice, and 0.2 % are corrected up to three days later.
FIRST_EVENTS = """
with originals as (
    select
        number,
        happened_at(
            number, cast($begins_at as timestamp), cast($as_of as timestamp), 0, $events
        ) as occurred_at
    from range($events) as numbers (number)
),

loaded as (
    select number, occurred_at, later(occurred_at, delay(number)) as loaded_at
    from originals
),

every_version as (
    select number, 0 as version, occurred_at, loaded_at from loaded
    union all
    select number, 0 as version, occurred_at, loaded_at from loaded
    where draw(number, 56) < 0.003
    union all
    select
        number,
        1 as version,
        occurred_at,
        later(loaded_at, 60 + 259200 * draw(number, 57)) as loaded_at
    from loaded
    where draw(number, 56) >= 0.003 and draw(number, 56) < 0.005
)

select * from every_version
where loaded_at <= cast($as_of as timestamp)
"""

# What arrives between two runs: new events, one in twenty of them up to ten days late, and 0.5 %
# repetitions and corrections of events of any time before.
LATER_EVENTS = """
with arrivals as (
    select
        number,
        happened_at(
            number, cast($from_at as timestamp), cast($to_at as timestamp), $events, $arriving
        ) as loaded_at
    from range($events, $events + $arriving) as numbers (number)
)

select
    number,
    0 as version,
    case
        when draw(number, 58) < 0.05 and number % 1000 >= 4
            then later(loaded_at, -864000 * draw(number, 59))
        else later(loaded_at, -1)
    end as occurred_at,
    loaded_at
from arrivals
union all
select
    below(number, 60, $events) as number,
    case when draw(number, 61) < 0.6 then 0 else 2 end as version,
    happened_at(
        below(number, 60, $events), cast($begins_at as timestamp), cast($as_of as timestamp),
        0, $events
    ) as occurred_at,
    loaded_at
from arrivals
where draw(number, 62) < 0.005
"""

EVENTS = """
select
    format('e{:09d}', number) as event_id,
    lead_name(busy_lead(case when is_burst then number // 1000 else number end, 63, $leads))
        as lead_id,
    kind.event_type,
    occurred_at,
    loaded_at,
    kind.channel,
    case
        when kind.has_url
            then format('https://www.seller.example/section-{:d}/page-{:d}', page % 60, page)
    end as url,
    case when kind.has_asset then format('asset {:d}', below(number, 48, 250)) end as asset,
    format('s{:d}', number // 4) as session_id,
    case when kind.channel in ('web', 'email', 'advert') then agent(number) end as user_agent,
    case when kind.has_quantity then cast(1 + below(changing, 49, 60) as integer) end
        as quantity,
    format('campaign {:d}', below(number, 47, 120)) as campaign
from (
    select
        *,
        kinds[
            case
                when is_burst then 3
                else 1 + cast(floor(40 * pow(draw(number, 46), 2.5)) as integer)
            end
        ] as kind,
        case
            when is_burst then (number * 7) % 3000
            else cast(floor(3000 * pow(draw(changing, 45), 2)) as bigint)
        end as page
    from (
        select
            *,
            number + version * 4294967296 as changing,
            number % 1000 < 4 as is_burst
        from event_rows
    ) as flagged_rows
    cross join (select list(kind order by place) as kinds from kinds_of_events) as all_kinds
) as rows_with_kind
"""

# What counts, as a user's own clean table would hold it: the latest version of each event, no bots
# (agents and bursts are known from how they were made), merged leads resolved, erased ones gone.
KEPT_EVENTS = """
with repeated_ids as (
    select event_id, max(loaded_at) as loaded_at
    from events
    group by event_id
    having count(*) > 1
),

latest_versions as (
    select events.*
    from events
    anti join repeated_ids on events.event_id = repeated_ids.event_id
    union all
    select distinct events.*
    from events
    inner join repeated_ids
        on
            events.event_id = repeated_ids.event_id
            and events.loaded_at = repeated_ids.loaded_at
),

erased_leads as (
    select distinct lead_id from leads
    where deleted_at is not null
)

select
    latest_versions.event_id,
    coalesce(lead_merges.merged_into_lead_id, latest_versions.lead_id) as lead_id,
    latest_versions.event_type,
    latest_versions.occurred_at,
    latest_versions.url,
    latest_versions.quantity
from latest_versions
left join lead_merges on latest_versions.lead_id = lead_merges.lead_id
anti join erased_leads on latest_versions.lead_id = erased_leads.lead_id
anti join erased_leads as erased_survivors
    on lead_merges.merged_into_lead_id = erased_survivors.lead_id
where
    cast(latest_versions.event_id[2:] as bigint) % 1000 >= 4
    and not regexp_matches(
        coalesce(latest_versions.user_agent, ''), '(Googlebot|bingbot|python-requests|curl)'
    )
"""
