-- A deal that was merged or archived is named in a table of its own too.
with {{ lead_scoring.vendor_imports(
    'hubspot', ['deal', 'owner', 'deals_archived', 'merged_deal']
) }},

deals as (
    select
        deal.*,
        {{ dbt.split_part('deal.contact_ids', "';'", 1) }} as lead_id,
        coalesce(owner.email, deal.owner_id) as owner
    from deal
    left join owner on deal.owner_id = owner.owner_id
),

final as (
    {{ lead_scoring.united_rows(['deal_id'], {
        'deals_archived': ['put_aside'], 'merged_deal': ['put_aside'],
        'deals': lead_scoring.vendor_columns('hubspot').deal.keys() | list + ['lead_id', 'owner'],
    }) }}
)

select * from final
