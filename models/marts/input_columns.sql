-- What each column of the inputs was taken for, how much of it is there, and how much of that can
-- be read as its type (contract, section 5). Columns that rules read and the input lacks are here
-- too.
{%- set tables = ['leads', 'events', 'outcomes', 'lead_merges'] %}
{%- set read_by_itself = {
    'leads': [
        'lead_id', 'created_at', 'updated_at', 'deleted_at', 'account_id', 'company_domain',
        'email',
    ],
    'events': [
        'event_id', 'lead_id', 'event_type', 'occurred_at', 'loaded_at', 'url', 'asset',
        'session_id', 'user_agent', 'is_bot',
    ],
    'outcomes': ['lead_id', 'outcome', 'occurred_at', 'loaded_at', 'owner'],
    'lead_merges': ['lead_id', 'merged_into_lead_id', 'merged_at'],
} %}
{%- set sources = lead_scoring.sources_of_derived_attributes() %}

with attributes as (
    select distinct
        {{ lead_scoring.normalised('attribute') }} as attribute,
        {{ lead_scoring.normalised(lead_scoring.rule_column('of')) }} as subject,
        {{ lead_scoring.normalised('type') }} as type
    from {{ ref('lead_scoring__attributes') }}
),

attributes_of_rules as (
    select distinct
        subject,
        attribute
    from {{ ref('int_lead_scoring__rule_conditions') }}
    where
        attribute <> 'likelihood'
        and (rule_key is not null or audience_of is not null or is_of_prediction)
),

derivations as (
    {%- for attribute, columns in sources.items() %}
    {%- set last_attribute = loop.last %}
    {%- for column in columns %}
    select
        '{{ attribute }}' as attribute,
        '{{ column }}' as column_name
    {{ 'union all' if not (loop.last and last_attribute) }}
    {%- endfor %}
    {%- endfor %}
),

columns_of_rules as (
    select
        case subject when 'event' then 'events' else 'leads' end as input_table,
        attribute as column_name
    from attributes_of_rules
    union distinct
    select
        'leads' as input_table,
        derivations.column_name
    from derivations
    inner join attributes_of_rules
        on derivations.attribute = attributes_of_rules.attribute
    where attributes_of_rules.subject = 'lead'
),

contract_columns as (
    {%- for table in tables %}
    {%- set contract = lead_scoring.input_contract(table) %}
    {%- set last_table = loop.last %}
    {%- for column in contract.columns %}
    select
        '{{ table }}' as input_table,
        '{{ column }}' as column_name,
        {{ 'true' if column in contract.required else 'false' }} as is_required,
        {{ 'true' if column in read_by_itself[table] else 'false' }} as is_read_by_itself,
        '{{ 'time' if column in contract.times else 'id' if column in contract.ids
            else 'flag' if column == 'is_bot' else 'text' }}' as type
    {{ 'union all' if not (loop.last and last_table) }}
    {%- endfor %}
    {%- endfor %}
),

columns_found as (
    select * from {{ ref('stg_lead_scoring__input_columns') }}
),

-- what the engine reads itself
unreadable_texts as (
    {%- for table in tables %}
    select
        '{{ table }}' as input_table,
        replace(quarantine_cause, ' cannot be read', '') as column_name,
        count(*) as unreadable
    from {{ ref(
        'stg_lead_scoring__' ~ ('quarantined_events' if table == 'events' else table)
    ) }}
    where quarantine_cause like '% cannot be read'
    group by quarantine_cause
    union all
    {%- endfor %}
    select
        'events' as input_table,
        'is_bot' as column_name,
        count(*) as unreadable
    from {{ ref('stg_lead_scoring__events') }}
    where quarantine_cause is null and is_bot is null
),

every_column as (
    select
        input_table,
        column_name
    from columns_found
    union distinct
    select
        columns_of_rules.input_table,
        columns_of_rules.column_name
    from columns_of_rules
    left join derivations on columns_of_rules.column_name = derivations.attribute
    where columns_of_rules.input_table <> 'leads' or derivations.attribute is null
),

described as (
    select
        every_column.input_table,
        every_column.column_name,
        columns_found.column_name is not null as is_found,
        coalesce(columns_found.is_structure, false) as is_structure,
        coalesce(contract_columns.is_required, false) as is_required,
        contract_columns.column_name is not null as is_of_the_contract,
        attributes.attribute is not null as is_declared,
        coalesce(contract_columns.is_read_by_itself, false)
        or columns_of_rules.column_name is not null as is_read,
        case
            when contract_columns.type in ('time', 'id') then contract_columns.type
            else coalesce(attributes.type, contract_columns.type, 'text')
        end as type,
        coalesce(columns_found.input_rows, 0) as input_rows,
        coalesce(columns_found.filled, 0) as filled,
        greatest(
            coalesce(unreadable_values.unreadable, 0), coalesce(unreadable_texts.unreadable, 0)
        ) as unreadable,
        translate(lower(every_column.column_name), ' _-./()', '') as bare_name
    from every_column
    left join columns_found
        on
            every_column.input_table = columns_found.input_table
            and every_column.column_name = columns_found.column_name
    left join contract_columns
        on
            every_column.input_table = contract_columns.input_table
            and every_column.column_name = contract_columns.column_name
    left join columns_of_rules
        on
            every_column.input_table = columns_of_rules.input_table
            and every_column.column_name = columns_of_rules.column_name
    left join attributes
        on
            every_column.column_name = attributes.attribute
            and every_column.input_table
            = case attributes.subject when 'event' then 'events' else 'leads' end
    left join {{ ref('int_lead_scoring__unreadable_values') }} as unreadable_values
        on
            every_column.input_table = unreadable_values.input_table
            and every_column.column_name = unreadable_values.column_name
    left join unreadable_texts
        on
            every_column.input_table = unreadable_texts.input_table
            and every_column.column_name = unreadable_texts.column_name
),

wanted_columns as (
    select
        input_table,
        column_name,
        bare_name
    from described
    where not is_found
    union distinct
    select
        contract_columns.input_table,
        contract_columns.column_name,
        translate(contract_columns.column_name, '_', '') as bare_name
    from contract_columns
    left join columns_found
        on
            contract_columns.input_table = columns_found.input_table
            and contract_columns.column_name = columns_found.column_name
    where columns_found.column_name is null
),

-- a column that nothing reads, and one that the input lacks
pairs as (
    select
        unread.input_table,
        unread.column_name as unread_column,
        wanted_columns.column_name as wanted_column
    from described as unread
    inner join wanted_columns
        on
            unread.input_table = wanted_columns.input_table
            and length(unread.bare_name) >= 4
            and length(wanted_columns.bare_name) >= 4
            and (
                {{ dbt.position('unread.bare_name', 'wanted_columns.bare_name') }} > 0
                or {{ dbt.position('wanted_columns.bare_name', 'unread.bare_name') }} > 0
            )
    where unread.is_found and not unread.is_read and not unread.is_of_the_contract
),

counterparts as (
    select
        input_table,
        unread_column as column_name,
        min(wanted_column) as likely_counterpart
    from pairs
    group by input_table, unread_column
    union all
    select
        input_table,
        wanted_column as column_name,
        min(unread_column) as likely_counterpart
    from pairs
    group by input_table, wanted_column
),

final as (
    select
        -- ids
        described.input_table,
        described.column_name,
        -- strings
        case
            when not described.is_found then 'missing'
            when described.is_structure then 'set aside'
            when described.is_required then 'required'
            when described.is_of_the_contract then 'of the contract'
            when described.is_declared then 'attribute'
            else 'not declared'
        end as taken_for,
        described.type,
        counterparts.likely_counterpart,
        -- numerics
        cast(described.input_rows as bigint) as input_rows,
        cast(described.filled as bigint) as filled,
        cast(described.unreadable as bigint) as unreadable,
        {{ lead_scoring.ratio('described.filled', 'described.input_rows') }} as share_filled,
        {{ lead_scoring.ratio(
            '(described.filled - described.unreadable)', 'described.filled'
        ) }} as share_readable,
        -- flags
        described.is_read
    from described
    left join counterparts
        on
            described.input_table = counterparts.input_table
            and described.column_name = counterparts.column_name
)

select * from final
